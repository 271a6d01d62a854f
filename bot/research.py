"""Data for research: of those who agreed, in broad words, and alike for at least ten of them.

A study id is drawn anew each time and kept nowhere, so nothing leads back to a person, nor from one
export to the next. Nothing that was typed is in it, and nothing about what happened.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Final
from zoneinfo import ZoneInfo

from bot.house import House
from dialogs.values import Role
from storage import research
from storage.referral_values import OPEN, Status
from storage.research import Observed

FEWEST: Final = 10
NOT_SAID: Final = "-"
COLUMNS: Final = ("quarter", "service", "side", "end", "wish", "form", "period", "language")
"""The least important last: where fewer than ten are alike, that is left out first."""

SIDES: Final = {
    Role.VICTIM: "harmed",
    Role.OFFENDER: "responsible",
    Role.RELATIVE: "relative",
}

Row = tuple[str, ...]


async def extract(house: House) -> list[Row]:
    """Read what may be used, and leave out what could say who somebody is."""
    async with house.database.reading() as db:
        found = await research.observed(db, house.keystore)
    return alike([row_of(each, house.settings.timezone) for each in found])


def row_of(seen: Observed, zone: ZoneInfo) -> Row:
    """Say of a request what research may know, in the order of `COLUMNS`."""
    opened = seen.opened_at.astimezone(zone)
    said = {each.step: each.option for each in seen.asked.answers if each.option}
    return (
        f"{opened.year}-Q{(opened.month + 2) // 3}",
        seen.service,
        SIDES.get(seen.asked.role, "other"),
        _end(seen),
        *(said.get(step) or NOT_SAID for step in ("wish", "form", "period")),
        "dutch" if seen.language == "nl" else "other",
    )


def alike(rows: Sequence[Row]) -> list[Row]:
    """Leave out, from the last column on, what fewer than ten rows have in common.

    What comes back has each row at least ten times.
    """
    for column in reversed(range(len(COLUMNS))):
        times = Counter(rows)
        rows = [row if times[row] >= FEWEST else _without(row, column) for row in rows]
    times = Counter(rows)
    return [row for row in rows if times[row] >= FEWEST]


def as_csv(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Write rows as a spreadsheet reads them."""
    written = StringIO()
    lines = csv.writer(written)
    lines.writerow(head)
    lines.writerows(rows)
    return written.getvalue()


def data_file(house: House, rows: Iterable[Row]) -> str:
    """Write the rows in the order of their study ids, which says nothing of anybody."""
    named = sorted((house.clock.new_id().hex, *row) for row in rows)
    return as_csv(("study_id", *COLUMNS), named)


def dictionary_file(house: House, language: str) -> str:
    """Write what each column means."""
    columns = ("study_id", *COLUMNS)
    meanings = ((name, house.wording.staff(language, f"research.{name}")) for name in columns)
    return as_csv(("column", "meaning"), meanings)


def _end(seen: Observed) -> str:
    if seen.status in OPEN:
        return "open"
    if seen.status == Status.LEFT:
        return "stopped"
    return seen.outcome or NOT_SAID


def _without(row: Row, column: int) -> Row:
    return (*row[:column], NOT_SAID, *row[column + 1 :])
