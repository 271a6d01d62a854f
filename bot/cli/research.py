"""The command that hands out data for research, and writes down that it did."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.inside import Yes, in_house, write_private
from bot.console.auditing import Doing, note_of
from bot.house import House
from bot.research import FEWEST, data_file, dictionary_file, extract
from storage import research
from storage.research import Export

Purpose = Annotated[str, typer.Option("--purpose", help="What it is for; it is written down.")]


def export_research_command(
    folder: Path, purpose: Purpose, language: str = "nl", *, yes: Yes = False
) -> None:
    """Write data of those who agreed to research, nobody told apart from nine others."""

    async def exported(house: House) -> None:
        if not purpose.strip() or language not in house.wording.desk_languages:
            raise typer.BadParameter("say what it is for, in a language that is spoken here")
        rows = await extract(house)
        told = f"{len(rows)} rows, each like at least {FEWEST - 1} others"
        if not yes:
            typer.echo(f"would write {told}; repeat with --yes")
            await list_exports(house)
            return
        async with house.database.begin() as db:
            id = house.clock.new_id()
            export = Export(id, house.clock.now(), purpose.strip(), len(rows))
            await research.note(db, export)
            await note_of(db, house, None, Doing.EXPORTED, id)
        write_private(folder, "requests.csv", data_file(house, rows).encode())
        write_private(folder, "dictionary.csv", dictionary_file(house, language).encode())
        typer.echo(told)

    in_house(exported)


async def list_exports(house: House) -> None:
    """Say what was handed out before, the newest first."""
    async with house.database.reading() as db:
        for each in await research.exports(db):
            typer.echo(f"{each.at.date().isoformat()}  rows={each.rows}  {each.purpose}")
