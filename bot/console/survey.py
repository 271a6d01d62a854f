"""What people answered after closing, counted; a few answers are not shown: they could tell who."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from aiohttp import web

from bot.console.desk import draw, house_of, member_of
from bot.console.queue import counted
from bot.pages.languages import language_of
from dialogs.survey import SCALES
from storage import survey

FEWEST = 5


@dataclass(frozen=True, slots=True)
class Answered:
    """A question in words, and how often each option was chosen; None for fewer than `FEWEST`."""

    question: str
    words: str
    options: tuple[tuple[str, int | None], ...]


@dataclass(frozen=True, slots=True)
class OfQueue:
    """What was answered about one queue."""

    name: str
    questions: tuple[Answered, ...]


async def show(request: web.Request) -> web.Response:
    """Show the counts of this colleague's own queues."""
    house, member = house_of(request), member_of(request)
    async with house.database.reading() as db:
        counts = await survey.counts(db, member)
    word = partial(house.wording.template, language_of(request))
    queues = [
        OfQueue(queue.name(member.language), tuple(answered(counts, queue.key, word)))
        for queue in house.organisation.queues
        if queue.key in member.queues
    ]
    return draw(request, "survey.html", queues=queues, fewest=FEWEST, counts=await counted(request))


def answered(
    counts: Mapping[tuple[str, str, str], int], queue: str, word: Callable[[str], str]
) -> Iterator[Answered]:
    """Give the questions that were answered at all, with what may be shown of them."""
    for question, options in SCALES.items():
        found = {option: counts.get((queue, question, option), 0) for option in options}
        if any(found.values()):
            shown = tuple(
                (word(f"survey.every.{option}"), count if count >= FEWEST else None)
                for option, count in found.items()
            )
            yield Answered(question, word(f"survey.{question}.ask"), shown)
