"""What is no longer needed is forgotten on time, and nothing before."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.house import House
from bot.workers import keeper_of
from dialogs.values import Purpose
from storage.errors import Unavailable
from storage.keystore import KeyStore
from tests.databases import rows_of
from tests.houses import StillClock, Visitor
from tests.presses import INFORMED, SENDING

TO_A_REFLECTION = (
    "welcome.language:nl",
    "welcome.role:other",
    "welcome.other_role:mentoring",
    "welcome.menu:reflection",
    "reflection.before:go_on",
    "consent.age:yes",
    "consent.reflection:yes",
    "reflection.level:level.organisation",
    "reflection.overview:go_on",
    "reflection.design:aims.fits.yes",
)


async def test_a_conversation_without_a_request_is_forgotten_after_a_day(
    house: House, clock: StillClock
) -> None:
    await Visitor(house).starts()
    clock.pass_by(timedelta(hours=23))
    assert await keeper_of(house).round() == 0
    clock.pass_by(timedelta(hours=2))
    assert await keeper_of(house).round() == 1
    assert await rows_of(house.database, "SELECT * FROM person") == []


async def test_who_came_back_is_not_forgotten(house: House, clock: StillClock) -> None:
    visitor = Visitor(house)
    await visitor.starts()
    clock.pass_by(timedelta(hours=20))
    await visitor.presses("welcome.language:nl")
    clock.pass_by(timedelta(hours=20))
    assert await keeper_of(house).round() == 0


async def test_a_sent_request_is_not_forgotten(house: House, clock: StillClock) -> None:
    await Visitor(house).sends_a_request()
    clock.pass_by(timedelta(days=3))
    assert await keeper_of(house).round() == 0


async def test_a_second_draft_is_forgotten_and_the_first_request_stays(
    house: House, clock: StillClock
) -> None:
    visitor = Visitor(house)
    await visitor.sends_a_request()
    await visitor.presses("everywhere.go:stop", "everywhere.go:menu", "welcome.menu:request")
    await visitor.presses(*INFORMED, "consent.age:yes", "consent.data:yes")
    clock.pass_by(timedelta(days=2))
    assert await keeper_of(house).round() == 0
    back = await visitor.presses("everywhere.go:menu")
    assert back.session.agreements
    assert not back.session.drafts
    assert await rows_of(house.database, "SELECT status FROM referral") == [("left",)]


async def reflects(house: House) -> Visitor:
    """Begin a self-reflection, and answer one question."""
    visitor = Visitor(house)
    await visitor.starts()
    await visitor.presses(*TO_A_REFLECTION)
    return visitor


async def test_a_reflection_is_kept_for_its_own_time_and_then_forgotten(
    house: House, clock: StillClock
) -> None:
    visitor = await reflects(house)
    await visitor.presses("everywhere.go:stop")
    clock.pass_by(timedelta(days=house.organisation.reflection_days - 1))
    assert await keeper_of(house).round() == 0
    back = await visitor.presses("everywhere.go:menu", "welcome.menu:reflection")
    assert back.session.answer_to("aims.fits")
    clock.pass_by(timedelta(days=house.organisation.reflection_days, hours=1))
    assert await keeper_of(house).round() == 1
    assert await rows_of(house.database, "SELECT * FROM person") == []


async def test_a_draft_beside_a_reflection_is_forgotten_first(
    house: House, clock: StillClock
) -> None:
    visitor = await reflects(house)
    await visitor.presses("everywhere.go:menu", "welcome.menu:more", "welcome.more:someone_else")
    await visitor.presses("welcome.role:victim", "welcome.menu:request", *INFORMED)
    await visitor.presses("consent.age:yes", "consent.data:yes")
    clock.pass_by(timedelta(days=2))
    await keeper_of(house).round()
    clock.pass_by(timedelta(days=house.organisation.reflection_days - 3))
    await keeper_of(house).round()
    (consent,) = await rows_of(house.database, "SELECT purpose FROM consent WHERE ended_at IS NULL")
    assert consent == ("reflection",)
    # Forgetting the draft did not make the time of the reflection any longer.
    clock.pass_by(timedelta(days=1, hours=1))
    assert await keeper_of(house).round() == 1


async def test_a_reflection_goes_on_time_and_a_sent_request_stays(
    house: House, clock: StillClock
) -> None:
    visitor = await reflects(house)
    await visitor.presses("everywhere.go:menu", "welcome.menu:more", "welcome.more:someone_else")
    await visitor.presses(*SENDING[1:])
    clock.pass_by(timedelta(days=house.organisation.reflection_days, hours=1))
    assert await keeper_of(house).round() == 0
    back = await visitor.presses("everywhere.go:menu")
    assert back.session.answers == ()
    assert back.session.is_with_staff
    assert [one.purpose for one in back.session.agreements] == [Purpose.DATA]


async def test_a_key_that_could_not_be_destroyed_is_destroyed_later(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor = Visitor(house)
    await visitor.starts()
    erase = KeyStore.erase

    async def away(*_args: object) -> bool:
        raise Unavailable

    monkeypatch.setattr(KeyStore, "erase", away)
    await visitor.presses("everywhere.go:rights", "rights.overview:erase")
    assert len(await rows_of(house.database, "SELECT * FROM erasure")) == 1
    monkeypatch.setattr(KeyStore, "erase", erase)
    assert await keeper_of(house).round() == 1
    assert await rows_of(house.database, "SELECT * FROM erasure") == []


async def test_what_was_heard_is_forgotten_after_a_week(house: House, clock: StillClock) -> None:
    await Visitor(house).starts()
    clock.pass_by(timedelta(days=8))
    await keeper_of(house).round()
    assert await rows_of(house.database, "SELECT * FROM heard") == []
