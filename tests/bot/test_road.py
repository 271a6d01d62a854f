"""A letter that is slow holds up nobody but its own person, and is neither lost nor doubled."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import ExitStack
from datetime import timedelta

import pytest

from bot import courier as couriers
from bot.errors import Undelivered
from bot.handing import Carried
from bot.house import House
from bot.noting import Notes
from bot.road import PLACES
from storage import mail
from storage.doors import Door
from storage.errors import Unavailable
from storage.mail import Letter
from tests.bot.gate import OUTBOX, PATIENCE_S, Gate, going
from tests.databases import rows_of
from tests.houses import StillClock, Visitor

LANGUAGE, ROLE = "welcome.language.ask", "welcome.role.ask"
# Whoever is on the road is late.
NONE = 0.0


async def away(*_: object) -> None:
    raise Unavailable("away")


@pytest.fixture
def never_idle(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the courier look into the outbox only where it is told to."""
    monkeypatch.setattr(couriers, "IDLE_S", 1000.0)


async def only_another_is_answered(house: House, gate: Gate) -> None:
    """Let somebody else come, and see that nothing went out behind a letter that is slow."""
    await Visitor(house, Door.TELEGRAM).starts()
    await gate.until(lambda: bool(gate.arrived))
    assert gate.begun == [LANGUAGE, LANGUAGE]


async def test_one_slow_letter_holds_up_nobody_else(house: House, gate: Gate) -> None:
    async with going(house, gate, NONE):
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


@pytest.mark.usefixtures("never_idle")
async def test_what_comes_after_a_slow_letter_goes_as_soon_as_that_is_there(
    house: House, gate: Gate
) -> None:
    async with going(house, gate, NONE):
        visitor = await gate.holds_up(house)
        held = gate.let_others_pass()
        await visitor.presses("welcome.language:nl")
        await only_another_is_answered(house, gate)
        held.set()
        await gate.until_outbox(house)
    assert gate.arrived == [(LANGUAGE, None), (LANGUAGE, None), (ROLE, 2)]


async def test_a_slow_letter_that_is_refused_in_the_end_is_tried_again(
    house: House, gate: Gate, clock: StillClock
) -> None:
    async with going(house, gate, NONE) as courier:
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
    async with going(house, gate, NONE):
        await gate.holds_up(house)
        await gate.until(lambda: house.hands.are_free)
    assert house.hands.road.room == PLACES
    assert gate.arrived == []
    assert await rows_of(house.database, OUTBOX) == [(1, True)]


async def test_a_slow_letter_whose_lease_ended_on_the_road_is_carried_once(
    house: House, gate: Gate
) -> None:
    async with going(house, gate, NONE) as courier:
        await gate.holds_up(house)
        await courier.begin_anew()
        assert await courier.round() == 0
        gate.is_free.set()
        await gate.until_outbox(house)
    assert gate.arrived == [(LANGUAGE, None)]


