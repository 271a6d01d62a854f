"""The commands that look whether everything is as it should be, and change nothing."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import Annotated

import typer
from msgspec import to_builtins

from bot.cli.inside import AsJson, in_house, say
from bot.clock import Clock
from bot.doctor import Finding, State, examine
from bot.house import House
from bot.settings import Settings
from storage.selfcheck import try_everything

FAILED = 1


Backups = Annotated[
    Path | None,
    typer.Option(exists=True, file_okay=False, help="Look for keys there that are too old."),
]


def doctor_command(*, backups: Backups = None, as_json: AsJson = False) -> None:
    """Look whether the house can be opened, and what needs somebody; what is wrong is a 1."""
    settings, found = Settings.read(os.environ), list[Finding]()

    async def examined() -> None:
        async for each in examine(settings, Clock(), backups):
            found.append(each)
            if not as_json:
                typer.echo(f"{each.about:<12}{each.state:<7}{each.why}".rstrip())

    asyncio.run(examined())
    if as_json:
        say([to_builtins(each) for each in found], as_json=True)
    if any(each.state is State.WRONG for each in found):
        raise typer.Exit(FAILED)


def selfcheck_command(*, as_json: AsJson = False) -> None:
    """Open every sealed field; name the rows in which one does not open, and it is a 1."""

    async def checked(house: House) -> None:
        found = await try_everything(house.database, house.keystore)
        rows: list[dict[str, object]] = [
            {
                "table": table,
                "column": column,
                "opened": tried.opened,
                "unreadable": [str(each) for each in tried.unreadable],
            }
            for (table, column), tried in sorted(found.items())
        ]
        say(rows, as_json=as_json)
        if any(tried.unreadable for tried in found.values()):
            raise typer.Exit(FAILED)

    in_house(checked)
