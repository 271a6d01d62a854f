"""Letters go from the turn straight to a courier that is there, in order and without loss."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from uuid import UUID

import pytest

from bot.announcer import of_person
from bot.courier import Courier
from bot.envelopes import Brought, LetterBody
from bot.errors import Later, Undelivered
from bot.handing import LEASE
from bot.house import House
from storage.doors import Door
from tests.databases import rows_of
from tests.houses import StillClock, Visitor

LANGUAGE, ROLE, MENU = "welcome.language.ask", "welcome.role.ask", "welcome.menu.ask"
OUTBOX = "SELECT attempts, leased_until IS NOT NULL FROM letter"


class Gate:
    """A road that letters can be held up on, and on which they fail when it is told to."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.arrived: list[tuple[str, int | None]] = []
        self.failures: list[Exception] = []
        self.is_free = asyncio.Event()
        self.is_free.set()

    async def bring(self, letter: LetterBody, screen_message: int | None) -> Brought:
        self.begun.append(letter.screen.lines[-1].id)
        await self.is_free.wait()
        if self.failures:
            raise self.failures.pop(0)
        self.arrived.append((letter.screen.lines[-1].id, screen_message))
        number = screen_message or len(self.arrived)
        return Brought(number, () if screen_message else (number,))


@pytest.fixture
def gate() -> Gate:
    """A road that is free."""
    return Gate()


def courier_on(house: House, gate: Gate) -> Courier:
    return Courier(
        house.database, house.keystore, house.clock, house.announcer, gate.bring, house.hands
    )


@asynccontextmanager
async def going(house: House, gate: Gate) -> AsyncIterator[None]:
    """Have a courier that goes, and is ready to take letters over."""
    running = asyncio.create_task(courier_on(house, gate).run())
    await until(lambda: house.hands.are_free)
    try:
        yield
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not holds():  # noqa: ASYNC110 - what is waited for calls nobody
            await asyncio.sleep(0.001)


async def until_outbox(house: House, *rows: tuple[int, bool]) -> None:
    async with asyncio.timeout(20):
        while await rows_of(house.database, OUTBOX) != list(rows):  # noqa: ASYNC110 - as above
            await asyncio.sleep(0.001)


async def test_a_letter_is_leased_from_the_first_moment_and_gone_once_it_arrived(
    house: House, gate: Gate
) -> None:
    gate.is_free.clear()
    async with going(house, gate):
        await Visitor(house, Door.TELEGRAM).starts()
        assert await rows_of(house.database, OUTBOX) == [(1, True)]
        gate.is_free.set()
        await until_outbox(house)
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
    visitor = Visitor(house, Door.TELEGRAM)
    gate.is_free.clear()
    async with going(house, gate):
        await visitor.starts()
        await visitor.presses("welcome.language:nl")
        await visitor.presses("welcome.role:victim")
        await until(lambda: bool(gate.begun))
        assert gate.begun == [LANGUAGE]
        gate.is_free.set()
        await until_outbox(house)
    assert gate.arrived == [(LANGUAGE, None), (ROLE, 1), (MENU, 1)]


async def test_what_was_handed_over_and_not_carried_is_found_by_the_next_courier(
    house: House, gate: Gate
) -> None:
    gate.is_free.clear()
    async with going(house, gate):
        await Visitor(house, Door.TELEGRAM).starts()
        await until(lambda: bool(gate.begun))
    assert await rows_of(house.database, OUTBOX) == [(1, True)]
    gate.is_free.set()
    async with going(house, gate):
        await until_outbox(house)
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
        await until(lambda: bool(gate.begun))
        clock.pass_by(timedelta(seconds=2))
        await until_outbox(house)
    assert gate.begun == [LANGUAGE, LANGUAGE]
    assert len(gate.arrived) == 1


async def test_a_pause_that_is_asked_for_costs_what_was_handed_over_no_try(
    house: House, gate: Gate, clock: StillClock
) -> None:
    gate.failures = [Later(30)]
    async with going(house, gate):
        await Visitor(house, Door.TELEGRAM).starts()
        await until_outbox(house, (0, False))
        clock.pass_by(timedelta(seconds=31))
        await until_outbox(house)
    assert len(gate.arrived) == 1


async def test_turns_of_many_note_along_what_arrived(house: House, gate: Gate) -> None:
    visitors = [Visitor(house, Door.TELEGRAM) for _ in range(5)]
    async with going(house, gate):
        await asyncio.gather(*(each.starts() for each in visitors))
        await until(lambda: len(gate.arrived) == len(visitors))
        await asyncio.gather(*(each.presses("welcome.language:nl") for each in visitors))
        await until_outbox(house)
    # Each answer came after its first screen was noted, or it could not stand in its place.
    first, second = gate.arrived[:5], gate.arrived[5:]
    assert {id for id, _ in first} == {LANGUAGE}
    assert sorted(second) == [(ROLE, number) for number in range(1, 6)]


