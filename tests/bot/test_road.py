"""A letter that is slow holds up nobody but its own person, and is neither lost nor doubled."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.errors import Undelivered
from bot.handing import AT_ONCE
from bot.house import House
from storage import mail
from storage.doors import Door
from tests.bot.gate import OUTBOX, Gate, going
from tests.databases import rows_of
from tests.houses import StillClock, Visitor

LANGUAGE, ROLE, MENU = "welcome.language.ask", "welcome.role.ask", "welcome.menu.ask"
AT_ONCE_LATE = 0.0


async def test_one_slow_letter_holds_up_nobody_else(house: House, gate: Gate) -> None:
    async with going(house, gate, AT_ONCE_LATE):
        await gate.holds_up(house)
        held = gate.let_others_pass()
        other = Visitor(house, Door.TELEGRAM)
        await other.starts()
        await other.presses("welcome.language:nl")
        await gate.until_outbox(house, (1, True))
        assert [id for id, _ in gate.arrived] == [LANGUAGE, ROLE]
        held.set()
        await gate.until_outbox(house)
    assert len(gate.arrived) == 3


async def test_what_comes_after_a_slow_letter_waits_for_it(house: House, gate: Gate) -> None:
    async with going(house, gate, AT_ONCE_LATE):
        visitor = await gate.holds_up(house)
        held = gate.let_others_pass()
        await visitor.presses("welcome.language:nl")
        await Visitor(house, Door.TELEGRAM).starts()
        await gate.until(lambda: bool(gate.arrived))
        assert gate.begun == [LANGUAGE, LANGUAGE]
        held.set()
        await gate.until_outbox(house)
    assert [id for id, _ in gate.arrived] == [LANGUAGE, LANGUAGE, ROLE]


async def test_a_slow_letter_that_is_refused_in_the_end_is_tried_again(
    house: House, gate: Gate, clock: StillClock
) -> None:
    async with going(house, gate, AT_ONCE_LATE) as courier:
        await gate.holds_up(house)
        gate.failures = [Undelivered(permanent=False)]
        gate.is_free.set()
        await gate.until_outbox(house, (1, False))
        clock.pass_by(timedelta(seconds=2))
        await gate.until_outbox(house)
    assert gate.begun == [LANGUAGE, LANGUAGE]
    assert len(gate.arrived) == 1
    assert courier.setbacks == []


async def test_a_slow_letter_is_broken_off_at_a_stop_and_stays_leased(
    house: House, gate: Gate
) -> None:
    async with going(house, gate, AT_ONCE_LATE):
        await gate.holds_up(house)
        await gate.until(lambda: house.hands.are_free)
    gate.is_free.set()
    await asyncio.sleep(0)
    assert gate.arrived == []
    assert await rows_of(house.database, OUTBOX) == [(1, True)]


async def test_a_slow_letter_whose_lease_ended_on_the_road_is_carried_once(
    house: House, gate: Gate
) -> None:
    async with going(house, gate, AT_ONCE_LATE) as courier:
        await gate.holds_up(house)
        await courier.begin_anew()
        assert await courier.round() == 1
        assert gate.begun == [LANGUAGE]
        gate.is_free.set()
        await gate.until_outbox(house)
    assert gate.arrived == [(LANGUAGE, None)]


async def test_a_goodbye_goes_after_a_slow_letter_that_nobody_waits_for_any_more(
    house: House, gate: Gate
) -> None:
    async with going(house, gate, AT_ONCE_LATE):
        visitor = await gate.holds_up(house)
        held = gate.let_others_pass()
        await visitor.presses("everywhere.go:rights", "rights.overview:erase")
        await Visitor(house, Door.TELEGRAM).starts()
        await gate.until(lambda: bool(gate.arrived))
        assert gate.begun == [LANGUAGE, LANGUAGE]
        held.set()
        await gate.until_outbox(house)
    assert len(gate.arrived) == 3
    assert gate.arrived[-1][0].startswith("rights.erased")


async def test_who_has_as_many_slow_letters_as_there_are_roads_takes_over_no_more(
    house: House, gate: Gate
) -> None:
    async with going(house, gate, AT_ONCE_LATE) as courier:
        gate.is_free.clear()
        visitors = [Visitor(house, Door.TELEGRAM) for _ in range(AT_ONCE)]
        await asyncio.gather(*(each.starts() for each in visitors))
        await gate.until(lambda: not courier.road.room)
        held = gate.let_others_pass()
        await Visitor(house, Door.TELEGRAM).starts()
        assert (0, False) in await rows_of(house.database, OUTBOX)
        assert await courier.round() == 0
        held.set()
        await gate.until_outbox(house)
    assert len(gate.arrived) == AT_ONCE + 1


@pytest.mark.parametrize("number", [1, 3])
async def test_a_box_that_is_emptied_meanwhile_disturbs_nothing(
    house: House, gate: Gate, number: int
) -> None:
    async with going(house, gate, AT_ONCE_LATE):
        visitor = await gate.holds_up(house)
        async with house.database.begin() as db:
            await mail.drop_all(db, house.clock.now())
        held = gate.let_others_pass()
        for _ in range(number):
            await visitor.starts()
        assert gate.begun == [LANGUAGE]
        held.set()
        await gate.until_outbox(house)
    assert len(gate.arrived) == number + 1
