"""A day at the desk while Telegram fails now and then: nothing grows, nothing is left behind."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from random import Random
from statistics import linear_regression, median
from time import perf_counter

import pytest

from bot.clock import Clock
from bot.opening import opened
from bot.settings import Settings
from dialogs.frozen import Frozen
from tests.attacks.crew import BOTH, Crew, Front, Member
from tests.attacks.desk import Reception
from tests.attacks.measures import Measure, letters_left, memory_mb, open_files
from tests.attacks.people import Street, wrong_with
from tests.botapi.server import BotApi
from tests.databases import Place

# An hour is `--size=30`.
SECONDS = 120
A_SECOND, PEOPLE, COLLEAGUES = 5, 8, 2
# A letter that failed three times in a row is tried again after a minute.
PATIENCE_S = 120
LOOKS_EVERY_S = 1.0
GROWS_MB, OPENS, LARGEST_LOG_MB = 10, 15, 64

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)


class Look(Frozen):
    """What a process held at one moment."""

    at_s: float
    memory_mb: float
    files: int
    log_mb: float


def look(member: Member, place: Place, began: float) -> Look:
    """Look at a process and its write-ahead logs."""
    logs = [path.stat().st_size for path in place.folder.glob("*.db-wal")]
    pid = member.pid
    return Look(perf_counter() - began, memory_mb(pid), open_files(pid), sum(logs) / 2**20)


@asynccontextmanager
async def failing(botapi: BotApi, street: Street, lots: Random) -> AsyncIterator[None]:
    """Let Telegram refuse, break off and lose an answer, once in so many answers."""

    async def fail() -> None:
        while await street.further(A_SECOND):
            method = lots.choice(("sendMessage", "editMessageText"))
            match lots.randrange(4):
                case 0:
                    botapi.faults.flood(1, method=method)
                case 1:
                    botapi.faults.refuse(500, "Internal Server Error", method=method)
                case 2:
                    botapi.faults.drop(method=method)
                case _:
                    botapi.faults.lose(method=method)

    task = asyncio.create_task(fail())
    try:
        yield
    finally:
        task.cancel()
        botapi.faults.end_all()


async def passed(seconds: float, member: Member, place: Place) -> list[Look]:
    """Let a day pass, and look at the process meanwhile."""
    began, looks = perf_counter(), list[Look]()
    while perf_counter() - began < seconds:
        await asyncio.sleep(LOOKS_EVERY_S)
        looks.append(look(member, place, began))
    return looks


def grown(looks: list[Look]) -> list[str]:
    """Find what grew from the second quarter of a day to its last."""
    quarter = len(looks) // 4
    early, late = looks[quarter : 2 * quarter], looks[-quarter:]

    def more(values: list[float], before: list[float]) -> float:
        return median(values) - median(before)

    memory = more([each.memory_mb for each in late], [each.memory_mb for each in early])
    files = more([each.files for each in late], [each.files for each in early])
    found = [
        (memory, GROWS_MB, "MB of memory more"),
        (files, OPENS, "files more"),
        (max(each.log_mb for each in looks), LARGEST_LOG_MB, "MB of write-ahead log"),
    ]
    return [f"{value:.1f} {what}" for value, limit, what in found if value > limit]


async def test_a_day_at_the_desk_leaves_nothing_behind(
    crew: Crew, botapi: BotApi, measure: Measure, settings: Settings, place: Place
) -> None:
    lots, street = Random(3), Street(botapi, PATIENCE_S, PEOPLE / A_SECOND)
    async with Front(crew).open() as front, opened(settings, Clock()) as house:
        crew.environment["PUBLIC_URL"] = front
        member = await crew.add(BOTH)
        reception = Reception(house, front)
        names = [f"Collega {number}" for number in range(COLLEAGUES)]
        working = [asyncio.create_task(reception.work(each, 1.0, lots)) for each in names]
        async with street.crowded(PEOPLE), failing(botapi, street, lots):
            looks = await passed(measure.many(SECONDS, least=20), member, place)
            reception.is_over = True
            await asyncio.gather(*working)
        backlog = await letters_left(house.database, PATIENCE_S)
        noted(measure, looks, street, reception)
        assert backlog == 0
        assert grown(looks) == []
        assert [*await wrong_with(street, house), *await reception.wrong()] == []


def noted(measure: Measure, looks: list[Look], street: Street, reception: Reception) -> None:
    """Note how the day went."""
    half = looks[len(looks) // 2 :]
    slope = linear_regression([each.at_s for each in half], [each.memory_mb for each in half]).slope
    measure.note(
        f"{street.turns} answers to people and {sum(reception.answered.values())} of colleagues in"
        f" {looks[-1].at_s:.0f} s; memory {looks[-1].memory_mb:.0f} MB, in the second half"
        f" {slope * 60:+.2f} MB a minute; {min(e.files for e in looks)} to"
        f" {max(e.files for e in looks)} open files; write-ahead log at most"
        f" {max(e.log_mb for e in looks):.1f} MB; 0 letters left"
    )


async def test_a_house_that_lets_go_of_nothing_is_found(
    crew: Crew, botapi: BotApi, place: Place
) -> None:
    crew.fault = "keep_what_came"
    member, street = await crew.add(BOTH), Street(botapi, pause_s=PEOPLE / A_SECOND)
    async with street.crowded(PEOPLE):
        assert grown(await passed(20, member, place))
