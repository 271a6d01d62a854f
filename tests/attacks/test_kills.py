"""Killed with -9 again and again while people talk: nothing is lost, doubled or out of order."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from random import Random

import pytest

from bot.settings import Settings
from tests.attacks.crew import BOTH, WEB, WORK, Crew, Front, Member
from tests.attacks.measures import Measure, at
from tests.attacks.people import Street, looked_at
from tests.botapi.server import BotApi
from tests.houses import StillClock

PEOPLE = 30
ANSWERS = 10
# Two hundred kills of four houses in one process each, and eighty of two in four.
KILLS, KILLS_BESIDE = 50, 40
A_SECOND, STILL_S = 1.0, 5.0
POLLED_BESIDE = "another process polls"


@pytest.fixture(params=["webhook", "poll"])
async def way(crew: Crew, request: pytest.FixtureRequest) -> AsyncIterator[str]:
    """How updates arrive; where they are brought, one address leads to every process."""
    async with Front(crew).open() as address:
        if request.param == "webhook":
            crew.environment["PUBLIC_URL"] = address
        yield str(request.param)


@pytest.mark.usefixtures("way")
async def test_killed_under_load(
    crew: Crew, botapi: BotApi, measure: Measure, settings: Settings, clock: StillClock
) -> None:
    member, street, lots = await crew.add(BOTH), Street(botapi), Random(1)
    starts: list[float] = []
    async with street.crowded(PEOPLE):
        for _ in range(measure.many(KILLS, least=2)):
            assert await street.further(ANSWERS)
            await asyncio.sleep(lots.random() / 10)
            await member.kill()
            starts.append(await member.start())
    measure.note(f"{len(starts)} kills, {street.turns} answers, {street.twice} twice")
    # First what may be lost: a slow machine must not hide it.
    assert await looked_at(street, settings, clock) == []
    measure.below(2.0, at(95, starts), "ready again, p95,", "s")


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
async def test_a_house_that_acknowledges_too_early_is_found(
    crew: Crew, botapi: BotApi, settings: Settings, clock: StillClock
) -> None:
    crew.fault = "acknowledge_too_early"
    member, street, lots = await crew.add(BOTH), Street(botapi, patience_s=3), Random(1)
    async with street.crowded(PEOPLE):
        for _ in range(10):
            if not await street.further(ANSWERS):
                break
            await asyncio.sleep(lots.random() / 10)
            await member.kill()
            await member.start()
    assert any(each.startswith("not stored") for each in await looked_at(street, settings, clock))


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
async def test_one_web_and_one_worker_of_two_killed_every_second(
    crew: Crew, botapi: BotApi, measure: Measure, settings: Settings, clock: StillClock
) -> None:
    await asyncio.gather(*(crew.add(each) for each in (WEB, WEB, WORK, WORK)))
    webs, works = crew.of_kind(WEB), crew.of_kind(WORK)
    street, kills = Street(botapi), measure.many(KILLS_BESIDE // 2, least=2)
    async with street.crowded(PEOPLE):
        await asyncio.gather(kept_killing(webs, kills), kept_killing(works, kills))
    measure.note(f"{2 * kills} kills, {street.turns} answers, {street.twice} twice")
    assert await looked_at(street, settings, clock) == []
    assert not crew.has_said(POLLED_BESIDE)


async def test_who_stands_still_for_five_seconds_goes_on(
    crew: Crew, botapi: BotApi, settings: Settings, clock: StillClock
) -> None:
    member, street = await crew.add(BOTH), Street(botapi)
    async with street.crowded(PEOPLE):
        assert await street.further(ANSWERS)
        async with member.paused():
            await asyncio.sleep(STILL_S)
        assert await street.further(ANSWERS)
    assert await looked_at(street, settings, clock) == []


async def kept_killing(members: list[Member], kills: int) -> None:
    """Kill one after the other, never before all are up; one is always left."""
    for number in range(kills):
        await asyncio.sleep(A_SECOND)
        member = members[number % len(members)]
        await member.kill()
        await member.start()
