"""Staff are shown why their words did not arrive."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.courier import LAST_TRY, Courier
from bot.errors import Undelivered
from bot.house import House
from storage.doors import Door
from storage.messages import Delivery
from tests.bot.test_courier import Road, carry_all, is_closed
from tests.console.colleagues import hired
from tests.houses import StillClock, Visitor
from tests.web.colleagues import Colleague

WHY = {
    "refused": (Undelivered(permanent=True), Delivery.FAILED),
    "blocked": (Undelivered(permanent=True, closes_way=True), Delivery.BLOCKED),
    "gone": (Undelivered(permanent=True, closes_way=True, is_gone=True), Delivery.GONE),
    "never reached": (Undelivered(permanent=False), Delivery.UNREACHED),
}


@pytest.fixture
def road() -> Road:
    """A road without faults."""
    return Road()


@pytest.fixture
def courier(house: House, road: Road) -> Courier:
    """A courier on that road."""
    return Courier(house.database, house.keystore, house.clock, house.announcer, road.bring)


@pytest.fixture
async def talk(house: House, courier: Courier) -> tuple[Visitor, Colleague]:
    """Somebody in Telegram who sent a request, and who works on it; all before that has arrived."""
    visitor = Visitor(house, Door.TELEGRAM)
    await visitor.sends_a_request()
    noor = Colleague(house, await hired(house, "Noor"))
    await noor.takes()
    await carry_all(courier)
    return visitor, noor


@pytest.mark.parametrize("why", WHY)
async def test_words_that_did_not_arrive_say_why(
    courier: Courier, road: Road, clock: StillClock, talk: tuple[Visitor, Colleague], why: str
) -> None:
    failure, how = WHY[why]
    _, noor = talk
    words = await noor.writes("Dag")
    road.failures += [failure] * LAST_TRY
    while await courier.round():
        clock.pass_by(timedelta(minutes=5))
    assert await noor.sees_delivery_of(words) is how


@pytest.mark.parametrize("why", ["blocked", "gone"])
async def test_what_is_written_after_that_is_not_sent(
    courier: Courier, road: Road, talk: tuple[Visitor, Colleague], why: str
) -> None:
    visitor, noor = talk
    road.failures.append(WHY[why][0])
    await noor.writes("Dag")
    await carry_all(courier)
    assert await is_closed(noor.house, visitor)
    assert await noor.sees_delivery_of(await noor.writes("Bent u er?")) is Delivery.UNSENT


async def test_words_on_their_way_to_who_stopped_say_so(talk: tuple[Visitor, Colleague]) -> None:
    visitor, noor = talk
    words = await noor.writes("Dag")
    await visitor.presses("everywhere.go:stop")
    assert await noor.sees_delivery_of(words) is Delivery.STOPPED
