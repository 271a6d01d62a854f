"""What people answered after closing, and apart from them who refers others; told in fives."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

from aiohttp import web

from bot.console.desk import draw, house_of, member_of
from bot.console.fives import FEWEST, in_fives
from bot.console.queue import counted
from bot.pages.languages import language_of
from dialogs.frozen import Frozen
from dialogs.survey import OF_PEOPLE, OF_REFERRERS, SCALES
from storage import survey

GROUPS = {"people": OF_PEOPLE, "referrers": OF_REFERRERS}


class Answered(Frozen):
    """A question in words, and how often each option was chosen; None where that is not told."""

    question: str
    words: str
    options: tuple[tuple[str, int | None], ...]


class Group(Frozen):
    """What one kind of people answered about one queue."""

    queue: str
    who: str
    questions: tuple[Answered, ...]


async def show(request: web.Request) -> web.Response:
    """Show the counts of this colleague's own queues."""
    house, member = house_of(request), member_of(request)
    async with house.database.reading() as db:
        counts = await survey.counts(db, member)
    word = partial(house.wording.template, language_of(request))
    groups = [
        Group(queue.name(member.language), who, questions)
        for queue in house.organisation.queues
        if queue.key in member.queues
        for who, asked in GROUPS.items()
        if (questions := tuple(answered(counts, queue.key, asked, word)))
    ]
    return draw(request, "survey.html", groups=groups, fewest=FEWEST, counts=await counted(request))


def answered(
    counts: Mapping[tuple[str, str, str], int],
    queue: str,
    asked: Iterable[str],
    word: Callable[[str], str],
) -> Iterator[Answered]:
    """Give the questions that were answered at all, with what may be shown of them."""
    for question in asked:
        found = {option: counts.get((queue, question, option), 0) for option in SCALES[question]}
        if any(found.values()):
            shown = tuple(
                (word(f"survey.every.{option}"), in_fives(count)) for option, count in found.items()
            )
            yield Answered(question, word(f"survey.{question}.ask"), shown)