async def test_a_note_that_fails_spoils_no_turn_and_loses_no_other(
    house: House, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A number that no column can hold, as a door could invent.
    beyond, bring = 2**70, gate.bring
    loud, *others = (Visitor(house, Door.TELEGRAM) for _ in range(4))

    async def broken(letter: LetterBody, screen_message: int | None) -> Brought:
        brought = await bring(letter, screen_message)
        return Brought(beyond) if letter.address == loud.sender.address else brought

    monkeypatch.setattr(gate, "bring", broken)
    async with going(house, gate):
        await asyncio.gather(*(each.starts() for each in (loud, *others)))
        await until(lambda: len(gate.arrived) == len(others) + 1)
        answers = await asyncio.gather(*(each.presses("welcome.language:nl") for each in others))
        await until_outbox(house, (1, True))
    assert [str(each.session.place) for each in answers] == ["welcome.role"] * len(others)
    assert await rows_of(house.database, "SELECT * FROM set_aside") == []


async def test_what_arrived_before_a_stop_is_not_brought_again(house: House, gate: Gate) -> None:
    async with going(house, gate):
        await Visitor(house, Door.TELEGRAM).starts()
        await until(lambda: bool(gate.arrived) and house.hands.are_free)
    assert await rows_of(house.database, OUTBOX) == []


async def test_those_who_speak_while_letters_are_read_are_heard_together(
    house: House, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    together: list[int] = []
    heard = house.conductor._play

    async def counted(waiting: list[object], **options: bool) -> None:
        together.append(len(waiting))
        await heard(waiting, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(house.conductor, "_play", counted)
    gate.is_free.clear()
    async with going(house, gate):
        await Visitor(house, Door.TELEGRAM).starts()
        await until(lambda: bool(gate.begun))
        speaking = [asyncio.create_task(Visitor(house, Door.TELEGRAM).starts()) for _ in range(3)]
        await asyncio.gather(*speaking)
        gate.is_free.set()
        await until_outbox(house)
    assert together == [1, 3]


async def test_a_goodbye_comes_after_what_was_on_the_road(house: House, gate: Gate) -> None:
    visitor = Visitor(house, Door.TELEGRAM)
    async with going(house, gate):
        await visitor.starts()
        await until_outbox(house)
        gate.is_free.clear()
        await until(lambda: house.hands.are_free)
        await visitor.presses("everywhere.go:rights")
        await until(lambda: len(gate.begun) == 2)
        await visitor.presses("rights.overview:erase")
        # Somebody else is not heard of either while the courier is on the road.
        await Visitor(house, Door.TELEGRAM).starts()
        assert len(gate.begun) == 2
        gate.is_free.set()
        await until_outbox(house)
    farewell = gate.begun[2:]
    assert len(gate.arrived) == 4
    assert "rights.erased" in " ".join(farewell)


async def test_while_the_courier_is_on_the_road_letters_wait_where_they_can_be_stopped(
    house: House, gate: Gate
) -> None:
    gate.is_free.clear()
    async with going(house, gate):
        await Visitor(house, Door.TELEGRAM).starts()
        await until(lambda: bool(gate.begun))
        await Visitor(house, Door.TELEGRAM).starts()
        assert sorted(await rows_of(house.database, OUTBOX)) == [(0, False), (1, True)]
        gate.is_free.set()
        await until_outbox(house)


async def test_a_letter_that_nobody_takes_over_any_more_lies_in_the_outbox_at_once(
    house: House, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with going(house, gate):
        monkeypatch.setattr(house.hands, "give", lambda _loads: False)
        await Visitor(house, Door.TELEGRAM).starts()
        await until_outbox(house)
    assert gate.arrived == [(LANGUAGE, None)]


async def test_a_page_that_is_open_is_told_of_whom_a_letter_did_not_reach(
    house: House, gate: Gate
) -> None:
    gate.failures = [Undelivered(permanent=True, closes_way=True)]
    async with going(house, gate):
        gate.is_free.clear()
        await Visitor(house, Door.TELEGRAM).starts()
        (person_id,) = (await rows_of(house.database, "SELECT id FROM person"))[0]
        with house.announcer.listening(of_person(UUID(str(person_id)))) as changes:
            gate.is_free.set()
            assert await changes.wait(20)
    closed = await rows_of(house.database, "SELECT closed FROM way")
    assert [bool(*row) for row in closed] == [True]