async def test_a_letter_that_comes_while_others_are_leased_is_carried_once(
    house: House, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    lease: Callable[..., Awaitable[list[Letter]]] = mail.lease

    async def meanwhile(*given: object, **named: object) -> list[Letter]:
        gate.is_free.set()
        await gate.until(lambda: bool(gate.arrived))
        return await lease(*given, **named)

    async with going(house, gate, NONE) as courier:
        await gate.holds_up(house)
        await gate.until(lambda: house.hands.are_free)
        await courier.begin_anew()
        monkeypatch.setattr(mail, "lease", meanwhile)
        assert await courier.round() == 0
        monkeypatch.setattr(mail, "lease", lease)
        await gate.until_outbox(house)
    assert gate.arrived == [(LANGUAGE, None)]


async def test_a_goodbye_goes_after_a_slow_letter_that_is_wanted_no_more(
    house: House, gate: Gate
) -> None:
    async with going(house, gate, NONE):
        visitor = await gate.holds_up(house)
        held = gate.let_others_pass()
        await visitor.presses("everywhere.go:rights", "rights.overview:erase")
        await only_another_is_answered(house, gate)
        held.set()
        await gate.until_outbox(house)
    assert len(gate.arrived) == 3
    assert gate.arrived[-1][0].startswith("rights.erased")


@pytest.mark.parametrize("is_there", [False, True], ids=["on the road", "there, and not noted"])
async def test_who_stops_sees_it_below_what_came_before(
    house: House, gate: Gate, monkeypatch: pytest.MonkeyPatch, *, is_there: bool
) -> None:
    visitor = Visitor(house, Door.TELEGRAM)
    async with going(house, gate, PATIENCE_S if is_there else NONE):
        await visitor.sends_a_request()
        await gate.until_outbox(house)
        number = len(gate.arrived)
        gate.is_free.clear()
        await visitor.says("Nog iets.")
        await gate.until(lambda: len(gate.begun) > number)
        with monkeypatch.context() as patch:
            if is_there:
                patch.setattr(Notes, "note_all", away)
                gate.is_free.set()
            await gate.until(lambda: house.hands.are_free)
            await visitor.presses("everywhere.go:stop")
        gate.is_free.set()
        await gate.until_outbox(house)
    assert [replaced for _, replaced in gate.arrived[number:]] == [None, number + 1]


@pytest.mark.usefixtures("never_idle")
async def test_what_lay_behind_a_slow_letter_goes_as_soon_as_that_is_there(
    house: House, gate: Gate
) -> None:
    visitor = Visitor(house, Door.TELEGRAM)
    await visitor.starts()
    await visitor.presses("welcome.language:nl")
    gate.is_free.clear()
    async with going(house, gate, NONE):
        await gate.until(lambda: bool(gate.begun))
        gate.is_free.set()
        await gate.until_outbox(house)
    assert gate.arrived == [(LANGUAGE, None), (ROLE, 1)]


@pytest.mark.usefixtures("never_idle")
async def test_that_a_letter_was_refused_is_noted_at_once(house: House, gate: Gate) -> None:
    gate.failures = [Undelivered(permanent=False)]
    async with going(house, gate):
        await Visitor(house, Door.TELEGRAM).starts()
        await gate.until_outbox(house, (1, False))


@pytest.mark.usefixtures("never_idle")
async def test_only_who_lies_behind_somebody_is_looked_for_when_they_are_over(
    house: House, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    lease: Callable[..., Awaitable[list[Letter]]] = mail.lease
    looks = 0

    async def counted(*given: object, **named: object) -> list[Letter]:
        nonlocal looks
        looks += 1
        return await lease(*given, **named)

    async with going(house, gate, NONE):
        visitor = await gate.holds_up(house)
        await visitor.presses("welcome.language:nl")
        first = gate.let_others_pass()
        gate.is_free.clear()
        await Visitor(house, Door.TELEGRAM).starts()
        await gate.until(lambda: len(gate.begun) == 2)
        other = gate.let_others_pass()
        first.set()
        await gate.until_outbox(house, (1, True))
        monkeypatch.setattr(mail, "lease", counted)
        other.set()
        await gate.until_outbox(house)
    assert len(gate.arrived) == 3
    assert looks == 0


@pytest.mark.usefixtures("never_idle")
async def test_what_a_turn_could_not_note_is_noted_by_the_courier(
    house: House, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell, noting = house.hands.tell, ExitStack()

    def taken_at_once(arrived: Carried) -> None:
        tell(arrived)
        noting.enter_context(house.hands.noting())

    async with going(house, gate):
        monkeypatch.setattr(house.hands, "tell", taken_at_once)
        await Visitor(house, Door.TELEGRAM).starts()
        await gate.until(lambda: bool(gate.arrived))
        # The courier finds nothing to note by now, and rests.
        for _ in range(20):
            await asyncio.sleep(0)
        with pytest.raises(Unavailable), noting:
            raise Unavailable("away")
        await gate.until_outbox(house)
    assert len(gate.arrived) == 1


async def test_what_became_of_letters_is_no_news_to_a_courier_that_begins_again(
    house: House, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor = Visitor(house, Door.TELEGRAM)
    gate.failures = [Undelivered(permanent=True, closes_way=True)]
    with monkeypatch.context() as patch:
        patch.setattr(Notes, "note_all", away)
        async with going(house, gate) as courier:
            await visitor.starts()
            await gate.until(lambda: bool(courier.setbacks) and house.hands.are_free)
    await visitor.presses("welcome.language:nl")
    async with going(house, gate, again=courier):
        await gate.until_outbox(house)
    assert [id for id, _ in gate.arrived] == [LANGUAGE, ROLE]


async def test_what_became_of_a_letter_is_noted_when_storage_is_back(
    house: House, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted, refusals = Notes.note_all, [Unavailable("away"), Unavailable("away")]

    async def refused(self: Notes, carried: Sequence[Carried]) -> None:
        if refusals:
            raise refusals.pop()
        await noted(self, carried)

    monkeypatch.setattr(Notes, "note_all", refused)
    gate.failures = [Undelivered(permanent=True, closes_way=True)]
    async with going(house, gate):
        await Visitor(house, Door.TELEGRAM).starts()
        await gate.until_outbox(house)
    assert refusals == []
    assert len(gate.begun) == 1
