"""A table as a picture of bars: plain SVG, with nothing in it that the table beside it lacks."""

from __future__ import annotations

from typing import Final

from aiohttp import web

from bot.console.figure_tables import Table
from bot.console.fives import FEWEST
from bot.pages.drawing import TEMPLATES
from dialogs.frozen import Frozen

# In the units of the picture, which is as wide as its place on the page.
WIDTH: Final = 480
LABEL: Final = 230
ROW: Final = 28
ROOM_FOR_NUMBER: Final = 60


class Bar(Frozen):
    """The first number of a row: its length, and what is written behind it."""

    label: str
    top: int
    length: float
    words: str


def drawn(request: web.Request, table: Table) -> web.Response:
    """Draw the first column of a table."""
    svg = (
        request.app[TEMPLATES]
        .get_template("console/chart.svg")
        .render(bars=bars_of(table), width=WIDTH, label=LABEL, row=ROW)
    )
    return web.Response(text=svg, content_type="image/svg+xml", charset="utf-8")


def bars_of(table: Table) -> tuple[Bar, ...]:
    """Measure the bars; a number that is not told has none."""
    most = max((row.counts[0] or 0 for row in table.rows), default=0)
    room = WIDTH - LABEL - ROOM_FOR_NUMBER
    return tuple(
        Bar(
            row.label,
            number * ROW,
            round(room * (row.counts[0] or 0) / most, 1) if most else 0,
            f"<{FEWEST}" if row.counts[0] is None else str(row.counts[0]),
        )
        for number, row in enumerate(table.rows)
    )
