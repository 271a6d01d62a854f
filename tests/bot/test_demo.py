"""The invented house: enough of everything to look at, and all of it played by the rules."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from bot.demo.command import settings_in
from bot.demo.complaint_stories import COMPLAINTS
from bot.demo.house_story import HOUSE
from bot.demo.people import COLLEAGUES
from bot.demo.playing import Traveller, player
from bot.demo.stories import STORIES
from bot.opening import opened
from bot.settings import Settings
from dialogs.procedure import BEFORE_SENDING
from dialogs.values import Service, Standing
from storage import audit, complaint_desk, referrals
from storage.referrals import Status
from storage.staff_values import StaffRole


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
async def test_a_day_with_forty_conversations_and_complaints_in_every_state(
    settings: Settings, tmp_path: Path
) -> None:
    clock = Traveller()
    async with opened(settings_in(tmp_path, settings), clock) as house:
        async with player(house, clock) as playing:
            await playing.play((HOUSE, *STORIES, *COMPLAINTS))
        async with house.database.reading() as db:
            found = await referrals.everything(db)
            complaints = await complaint_desk.listing(db, playing.members["wim"])
            broken = await audit.first_broken(db, house.keystore)
    assert len(found) == len(STORIES) == 40
    assert {each.service for each in found} == set(Service)
    assert set(Counter(each.status for each in found)) >= {
        Status.WAITING,
        Status.OWNED,
        Status.CLOSED,
        Status.LEFT,
        Status.WITHDRAWN,
    }
    for state in (
        [each for each in found if each.alarm_at],
        [each for each in found if each.way_closed],
        [each for each in found if each.snoozed_until],
        [each for each in found if each.offered_to_id],
        [each for each in found if each.status is Status.OWNED and each.waiting_since],
    ):
        assert state
    assert {each.standing for each in complaints} == set(Standing) - BEFORE_SENDING
    assert broken is None


def test_six_colleagues_have_every_role_between_them() -> None:
    assert len(COLLEAGUES) == 6
    assert set().union(*(each.roles for each in COLLEAGUES)) == set(StaffRole)
