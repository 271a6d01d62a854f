"""What was typed and not understood: in numbers, by language and the topic it came nearest to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from aiohttp import web

from bot.console.desk import draw, house_of, say_to
from bot.console.figure_tables import Row, Table
from bot.console.fives import FEWEST, in_fives
from bot.console.period import asked_for
from bot.console.queue import counted, language_in_words
from bot.pages.languages import language_of
from dialogs.cards import CARD, TOPICS
from dialogs.typed import IN_THE_MENU, LOOKED_AT, POLITE
from storage import tally

# What words may come near to and has no card; the last one is nothing at all.
OTHERS = (*LOOKED_AT, *IN_THE_MENU, *POLITE, "")


async def show(request: web.Request) -> web.Response:
    """Show the last twelve months, of all services together."""
    house = house_of(request)
    today = house.clock.now().astimezone(house.settings.timezone).date()
    async with house.database.reading() as db:
        counts = await tally.counts(db, tally.MISSED, asked_for({}, today).first)
    tables = list(by_language(request, counts))
    return draw(
        request, "not_understood.html", tables=tables, fewest=FEWEST, counts=await counted(request)
    )


def by_language(request: web.Request, counts: Mapping[str, int]) -> Iterator[Table]:
    """Make a table of each language that has anything to tell."""
    say = say_to(request)
    columns = (say("not_understood.offered"), say("not_understood.missed"))
    for language in house_of(request).wording.languages:
        title = language_in_words(language, language_of(request))
        rows = (
            Row(topic_in_words(request, topic), told(counts, language, topic))
            for topic in (*TOPICS, *OTHERS)
        )
        table = Table(language, title, columns, tuple(row for row in rows if any(row.counts)))
        if table.rows:
            yield table


def told(counts: Mapping[str, int], language: str, topic: str) -> tuple[int | None, ...]:
    """Give how often there was something to choose from, and how often nothing was found."""
    names = (tally.missed(language, topic, is_offered=each) for each in (True, False))
    return tuple(in_fives(counts.get(name, 0)) for name in names)


def topic_in_words(request: web.Request, topic: str) -> str:
    """Name a topic as its card is named, or in words of the desk."""
    if topic in TOPICS:
        wording = house_of(request).wording
        return wording.template(language_of(request), f"{CARD[TOPICS[topic]].place}.name")
    return say_to(request)(f"topic.{topic or 'nothing'}")
