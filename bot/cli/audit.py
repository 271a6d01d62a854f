"""The commands for the audit log: whether its chain is whole, and where it ends."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.inside import AsJson, in_house, say
from bot.house import House
from storage import audit as log
from storage.audit import Head

FAILED = 1

audit = typer.Typer(no_args_is_help=True, help="The audit log.")

Anchor = Annotated[
    Path | None, typer.Option(help="A file with what `audit head --json` printed some day.")
]


@audit.command("head")
def head_command(*, as_json: AsJson = False) -> None:
    """Print the end of the log; kept in another place, it shows a log that was cut short."""

    async def printed(house: House) -> None:
        async with house.database.reading() as db:
            end = await log.head(db)
        say([{"seq": end.seq, "mac": end.mac}], as_json=as_json)

    in_house(printed)


@audit.command("verify")
def verify_command(*, anchor: Anchor = None) -> None:
    """Go through the whole log; a line that was changed or is missing is named, and it is a 1."""
    known = None if anchor is None else _read(anchor)

    async def verified(house: House) -> None:
        async with house.database.reading() as db:
            broken = await log.first_broken(db, house.keystore, known)
            end = await log.head(db)
        if broken is not None:
            typer.echo(f"line {broken} is not what was written, or is missing", err=True)
            raise typer.Exit(FAILED)
        typer.echo(f"{end.seq} lines, all as they were written")

    in_house(verified)


def _read(path: Path) -> Head:
    """Read an anchor; raise BadParameter for a file that is none."""
    try:
        (found,) = json.loads(path.read_text("utf-8"))
        return Head(int(found["seq"]), str(found["mac"]))
    except (OSError, ValueError, KeyError, TypeError):
        raise typer.BadParameter(f"{path} is not what `audit head --json` printed") from None
