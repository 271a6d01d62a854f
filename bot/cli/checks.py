"""The commands that look whether everything is as it should be, and change nothing."""

from __future__ import annotations

import typer

from bot.cli.inside import AsJson, in_house, say
from bot.house import House
from storage.selfcheck import try_everything

FAILED = 1


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
