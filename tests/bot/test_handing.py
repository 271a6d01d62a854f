"""Letters go from the turn straight to a courier that is there, in order and without loss."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from bot import conductor
from bot.courier import OVER
from bot.errors import Later, Undelivered
from bot.handing import LEASE
from bot.house import House
from bot.stage import Stage
from storage import mail
from storage.doors import Door
from storage.mail import Letter
from tests.bot.gate import OUTBOX, Gate, courier_on, going
from tests.databases import rows_of
from tests.houses import StillClock, Visitor

LANGUAGE, ROLE, MENU = "welcome.language.ask", "welcome.role.ask", "welcome.menu.ask"


async def test_a_letter_is_leased_from_the_first_moment_and_gone_once_it_arrived(
    house: House, gate: Gate
) -> None:
    gate.is_free.clear()
    async with going(house, gate):
        await Visitor(house, Door.TELEGRAM).starts()
        assert await rows_of(house.database, OUTBOX) == [(1, True)]
        gate.is_free.set()
        await gate.until_outbox(house)
    assert gate.arrived == [(LANGUAGE, None)]


async def test_without_a_courier_letters_wait_for_whoever_leases_them(
    house: House, gate: Gate
) -> None:
    await Visitor(house, Door.TELEGRAM).starts()
    assert await rows_of(house.database, OUTBOX) == [(0, False)]
    assert await courier_on(house, gate).round() == 1


async def test_a_letter_behind_another_goes_after_it_into_its_place(
    house: House, gate: Gate
) -> None:
    async with going(house, gate):
        visitor = await gate.holds_up(house)
        await visitor.presses("welcome.language:nl")
        await visitor.presses("welcome.role:victim")
        assert gate.begun == [LANGUAGE]
        gate.is_free.set()
        await gate.until_outbox(house)
    assert gate.arrived == [(LANGUAGE, None), (ROLE, 1), (MENU, 1)]


async def test_what_was_handed_over_and_not_carried_is_found_by_the_next_courier(
    house: House, gate: Gate
) -> None:
    async with going(house, gate):
        await gate.holds_up(house)
    assert await rows_of(house.database, OUTBOX) == [(1, True)]
    gate.is_free.set()
    async with going(house, gate):
        await gate.until_outbox(house)
    assert [id for id, _ in gate.arrived] == [LANGUAGE]


async def test_the_lease_of_what_was_handed_over_runs_out_too(
    house: House, gate: Gate, clock: StillClock
) -> None:
    gate.is_free.clear()
    async with going(house, gate):
        await Visitor(house, Door.TELEGRAM).starts()
    gate.is_free.set()
    assert await courier_on(house, gate).round() == 0
    clock.pass_by(LEASE)
    assert await courier_on(house, gate).round() == 1


async def test_a_letter_that_was_refused_lies_in_the_outbox_again(
    house: House, gate: Gate, clock: StillClock
) -> None:
    gate.failures = [Undelivered(permanent=False)]
    async with going(house, gate):
        await Visitor(house, Door.TELEGRAM).starts()
        await gate.until(lambda: bool(gate.begun))
        clock.pass_by(timedelta(seconds=2))
        await gate.until_outbox(house)
    assert gate.begun == [LANGUAGE, LANGUAGE]
    assert len(gate.arrived) == 1


async def test_a_pause_that_is_asked_for_costs_what_was_handed_over_no_try(
    house: House, gate: Gate, clock: StillClock
) -> None:
    gate.failures = [Later(30)]
    async with going(house, gate):
        await Visitor(house, Door.TELEGRAM).starts()
        await gate.until_outbox(house, (0, False))
        clock.pass_by(timedelta(seconds=31))
        await gate.until_outbox(house)
    assert len(gate.arrived) == 1


async def test_those_who_speak_while_letters_are_read_are_heard_together(
    house: House, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    together: list[int] = []
    heard = house.conductor._play

    async def counted(waiting: list[object], **options: bool) -> None:
        together.append(len(waiting))
        await heard(waiting, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(house.conductor, "_play", counted)
    monkeypatch.setattr(conductor, "GATHER_S", 1000.0)
    monkeypatch.setattr(conductor, "JOIN_S", 0.0)
    async with going(house, gate):
        await gate.holds_up(house)
        speaking = [asyncio.create_task(Visitor(house, Door.TELEGRAM).starts()) for _ in range(2)]
        for _ in range(20):
            await asyncio.sleep(0)
        speaking.append(asyncio.create_task(Visitor(house, Door.TELEGRAM).starts()))
        await asyncio.sleep(0)
        gate.is_free.set()
        await asyncio.gather(*speaking)
        await gate.until_outbox(house)
    assert together == [1, 3]


async def test_a_goodbye_comes_after_what_was_on_the_road(house: House, gate: Gate) -> None:
    visitor = Visitor(house, Door.TELEGRAM)
    async with going(house, gate):
        await visitor.starts()
        await gate.until_outbox(house)
        gate.is_free.clear()
        await visitor.presses("everywhere.go:rights")
        await gate.until(lambda: len(gate.begun) == 2)
        await visitor.presses("rights.overview:erase")
        # Somebody else is heard of meanwhile.
        await Visitor(house, Door.TELEGRAM).starts()
        await gate.until(lambda: len(gate.begun) == 3)
        assert gate.begun[2] == LANGUAGE
        gate.is_free.set()
        await gate.until_outbox(house)
    assert len(gate.arrived) == 4
    assert gate.begun[3].startswith("rights.erased")


async def test_letters_go_on_the_road_while_others_are_on_it(house: House, gate: Gate) -> None:
    async with going(house, gate):
        await gate.holds_up(house)
        await Visitor(house, Door.TELEGRAM).starts()
        await gate.until(lambda: gate.begun == [LANGUAGE, LANGUAGE])
        assert await rows_of(house.database, OUTBOX) == [(1, True), (1, True)]
        gate.is_free.set()
        await gate.until_outbox(house)
    assert len(gate.arrived) == 2


async def test_during_a_pause_letters_wait_where_they_can_be_stopped(
    house: House, gate: Gate
) -> None:
    gate.failures = [Later(30)]
    async with going(house, gate):
        await Visitor(house, Door.TELEGRAM).starts()
        await gate.until(lambda: not house.hands.are_free)
        await Visitor(house, Door.TELEGRAM).starts()
        await gate.until_outbox(house, (0, False), (0, False))
    assert gate.begun == [LANGUAGE]


async def test_a_letter_that_nobody_takes_over_any_more_lies_in_the_outbox_at_once(
    house: House, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with going(house, gate):
        monkeypatch.setattr(house.hands, "give", list)
        await Visitor(house, Door.TELEGRAM).starts()
        await gate.until_outbox(house)
    assert gate.arrived == [(LANGUAGE, None)]


async def test_to_whom_somebody_went_meanwhile_nobody_else_goes(
    house: House, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with going(house, gate):
        visitor = Visitor(house, Door.TELEGRAM)
        await visitor.starts()
        await gate.until_outbox(house)
        gate.is_free.clear()
        index = house.keystore.index(visitor.sender.door, visitor.sender.address)
        commit = Stage._commit

        async def meanwhile(self: Stage, *given: object, **named: object) -> None:
            """Let somebody else go to them between the turn and its letter."""
            await commit(self, *given, **named)  # type: ignore[arg-type]
            house.hands.road.send({index: None}, lambda _: gate.is_free.wait())  # type: ignore[arg-type,return-value]

        with monkeypatch.context() as patch:
            patch.setattr(Stage, "_commit", meanwhile)
            await visitor.presses("welcome.language:nl")
        assert await rows_of(house.database, OUTBOX) == [(0, False)]
        assert gate.begun == [LANGUAGE]
        gate.is_free.set()
        await gate.until_outbox(house)
    assert gate.arrived == [(LANGUAGE, None), (ROLE, 1)]


async def test_to_whom_somebody_went_meanwhile_a_leased_letter_goes_later(
    house: House, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    lease: Callable[..., Awaitable[list[Letter]]] = mail.lease
    went, over = asyncio.Event(), asyncio.Event()

    async def goes(_: object) -> None:
        await over.wait()

    async def meanwhile(*given: object, **named: object) -> list[Letter]:
        found = await lease(*given, **named)
        house.hands.road.send({each.recipient: None for each in found}, goes)
        went.set()
        return found

    await Visitor(house, Door.TELEGRAM).starts()
    monkeypatch.setattr(mail, "lease", meanwhile)
    with house.announcer.listening(OVER) as noted:
        async with going(house, gate, 0.0):
            await went.wait()
            monkeypatch.setattr(mail, "lease", lease)
            await noted.wait()
            assert await rows_of(house.database, OUTBOX) == [(0, False)]
            assert gate.begun == []
            over.set()
            await gate.until_outbox(house)
    assert gate.arrived == [(LANGUAGE, None)]
