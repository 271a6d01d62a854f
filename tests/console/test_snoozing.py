"""A request rests until its day or until its person writes, and never while its person waits."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.watch import Watch
from storage.referrals import Back, Referral
from tests.console.colleagues import Colleague, Office, address, rows_on
from tests.console.test_claiming import as_stored, both_kinds
from tests.houses import StillClock, Visitor

WHY = "Hij belt na de vakantie."
IN_A_WEEK = "2026-03-09"


async def resting(office: Office) -> tuple[Visitor, Referral, Colleague]:
    """Let Noor answer somebody, and let their request rest for a week."""
    visitor, referral = await office.request()
    noor = await office.colleague("Noor")
    await noor.claims(referral)
    await noor.writes(referral, "Tot volgende week.", kind="answer")
    page = await noor.get(address(referral, "snooze"))
    rests = await noor.submit(page.form("/snooze"), until=IN_A_WEEK, words=WHY)
    assert rests.leads_to == "/staff/queue?view=mine"
    return visitor, referral, noor


@both_kinds
async def test_on_its_day_it_lies_before_its_owner_again(office: Office, clock: StillClock) -> None:
    _, referral, noor = await resting(office)
    mine = await noor.get("/staff/queue?view=mine")
    assert rows_on(mine) == [referral.id]
    assert "asleep" in mine.classes
    assert WHY in (await noor.opens(referral)).html
    # It is a quarter past eleven there.
    clock.pass_by(timedelta(days=6, hours=12))
    await Watch(office.house).round()
    assert (await as_stored(noor, referral)).snoozed_until is not None
    clock.pass_by(timedelta(hours=2))
    for _ in range(2):
        await Watch(office.house).round()
    stored = await as_stored(noor, referral)
    assert (stored.snoozed_until, stored.came_back) == (None, Back.RESTED)
    page = await (await office.signs_in(noor.member)).opens(referral)
    assert "came-back" in page.ids
    assert page.html.count(office.house.wording.staff("nl", "event.rested")) == 1


async def test_it_is_back_at_once_when_its_person_writes(office: Office) -> None:
    visitor, referral, noor = await resting(office)
    await visitor.says("Het kan toch eerder.")
    stored = await as_stored(noor, referral)
    assert stored.snoozed_until is None
    assert stored.waiting_since is not None
    assert "asleep" not in (await noor.get("/staff/queue?view=mine")).classes


async def test_its_owner_takes_it_up_earlier(office: Office) -> None:
    _, referral, noor = await resting(office)
    await noor.submit((await noor.opens(referral)).form("/wake"))
    assert (await as_stored(noor, referral)).snoozed_until is None


async def test_nobody_who_waits_is_put_aside(office: Office) -> None:
    _, referral = await office.request()
    noor = await office.colleague("Noor")
    await noor.claims(referral)
    say = office.house.wording.staff
    asked = await noor.get(address(referral, "snooze"))
    assert (asked.status, say("nl", "snooze.waits") in asked.html) == (409, True)
    page = await noor.post(address(referral, "snooze"), until=IN_A_WEEK, words=WHY)
    assert (page.status, say("nl", "snooze.waits") in page.html) == (409, True)
    assert (await as_stored(noor, referral)).snoozed_until is None


@pytest.mark.parametrize("day", ["", "2026-03-02", "2001-01-01", "9999-12-31", "gisteren"])
async def test_only_a_day_to_come_is_taken_and_a_note_is_required(office: Office, day: str) -> None:
    _, referral, noor = await resting(office)
    refused = await noor.post(address(referral, "snooze"), until=day, words=WHY)
    assert (refused.status, refused.form("/snooze").fields["words"]) == (422, WHY)
    assert (await noor.post(address(referral, "snooze"), until=IN_A_WEEK)).status == 422


async def test_only_the_owner_lets_it_rest(office: Office) -> None:
    _, referral, _noor = await resting(office)
    els = await office.colleague("Els")
    assert (await els.get(address(referral, "snooze"))).status == 409
    assert (await els.post(address(referral, "wake"))).status == 409
    rests = await els.post(address(referral, "snooze"), until=IN_A_WEEK, words=WHY)
    assert rests.status == 409
