"""A clock that is set ahead or back: nothing goes too early, nobody waits, no session lasts."""

from __future__ import annotations

import asyncio
import re
from datetime import timedelta

import pytest

from bot.clock import BELIEVED_AFTER_S, Believed
from bot.console.codes import code_of
from bot.courier import Courier
from bot.envelopes import Brought, LetterBody
from bot.errors import Later, Undelivered
from bot.going import going
from bot.house import House
from bot.workers import keeper_of
from storage import messages, referrals
from storage.doors import Door
from storage.staff_values import Member
from tests.console.colleagues import PASSPHRASE, Office, opened_office, secret_of
from tests.databases import rows_of
from tests.houses import StillClock, Visitor

HOUR, DAY, MONTH = timedelta(hours=1), timedelta(days=1), timedelta(days=30)
PATIENCE_S = 10
SET = pytest.mark.parametrize("by", [HOUR, MONTH, -HOUR, -MONTH], ids=str)
BACK = pytest.mark.parametrize("by", [-HOUR, -MONTH], ids=str)


class Road:
    """Where letters go: the first one fails."""

    def __init__(self, failure: Exception) -> None:
        self.failures = [failure]
        self.failed, self.arrived = asyncio.Event(), asyncio.Event()

    async def bring(self, _letter: LetterBody, _before: int | None) -> Brought:
        if self.failures:
            self.failed.set()
            raise self.failures.pop(0)
        self.arrived.set()
        return Brought(None)


@SET
async def test_nobody_is_forgotten_before_their_time_whatever_the_clock_says(
    house: House, clock: StillClock, by: timedelta
) -> None:
    keeper = keeper_of(house)
    await Visitor(house).starts()
    clock.set_by(by)
    assert await keeper.round() == 0
    clock.pass_by(HOUR)
    assert await keeper.round() == 0
    assert len(await rows_of(house.database, "SELECT * FROM person")) == 1
    clock.set_by(-by)
    clock.pass_by(22 * HOUR)
    assert await keeper.round() == 0
    clock.pass_by(2 * HOUR)
    assert await keeper.round() == 1


def test_a_jump_ahead_is_believed_after_a_day(clock: StillClock) -> None:
    believed, before = Believed(clock), clock.now()
    clock.set_by(MONTH)
    assert believed.now() == before
    clock.pass_by(DAY - HOUR)
    assert believed.now() == before + DAY - HOUR
    clock.pass_by(timedelta(seconds=BELIEVED_AFTER_S) - DAY + HOUR)
    assert believed.now() == clock.now()


def test_time_that_passes_is_believed_at_once(clock: StillClock) -> None:
    believed = Believed(clock)
    for _ in range(30):
        clock.pass_by(DAY)
        clock.set_by(timedelta(seconds=1))
        assert believed.now() == clock.now()


def test_a_machine_that_sleeps_each_night_is_believed_two_days_later(clock: StillClock) -> None:
    believed = Believed(clock)
    for _ in range(30):
        clock.set_by(8 * HOUR)
        believed.now()
        clock.pass_by(16 * HOUR)
        assert timedelta() <= clock.now() - believed.now() <= 16 * HOUR


def test_what_was_set_right_makes_no_later_jump_ahead_believed_sooner(clock: StillClock) -> None:
    believed = Believed(clock)
    for by, then in ((MONTH, 20 * HOUR), (-MONTH, 10 * HOUR)):
        clock.set_by(by)
        believed.now()
        clock.pass_by(then)
        believed.now()
    before = clock.now()
    clock.set_by(MONTH)
    assert believed.now() == before


@BACK
@pytest.mark.parametrize("failure", [Undelivered(permanent=False), Later(3)], ids=["late", "flood"])
async def test_a_letter_that_was_to_go_later_goes_when_the_clock_was_set_back(
    house: House, clock: StillClock, by: timedelta, failure: Exception
) -> None:
    road = Road(failure)
    courier = Courier(house.database, house.keystore, house.clock, house.announcer, road.bring)
    await Visitor(house, Door.TELEGRAM).starts()
    async with going(courier.run), asyncio.timeout(PATIENCE_S):
        await road.failed.wait()
        clock.set_by(by)
        await road.arrived.wait()


@SET
async def test_what_is_written_stays_in_order(
    house: House, clock: StillClock, by: timedelta
) -> None:
    visitor = Visitor(house)
    await visitor.sends_a_request()
    await visitor.says("Een.")
    clock.set_by(by)
    await visitor.says("Twee.")
    clock.set_by(-by)
    await visitor.says("Drie.")
    async with house.database.reading() as db:
        (referral,) = await referrals.everything(db)
        assert referral.person_id is not None
        seal = await house.keystore.seal_of(referral.person_id)
        said = [each.words for each in await messages.thread(db, seal, referral.id) if each.words]
    assert said == ["Een.", "Twee.", "Drie."]


@SET
async def test_a_session_ends_and_does_not_last(
    house: House, clock: StillClock, by: timedelta
) -> None:
    async with opened_office(house) as office:
        noor = await office.colleague("Noor")
        assert (await noor.get("/staff/queue")).status == 200
        clock.set_by(by)
        assert (await noor.get("/staff/queue")).status == 303


@BACK
async def test_a_code_that_was_used_opens_nothing_when_the_clock_was_set_back(
    house: House, clock: StillClock, by: timedelta
) -> None:
    async with opened_office(house) as office:
        member = await office.hires("Noor")
        code = code_of(secret_of(member), clock.now())
        clock.set_by(by)
        earlier = code_of(secret_of(member), clock.now())
        clock.set_by(-by)
        assert await opens(office, member, code)
        clock.set_by(by)
        assert not await opens(office, member, code)
        assert not await opens(office, member, earlier)


async def opens(office: Office, member: Member, code: str) -> bool:
    """Try to sign in."""
    known = {"email": member.email, "passphrase": PASSPHRASE, "code": code}
    page = await office.browser().post("/staff/sign-in", htmx=False, **known)
    return page.status == 303


@BACK
async def test_nobody_has_waited_for_less_than_nothing(
    house: House, clock: StillClock, by: timedelta
) -> None:
    async with opened_office(house) as office:
        await office.request()
        clock.set_by(by)
        noor = await office.colleague("Noor")
        page = await noor.get("/staff/queue")
        assert page.status == 200
        assert not re.search(r"-\d+ (min|uur|dag)", page.html)
