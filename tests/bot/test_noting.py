"""What arrived is noted once, along with turns or by itself, whatever comes in between."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from uuid import UUID

import pytest

from bot.announcer import of_person
from bot.envelopes import Brought, LetterBody
from bot.errors import Undelivered
from bot.handing import Carried
from bot.house import House
from bot.noting import Notes
from storage.doors import Door
from storage.errors import Unavailable
from tests.bot.gate import OUTBOX, Gate, going
from tests.databases import rows_of
from tests.houses import Visitor

LANGUAGE, ROLE, MENU = "welcome.language.ask", "welcome.role.ask", "welcome.menu.ask"


async def test_turns_of_many_note_along_what_arrived(house: House, gate: Gate) -> None:
    visitors = [Visitor(house, Door.TELEGRAM) for _ in range(5)]
    async with going(house, gate):
        await asyncio.gather(*(each.starts() for each in visitors))
        await gate.until(lambda: len(gate.arrived) == len(visitors))
        await asyncio.gather(*(each.presses("welcome.language:nl") for each in visitors))
        await gate.until_outbox(house)
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
        await gate.until(lambda: len(gate.arrived) == len(others) + 1)
        answers = await asyncio.gather(*(each.presses("welcome.language:nl") for each in others))
        await gate.until_outbox(house, (1, True))
    assert [str(each.session.place) for each in answers] == ["welcome.role"] * len(others)
    assert await rows_of(house.database, "SELECT * FROM set_aside") == []


async def test_what_arrived_before_a_stop_is_not_brought_again(house: House, gate: Gate) -> None:
    async with going(house, gate):
        await Visitor(house, Door.TELEGRAM).starts()
        await gate.until(lambda: bool(gate.arrived) and house.hands.are_free)
    assert await rows_of(house.database, OUTBOX) == []


async def test_what_arrived_is_noted_where_the_rest_of_the_round_is_broken_off(
    house: House, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow, bring = Visitor(house, Door.TELEGRAM), gate.bring

    async def held_up(letter: LetterBody, screen_message: int | None) -> Brought:
        if letter.address == slow.sender.address:
            await asyncio.Event().wait()
        return await bring(letter, screen_message)

    monkeypatch.setattr(gate, "bring", held_up)
    async with going(house, gate):
        await asyncio.gather(slow.starts(), Visitor(house, Door.TELEGRAM).starts())
        await gate.until(lambda: bool(gate.arrived) and house.hands.have_arrived)
    assert await rows_of(house.database, OUTBOX) == [(1, True)]


async def test_what_arrived_while_storage_was_away_is_noted_when_it_is_back(
    house: House, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = asyncio.Event()
    noted = Notes.note_all

    async def refused(self: Notes, carried: Sequence[Carried]) -> None:
        if not away.is_set():
            away.set()
            raise Unavailable("away")
        await noted(self, carried)

    monkeypatch.setattr(Notes, "note_all", refused)
    async with going(house, gate):
        await Visitor(house, Door.TELEGRAM).starts()
        await gate.until_outbox(house)
    assert away.is_set()
    assert len(gate.arrived) == 1


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
