"""What should move on by itself does, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.hours import Term
from bot.house import House
from bot.watch import Watch
from tests.console.colleagues import referral_of
from tests.houses import StillClock, Visitor


def promise(house: House, first_answer: Term | None) -> None:
    """Let every service answer within a term from now on."""
    services = {
        service: replace(office, first_answer=first_answer)
        for service, office in house.organisation.services.items()
    }
    object.__setattr__(house.organisation, "services", services)


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


async def test_a_term_is_stored_with_what_somebody_sends(house: House, clock: StillClock) -> None:
    promise(house, Term(2, "hour"))
    visitor = Visitor(house)
    await visitor.sends_a_request()
    assert (await referral_of(house, visitor)).due_at == clock.now() + timedelta(hours=2)
