"""Letters arrive in order, are tried again, and are given up only when nothing else can help."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.courier import LAST_TRY, Courier
from bot.envelopes import Brought, LetterBody
from bot.errors import Later, TokenRefused, Undelivered
from bot.house import House
from dialogs.events import Chose
from storage import mail, people
from storage.doors import Door
from storage.errors import Unreadable
from storage.mail import NewLetter
from tests.databases import rows_of
from tests.houses import StillClock, Visitor


class Road:
    """Where letters go in these tests: it remembers them, and fails when it is told to."""

    def __init__(self) -> None:
        self.arrived: list[LetterBody] = []
        self.replaced: list[int | None] = []
        self.failures: list[Exception] = []

    async def bring(self, letter: LetterBody, screen_message: int | None) -> Brought:
        if self.failures:
            raise self.failures.pop(0)
        self.arrived.append(letter)
        self.replaced.append(screen_message)
        number = len(self.arrived)
        return Brought(None if letter.screen.lasting else number, (number,))


@pytest.fixture
def road() -> Road:
    """A road without faults."""
    return Road()


@pytest.fixture
def courier(house: House, road: Road) -> Courier:
    """A courier on that road."""
    return Courier(house.database, house.keystore, house.clock, house.announcer, road.bring)


async def carry_all(courier: Courier) -> None:
    while await courier.round():
        pass


async def test_letters_of_one_person_arrive_in_order(
    house: House, courier: Courier, road: Road
) -> None:
    visitor = Visitor(house, Door.TELEGRAM)
    await visitor.starts()
    await visitor.presses("welcome.language:nl", "welcome.role:victim")
    await carry_all(courier)
    asked = [letter.screen.lines[-1].id for letter in road.arrived]
    assert asked == ["welcome.language.ask", "welcome.role.ask", "welcome.menu.ask"]
    assert [letter.replaces for letter in road.arrived] == [False, True, True]
    assert road.replaced == [None, 1, 2]


async def test_nobody_waits_for_a_letter_of_somebody_else(
    house: House, courier: Courier, road: Road
) -> None:
    slow, quick = Visitor(house, Door.TELEGRAM), Visitor(house, Door.TELEGRAM)
    await slow.starts()
    road.failures.append(Undelivered(permanent=False))
    await courier.round()
    await quick.starts()
    await slow.presses("welcome.language:nl")
    await carry_all(courier)
    assert [letter.address for letter in road.arrived] == [quick.sender.address]


async def test_a_pause_that_is_asked_for_is_kept(
    house: House, courier: Courier, road: Road, clock: StillClock
) -> None:
    await Visitor(house, Door.TELEGRAM).starts()
    road.failures.append(Later(30))
    await courier.round()
    clock.pass_by(timedelta(seconds=29))
    assert await courier.round() == 0
    clock.pass_by(timedelta(seconds=1))
    assert await courier.round() == 1
    assert len(road.arrived) == 1


async def test_a_pause_that_is_asked_for_is_kept_for_everybody(
    house: House, courier: Courier, road: Road, clock: StillClock
) -> None:
    one, other = Visitor(house, Door.TELEGRAM), Visitor(house, Door.TELEGRAM)
    await one.starts()
    road.failures.append(Later(30))
    assert await courier.round() == 1
    await other.starts()
    clock.pass_by(timedelta(seconds=29))
    assert await courier.round() == 0
    clock.pass_by(timedelta(seconds=1))
    assert await courier.round() == 2
    assert {each.address for each in road.arrived} == {one.sender.address, other.sender.address}


@pytest.mark.parametrize("refusal", [Later(60), TokenRefused()])
async def test_a_door_that_takes_nothing_costs_a_letter_no_try(
    house: House, courier: Courier, road: Road, clock: StillClock, refusal: Exception
) -> None:
    await Visitor(house, Door.TELEGRAM).starts()
    road.failures.append(refusal)
    assert await courier.round() == 1
    assert await rows_of(house.database, "SELECT attempts FROM letter") == [(0,)]
    clock.pass_by(timedelta(seconds=60))
    assert await courier.round() == 1
    assert len(road.arrived) == 1


@pytest.mark.parametrize("fault", [TypeError("geheim"), Unreadable("geheim"), KeyError("geheim")])
async def test_an_unforeseen_fault_is_tried_again_and_holds_up_nobody_else(
    house: House, courier: Courier, road: Road, caplog: pytest.LogCaptureFixture, fault: Exception
) -> None:
    clock = house.clock
    assert isinstance(clock, StillClock)
    for _ in range(3):
        await Visitor(house, Door.TELEGRAM).starts()
    road.failures.append(fault)
    assert await courier.round() == 3
    assert len(road.arrived) == 2
    assert await courier.round() == 0
    clock.pass_by(timedelta(seconds=1))
    assert await courier.round() == 1
    assert len(road.arrived) == 3
    assert "geheim" not in caplog.text


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"lines": [1], "buttons": [], "fixed": []}'])
async def test_a_letter_that_cannot_be_read_is_given_up_and_the_next_one_goes(
    house: House, courier: Courier, road: Road, text: str
) -> None:
    visitor = Visitor(house, Door.TELEGRAM)
    index = house.keystore.index(visitor.sender.door, visitor.sender.address)
    letter = NewLetter(house.clock.new_id(), index, None, Door.TELEGRAM, text)
    async with house.database.begin() as db:
        await mail.put(db, house.keystore, [letter], house.clock.now())
    await visitor.starts()
    await carry_all(courier)
    assert len(road.arrived) == 1
    async with house.database.reading() as db:
        counts = await mail.counts(db)
    assert (counts.waiting, counts.dropped) == (0, 1)


async def test_a_letter_that_cannot_be_noted_loses_no_other(
    house: House, courier: Courier, road: Road, clock: StillClock
) -> None:
    spoilt = Visitor(house, Door.TELEGRAM)
    for each in (Visitor(house, Door.TELEGRAM), spoilt, Visitor(house, Door.TELEGRAM)):
        await each.starts()

    async def bring(letter: LetterBody, screen_message: int | None) -> Brought:
        brought = await road.bring(letter, screen_message)
        return Brought(2**70) if letter.address == spoilt.sender.address else brought

    odd = with_road(courier, bring)
    assert await odd.round() == 3
    async with house.database.reading() as db:
        assert (await mail.counts(db)).waiting == 1
    for _ in range(LAST_TRY):
        clock.pass_by(timedelta(seconds=60))
        assert await odd.round() == 1
    assert await odd.round() == 0
    assert len(road.arrived) == 2 + LAST_TRY
    async with house.database.reading() as db:
        assert (await mail.counts(db)).dropped == 1


async def test_a_passing_fault_is_tried_again_later_each_time(
    house: House, courier: Courier, road: Road, clock: StillClock
) -> None:
    await Visitor(house, Door.TELEGRAM).starts()
    for pause in (1, 4, 16):
        road.failures.append(Undelivered(permanent=False))
        assert await courier.round() == 1
        clock.pass_by(timedelta(seconds=pause) - timedelta(milliseconds=1))
        assert await courier.round() == 0
        clock.pass_by(timedelta(milliseconds=1))
    assert await courier.round() == 1
    assert len(road.arrived) == 1


async def test_a_letter_is_given_up_after_many_tries(
    house: House, courier: Courier, road: Road, clock: StillClock
) -> None:
    await Visitor(house, Door.TELEGRAM).starts()
    road.failures += [Undelivered(permanent=False)] * LAST_TRY
    for _ in range(LAST_TRY):
        assert await courier.round() == 1
        clock.pass_by(timedelta(minutes=5))
    async with house.database.reading() as db:
        counts = await mail.counts(db)
    assert (counts.waiting, counts.dropped) == (0, 1)


async def test_who_blocked_us_gets_no_more_letters_until_they_write_again(
    house: House, courier: Courier, road: Road
) -> None:
    visitor = Visitor(house, Door.TELEGRAM)
    await visitor.starts()
    await visitor.presses("welcome.language:nl")
    road.failures.append(Undelivered(permanent=True, closes_way=True))
    await carry_all(courier)
    assert road.arrived == []
    assert await is_closed(house, visitor)
    await visitor.does(Chose("everywhere.go", "menu"))
    await carry_all(courier)
    assert len(road.arrived) == 1
    assert not await is_closed(house, visitor)


async def test_the_last_letter_to_somebody_erased_still_arrives(
    house: House, courier: Courier, road: Road
) -> None:
    visitor = Visitor(house, Door.TELEGRAM)
    await visitor.starts()
    await carry_all(courier)
    await visitor.presses("everywhere.go:rights", "rights.overview:erase")
    await carry_all(courier)
    assert road.arrived[-1].screen.lines[0].id == "rights.erased.text"
    assert road.arrived[-1].address == visitor.sender.address


async def test_what_arrives_while_its_person_erases_everything_goes_from_the_chat_at_once(
    house: House, courier: Courier, road: Road
) -> None:
    visitor = Visitor(house, Door.TELEGRAM)
    await visitor.starts()

    async def erased_meanwhile(letter: LetterBody, screen_message: int | None) -> Brought:
        if not road.arrived:
            await visitor.presses("everywhere.go:rights", "rights.overview:erase")
        return await road.bring(letter, screen_message)

    await with_road(courier, erased_meanwhile).round()
    gone = await rows_of(house.database, "SELECT number FROM trace WHERE due_at IS NOT NULL")
    assert gone == [(1,)]


async def test_a_courier_that_died_on_the_way_loses_nothing(
    house: House, courier: Courier, clock: StillClock
) -> None:
    await Visitor(house, Door.TELEGRAM).starts()
    async with house.database.begin() as db:
        until = clock.now() + timedelta(seconds=60)
        await mail.lease(db, house.keystore, 20, clock.now(), until)
    assert await courier.round() == 0
    clock.pass_by(timedelta(seconds=60))
    assert await courier.round() == 1


async def test_a_running_courier_goes_as_soon_as_there_is_mail(
    house: House, courier: Courier, road: Road
) -> None:
    came = asyncio.Event()
    bring = road.bring

    async def noticed(letter: LetterBody, screen_message: int | None) -> Brought:
        brought = await bring(letter, screen_message)
        came.set()
        return brought

    running = asyncio.create_task(with_road(courier, noticed).run())
    await Visitor(house, Door.TELEGRAM).starts()
    async with asyncio.timeout(10):
        await came.wait()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert len(road.arrived) == 1


def with_road(courier: Courier, bring: Callable[..., object]) -> Courier:
    return Courier(courier.database, courier.keystore, courier.clock, courier.announcer, bring)  # type: ignore[arg-type]


async def is_closed(house: House, visitor: Visitor) -> bool:
    index = house.keystore.index(visitor.sender.door, visitor.sender.address)
    async with house.database.reading() as db:
        return (await people.find_ways(db, [index]))[index].closed


async def test_no_letter_is_written_to_who_comes_for_their_words(house: House) -> None:
    await Visitor(house, Door.WEB).starts()
    assert await rows_of(house.database, "SELECT * FROM letter") == []
