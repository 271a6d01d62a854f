"""What should move on by itself does, and nothing else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import force_setattr

from bot.hours import Term
from bot.house import House
from bot.watch import Watch
from dialogs.frozen import replace
from storage import referrals, staff
from storage.errors import Conflict
from storage.referrals import Back, Status
from tests.console.colleagues import referral_of
from tests.houses import StillClock, Visitor
from tests.web.colleagues import Colleague

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def promise(house: House, first_answer: Term | None) -> None:
    """Let every service answer within a term from now on."""
    services = {
        service: replace(office, first_answer=first_answer)
        for service, office in house.organisation.services.items()
    }
    force_setattr(house.organisation, "services", services)


async def test_when_another_term_is_promised_everybody_who_waits_gets_it(
    house: House, clock: StillClock
) -> None:
    visitor = Visitor(house)
    await visitor.sends_a_request()
    assert (await referral_of(house, visitor)).due_at is None
    sent_at = clock.now()
    clock.pass_by(timedelta(minutes=30))
    promise(house, Term(2, "hour"))
    await Watch(house).terms_anew()
    assert (await referral_of(house, visitor)).due_at == sent_at + timedelta(hours=2)
    promise(house, None)
    await Watch(house).terms_anew()
    assert (await referral_of(house, visitor)).due_at is None


def silence(house: House, silent_after: Term | None) -> None:
    """Let no service wait longer than this for a colleague."""
    services = {
        service: replace(office, silent_after=silent_after)
        for service, office in house.organisation.services.items()
    }
    force_setattr(house.organisation, "services", services)


async def be_away(colleague: Colleague, *, away: bool = True) -> None:
    async with colleague.house.database.begin() as db:
        await staff.set_away(db, colleague.member.id, away=away)


async def owned(house: House, clock: StillClock) -> tuple[Visitor, Colleague]:
    """Have a colleague pick a request up an hour after it was sent."""
    visitor = Visitor(house)
    await visitor.sends_a_request()
    clock.pass_by(HOUR)
    colleague = await Colleague.joins(house)
    await colleague.takes()
    return visitor, colleague


async def test_when_the_colleague_is_away_who_waits_is_in_the_queue_again(
    house: House, clock: StillClock
) -> None:
    visitor, colleague = await owned(house, clock)
    await Watch(house).round()
    assert (await referral_of(house, visitor)).status is Status.OWNED
    before = await referral_of(house, visitor)
    await be_away(colleague)
    for _ in range(2):
        await Watch(house).round()
    after = await referral_of(house, visitor)
    assert (after.status, after.owner_id, after.came_back) == (Status.WAITING, None, Back.AWAY)
    # They wait as long as they did, and the chat knows that nobody is there.
    assert after.waiting_since == before.waiting_since
    assert (await visitor.presses("everywhere.go:menu")).session.colleague is None
    await colleague.takes()
    assert (await referral_of(house, visitor)).came_back is None


async def test_who_waits_for_nothing_stays_with_a_colleague_who_is_away_until_they_write(
    house: House, clock: StillClock
) -> None:
    visitor, colleague = await owned(house, clock)
    await colleague.writes("Tot morgen.")
    await be_away(colleague)
    await Watch(house).round()
    assert (await referral_of(house, visitor)).status is Status.OWNED
    await visitor.says("Is er iemand?")
    await Watch(house).round()
    assert (await referral_of(house, visitor)).status is Status.WAITING


async def test_a_colleague_who_is_silent_too_long_has_the_whole_term_for_it(
    house: House, clock: StillClock
) -> None:
    silence(house, Term(2, "hour"))
    visitor, _ = await owned(house, clock)
    clock.pass_by(2 * HOUR - MINUTE)
    await Watch(house).round()
    assert (await referral_of(house, visitor)).status is Status.OWNED
    clock.pass_by(MINUTE)
    await Watch(house).round()
    after = await referral_of(house, visitor)
    assert (after.status, after.came_back) == (Status.WAITING, Back.SILENT)


async def test_where_no_time_is_set_nobody_is_too_silent(house: House, clock: StillClock) -> None:
    silence(house, None)
    visitor, _ = await owned(house, clock)
    clock.pass_by(timedelta(days=30))
    await Watch(house).round()
    assert (await referral_of(house, visitor)).status is Status.OWNED


async def test_an_answer_at_the_last_moment_is_not_lost(house: House, clock: StillClock) -> None:
    visitor, colleague = await owned(house, clock)
    await be_away(colleague)
    before = await referral_of(house, visitor)
    await colleague.writes("Daar ben ik.")
    with pytest.raises(Conflict):
        async with house.database.begin() as db:
            await referrals.give_back(db, before, Back.AWAY)
    assert (await referral_of(house, visitor)).status is Status.OWNED


async def test_a_term_is_stored_with_what_somebody_sends(house: House, clock: StillClock) -> None:
    promise(house, Term(2, "hour"))
    visitor = Visitor(house)
    await visitor.sends_a_request()
    assert (await referral_of(house, visitor)).due_at == clock.now() + timedelta(hours=2)
