"""No more is on the road than there are places; whoever waits for one goes before who comes."""

from __future__ import annotations

import asyncio

import pytest

from bot import road as roads
from bot.envelopes import Brought, LetterBody
from bot.house import House
from bot.road import PLACES, Road
from storage.doors import Door
from tests.bot.gate import OUTBOX, Gate, going
from tests.databases import rows_of
from tests.houses import Visitor

# Whoever is on the road is late.
NONE = 0.0


async def test_no_more_is_on_the_road_than_there_are_places(house: House, gate: Gate) -> None:
    async with going(house, gate, NONE) as courier:
        gate.is_free.clear()
        first = [Visitor(house, Door.TELEGRAM) for _ in range(PLACES - 1)]
        await asyncio.gather(*(each.starts() for each in first))
        await gate.until(lambda: house.hands.road.room == 1 and house.hands.are_free)
        await asyncio.gather(*(Visitor(house, Door.TELEGRAM).starts() for _ in range(3)))
        await gate.until(lambda: house.hands.road.room == 0)
        outbox = sorted(await rows_of(house.database, OUTBOX))
        assert outbox[:3] == [(0, False), (0, False), (1, True)]
        assert await courier.round() == 0
        assert not house.hands.are_free
        gate.is_free.set()
        await gate.until_outbox(house)
        await gate.until(lambda: house.hands.are_free)
    assert len(gate.arrived) == PLACES + 2


async def test_more_on_the_road_than_places_leave_no_room_for_more() -> None:
    road, over = Road(), asyncio.Event()

    async def goes(_: object) -> None:
        await over.wait()

    for first in (0, 200):
        road.send({bytes([first + each]): each for each in range(PLACES - 20)}, goes)
    assert road.room == 0
    over.set()
    await road.leave()
    assert road.room == PLACES


async def test_whoever_waits_goes_before_who_comes(
    house: House, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(roads, "PLACES", 2)
    first, *_ = visitors = [Visitor(house, Door.TELEGRAM) for _ in range(3)]
    for each in visitors:
        await each.starts()
    bring, slow = gate.bring, asyncio.Event()

    async def brought(letter: LetterBody, screen_message: int | None) -> Brought:
        if letter.address == first.sender.address:
            await slow.wait()
        return await bring(letter, screen_message)

    monkeypatch.setattr(gate, "bring", brought)
    async with going(house, gate):
        await gate.until(lambda: len(gate.arrived) == 1)
        # Whoever arrived leaves the road a moment later.
        for _ in range(5):
            await asyncio.sleep(0)
        assert house.hands.road.room == 1
        await Visitor(house, Door.TELEGRAM).starts()
        assert len(await rows_of(house.database, OUTBOX + " WHERE leased_until IS NULL")) == 2
        slow.set()
        await gate.until_outbox(house)
    assert len(gate.arrived) == 4
