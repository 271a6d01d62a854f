"""The command `demo`: a house on a throw-away database, filled and then served."""

from __future__ import annotations

import asyncio
import os
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from bot import logs
from bot.app import serve
from bot.console.codes import code_of
from bot.demo.complaint_stories import COMPLAINTS
from bot.demo.house_story import HOUSE
from bot.demo.people import COLLEAGUES, PASSPHRASE, SECRET
from bot.demo.playing import Traveller, player
from bot.demo.stories import STORIES
from bot.opening import opened
from bot.settings import Settings
from dialogs.frozen import replace

# What the house tells of itself, in the place of facts that nobody filled in.
INVENTED = {
    **{f"{day} = []": f'{day} = ["09:00-17:00"]' for day in ("monday", "tuesday", "wednesday")},
    **{f"{day} = []": f'{day} = ["09:00-17:00"]' for day in ("thursday", "friday")},
    'first_answer = ""': 'first_answer = "4 hours"',
    'complaints_receipt = ""': 'complaints_receipt = "7 days"',
    'complaints_decision = ""': 'complaints_decision = "42 days"',
}


def demo_command(
    *, code: Annotated[bool, typer.Option("--code", help="Only print the code of now.")] = False
) -> None:
    """Serve an invented house, and print how to sign in; everything is gone when it ends."""
    clock = Traveller()
    if code:
        typer.echo(code_of(SECRET, clock.now()))
        return
    with tempfile.TemporaryDirectory(prefix="handreiking-demo-") as folder:
        settings = settings_in(Path(folder), Settings.read(os.environ))
        logs.set_up(settings.log_level, settings.log_format)
        asyncio.run(_run(settings, clock))


def settings_in(folder: Path, settings: Settings) -> Settings:
    """Put everything that is kept into a folder, with an organisation that has hours and terms."""
    told = settings.organisation_file.read_text("utf-8")
    for empty, filled in INVENTED.items():
        told = told.replace(empty, filled)
    organisation = folder / "organisation.toml"
    organisation.write_text(told, "utf-8")
    return replace(
        settings,
        bot_token="",
        database_url=f"sqlite+aiosqlite:///{folder / 'demo.db'}",
        keystore_url=f"sqlite+aiosqlite:///{folder / 'keys.db'}",
        key_file=folder / "master.json",
        organisation_file=organisation,
    )


async def _run(settings: Settings, clock: Traveller) -> None:
    async with opened(settings, clock) as house:
        typer.echo("A day at an invented house is being played ...", err=True)
        async with player(house, clock) as playing:
            await playing.play((HOUSE, *STORIES, *COMPLAINTS))
        for each in COLLEAGUES:
            typer.echo(f"{each.email:<18} {', '.join(sorted(each.roles))}")
        typer.echo(f"passphrase         {PASSPHRASE}")
        typer.echo(f"code of now        {code_of(SECRET, clock.now())}")
        typer.echo(f"authenticator      {SECRET} (or `handreiking demo --code`)")
        await serve(house, workers=True)
