"""How the work goes, in numbers of nobody: tiles, charts with the table beside each, and a file.

Whoever sees figures sees those of their own queues, and none of a colleague.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import partial
from io import StringIO

from aiohttp import web

from bot.console.charts import drawn as chart_drawn
from bot.console.desk import draw, house_of, member_of, say_to
from bot.console.figure_tables import (
    Table,
    Words,
    length_in_words,
    steps,
    tables,
    total,
)
from bot.console.fives import FEWEST, half_within, in_fives
from bot.console.period import BadPeriod, Period, asked_for
from bot.console.queue import counted as counted_now
from bot.console.queue import language_in_words, queue_in_words
from bot.house import House
from bot.pages.languages import language_of
from dialogs.frozen import Frozen
from storage import figures
from storage.figures import Counted, Happened
from storage.referral_values import Outcome
from storage.staff_values import Member

CHARTED = ("months", "ends")


class Tile(Frozen):
    """One number that matters, in words."""

    name: str
    label: str
    words: str


class Asked(Frozen):
    """Of which months and queues figures are asked for; no queue is all of one's own."""

    period: Period
    queue: str
    queues: frozenset[str]

    @property
    def query(self) -> str:
        """Write it as the query of an address."""
        return f"{self.period.query}&queue={self.queue}"


async def show(request: web.Request) -> web.Response:
    """Show the figures of a period; one that is none is refused beside the form."""
    try:
        asked = _asked(request)
    except BadPeriod as bad:
        return await _page(request, problem=say_to(request)(bad.why))
    counted = await _counted(request, asked)
    made = tables(counted, asked.period, _words(request))
    return await _page(request, asked, tiles=await _tiles(request, asked, counted), tables=made)


async def as_file(request: web.Request) -> web.Response:
    """Give the same tables as a file for a spreadsheet."""
    asked = _asked_or_refused(request)
    made = tables(await _counted(request, asked), asked.period, _words(request))
    name = f"figures-{asked.period.first:%Y-%m}-{asked.period.last:%Y-%m}.csv"
    return web.Response(
        text=_written(made),
        content_type="text/csv",
        charset="utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


async def chart(request: web.Request) -> web.Response:
    """Give one table as a picture; the page shows the table beside it."""
    name = request.match_info["name"]
    if name not in CHARTED:
        raise web.HTTPNotFound
    asked = _asked_or_refused(request)
    made = tables(await _counted(request, asked), asked.period, _words(request))
    return chart_drawn(request, next(table for table in made if table.name == name))


def _asked_or_refused(request: web.Request) -> Asked:
    try:
        return _asked(request)
    except BadPeriod:
        raise web.HTTPUnprocessableEntity from None


def _asked(request: web.Request) -> Asked:
    """Read the question; a queue that is not the member's is not there."""
    house, member, query = house_of(request), member_of(request), request.query
    today = house.clock.now().astimezone(house.settings.timezone).date()
    queue = query.get("queue", "")
    if queue and queue not in member.queues:
        raise web.HTTPNotFound
    queues = frozenset({queue}) if queue else member.queues
    return Asked(asked_for(query, today), queue, queues)


async def _counted(request: web.Request, asked: Asked) -> list[Counted]:
    period = asked.period
    async with house_of(request).database.reading() as db:
        return await figures.between(db, asked.queues, period.first, period.last)


async def _tiles(request: web.Request, asked: Asked, counted: list[Counted]) -> list[Tile]:
    house, say = house_of(request), say_to(request)
    async with house.database.reading() as db:
        now = await figures.standing(db, asked.queues)
    half = partial(_half, request, counted)
    few = say("figures.few", count=FEWEST)

    def told(count: int) -> str:
        shown = in_fives(count)
        return few if shown is None else str(shown)

    found = {
        "waiting": told(now.waiting),
        "new": told(total(counted, Happened.NEW)),
        "first_answer": half((Happened.FIRST_ANSWER,), in_days=False),
        "closing": half(tuple(Outcome), in_days=True),
        "late": told(total(counted, Happened.LATE)),
        "complaints": told(now.complaints),
    }
    return [Tile(name, say(f"figures.tile_{name}"), words) for name, words in found.items()]


def _half(
    request: web.Request, counted: list[Counted], names: tuple[str, ...], *, in_days: bool
) -> str:
    step = half_within(steps(counted, names))
    if step is None:
        return say_to(request)("figures.few", count=FEWEST)
    return length_in_words(step, language_of(request), in_days=in_days)


def _words(request: web.Request) -> Words:
    house, language = house_of(request), language_of(request)
    return Words(
        say_to(request),
        language,
        queue=lambda key: queue_in_words(house, key, language),
        spoken=lambda code: language_in_words(code, language),
    )


def _written(made: tuple[Table, ...]) -> str:
    """Write a line for each number, so that a spreadsheet can turn it as it likes."""
    written = StringIO()
    lines = csv.writer(written)
    for table in made:
        for row in table.rows:
            for column, count in zip(table.columns, row.counts, strict=True):
                told = f"<{FEWEST}" if count is None else count
                lines.writerow((table.title, row.label, column, told))
    return written.getvalue()


async def _page(
    request: web.Request,
    asked: Asked | None = None,
    *,
    tiles: list[Tile] | None = None,
    tables: tuple[Table, ...] = (),
    problem: str = "",
) -> web.Response:
    query = request.query
    period = asked.period if asked else None
    return draw(
        request,
        "figures.html",
        status=422 if problem else 200,
        first=f"{period.first:%Y-%m}" if period else query.get("from", ""),
        last=f"{period.last:%Y-%m}" if period else query.get("to", ""),
        query=asked.query if asked else "",
        queue=asked.queue if asked else "",
        queues=list(_queues(house_of(request), member_of(request))),
        tiles=tiles or [],
        tables=[table for table in tables if table.says_something],
        charted=CHARTED,
        fewest=FEWEST,
        problem=problem,
        counts=await counted_now(request),
    )


def _queues(house: House, member: Member) -> Iterator[tuple[str, str]]:
    for queue in house.organisation.queues:
        if queue.key in member.queues:
            yield queue.key, queue.name(member.language)
