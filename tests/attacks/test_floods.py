"""Ten thousand chats at once, and one that never stops: everybody is heard, and nobody waits."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from time import perf_counter

import pytest
from aiohttp import ClientSession

from benchmarks.answers import bot_api
from benchmarks.crowd import Crowd
from benchmarks.targets import SECRET, our_hook
from benchmarks.updates import update
from storage.database import Database
from storage.schema import Schema
from tests.attacks.crew import BOTH, Crew, Member, free_port
from tests.attacks.measures import Measure, at, letters_left, memory_mb
from tests.databases import Place, rows_of
from tests.presses import TO_A_REQUEST

CHATS, TOGETHER = 10_000, 256
WORDS, SIDE_BY_SIDE, NORMAL = 1_000, 20, 5
REPLY_S, MEMORY_MB, OVER_S = 2.0, 300, 120
MANY = 100
SOMEBODY = 7
PATIENCE_S = 300

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)


@asynccontextmanager
async def crowded(crew: Crew) -> AsyncIterator[tuple[Crowd, Member]]:
    """Start a house whose people are quicker than any phone."""
    port = free_port()
    crowd = Crowd(our_hook(port))
    async with bot_api(crowd) as api_port:
        crew.environment |= {
            "BOT_API_URL": f"http://127.0.0.1:{api_port}",
            "WEBHOOK_SECRET": SECRET,
            "PUBLIC_URL": f"http://127.0.0.1:{port}",
        }
        member = await crew.add(BOTH, port)
        yield crowd, member
        await member.stop()


async def test_ten_thousand_chats_begin_at_once(crew: Crew, measure: Measure) -> None:
    async with crowded(crew) as (crowd, member):
        chats = measure.many(CHATS, least=500)
        began = perf_counter()
        crowd.begin(TOGETHER, TO_A_REQUEST[:1], chats)
        lost = await crowd.gone()
        took = perf_counter() - began
        measure.note(f"{chats} newcomers in {took:.0f} s, {TOGETHER} at once")
        assert (lost, crowd.tally.faults, len(crowd.tally.took)) == (0, 0, chats)
        measure.below(REPLY_S, at(95, crowd.tally.took), "answered, p95,", "s")
        measure.below(MEMORY_MB, memory_mb(member.pid), "memory", "MB")


async def test_one_chat_that_never_stops_keeps_nobody_waiting(
    crew: Crew, measure: Measure, place: Place
) -> None:
    async with crowded(crew) as (crowd, member):
        crowd.begin(NORMAL, TO_A_REQUEST)
        words = measure.many(WORDS, least=100)
        await flooded(member, words)
        ended = perf_counter()
        lost = await crowd.end()
        database = Database.at(place.data_url, Schema.DATA)
        assert await letters_left(database, PATIENCE_S) == 0
        over_s = perf_counter() - ended
        ((stored,),) = await rows_of(database, "SELECT count(*) FROM heard")
        await database.close()
        turns = len(crowd.tally.took)
        measure.note(f"{words} messages of one chat beside {turns} answers to others")
        assert (lost, crowd.tally.wrong, crowd.tally.refused) == (0, 0, 0)
        assert stored == words + turns
        measure.below(REPLY_S, at(95, crowd.tally.took), "others are answered, p95,", "s")
        measure.below(OVER_S, over_s, "over after", "s")
        measure.below(MEMORY_MB, memory_mb(member.pid), "memory", "MB")


async def test_a_house_that_thinks_slowly_is_found(crew: Crew) -> None:
    crew.fault = "think_slowly"
    async with crowded(crew) as (crowd, _):
        crowd.begin(MANY, TO_A_REQUEST[:1], MANY)
        await crowd.gone()
        assert at(95, crowd.tally.took) > REPLY_S


async def flooded(member: Member, words: int) -> None:
    """Have one chat write so much, as fast as it is taken."""
    hook, numbers = our_hook(member.port), iter(range(words))
    headers = {**hook.headers, "Content-Type": "application/json"}
    first = count(50_000_000)

    async def write(session: ClientSession) -> None:
        for number in numbers:
            body = update(next(first), SOMEBODY, f"Zin {number}.", {})
            async with session.post(hook.path, data=body, headers=headers) as answer:
                assert answer.status == 200

    async with ClientSession(f"http://127.0.0.1:{member.port}") as session:
        await asyncio.gather(*(write(session) for _ in range(SIDE_BY_SIDE)))
