"""The commands for what went wrong and was set aside: what there is, and what becomes of it."""

from __future__ import annotations

from uuid import UUID

import typer

from bot.cli.inside import AsJson, Yes, in_house, say
from bot.console.auditing import Doing
from bot.house import House
from bot.replaying import Fate, forget, look, play
from storage import setaside

FAILED = 1

aside = typer.Typer(no_args_is_help=True, help="What went wrong and was set aside.")


@aside.command("list")
def list_command(*, as_json: AsJson = False) -> None:
    """List what was set aside: when, what kind of thing it is, and what playing it would do."""

    async def listed(house: House) -> None:
        async with house.database.reading() as db:
            kept = await setaside.everything(db, house.keystore)
        seen = [await look(house, each) for each in kept]
        rows: list[dict[str, object]] = [
            {
                "id": each.aside.id,
                "at": each.aside.at.isoformat(timespec="minutes"),
                "what": each.what,
                "played": each.fate is Fate.PLAYED,
                "because": each.fate.value,
            }
            for each in seen
        ]
        say(rows, as_json=as_json)

    in_house(listed)


@aside.command("retry")
def retry_command(id: UUID, *, yes: Yes = False) -> None:
    """Play it once more, where its person still stands where they stood."""

    async def retried(house: House) -> None:
        async with house.database.reading() as db:
            kept = await setaside.get(db, house.keystore, id)
        seen = await look(house, kept)
        fate = await play(house, seen) if yes else seen.fate
        hint = "" if yes or fate is not Fate.PLAYED else "; do it with --yes"
        typer.echo(f"{id}: {fate}{hint}")
        if fate is not Fate.PLAYED:
            raise typer.Exit(FAILED)

    in_house(retried)


@aside.command("drop")
def drop_command(id: UUID, *, yes: Yes = False) -> None:
    """Forget it; its person was told at once that it went wrong."""

    async def dropped(house: House) -> None:
        async with house.database.reading() as db:
            await setaside.get(db, house.keystore, id)
        if yes:
            await forget(house, id, Doing.DROPPED)
        typer.echo(f"{id}: {'forgotten' if yes else 'would be forgotten; do it with --yes'}")

    in_house(dropped)
