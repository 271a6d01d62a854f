"""Supervision at the desk: lots are drawn, somebody else reads, and what they saw is kept."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.console.reviewing import LONGEST, MOST_AT_ONCE
from storage.referrals import Referral
from storage.staff_values import StaffRole
from tests.console.colleagues import Colleague, Office, address
from tests.houses import StillClock


async def closes(colleague: Colleague, office: Office) -> Referral:
    referral = (await office.request())[1]
    await colleague.claims(referral)
    form = (await colleague.get(address(referral, "close"))).form("/close")
    assert (await colleague.submit(form, outcome="answered")).status == 303
    return referral


async def coordinator(office: Office, name: str = "Carla") -> Colleague:
    return await office.colleague(name, roles={StaffRole.COORDINATOR})


async def draws(colleague: Colleague, number: int = 1) -> str:
    """Draw lots; gives the address of the first case that is to be read once more."""
    drawn = await colleague.post("/staff/review", number=str(number))
    assert (drawn.status, drawn.leads_to) == (303, "/staff/review")
    page = await colleague.get("/staff/review")
    return page.forms[[each.id for each in page.forms].index("draw") + 1].action


async def test_a_case_of_another_is_drawn_read_and_noted(office: Office) -> None:
    noor, carla = await office.colleague("Noor"), await coordinator(office)
    referral = await closes(noor, office)
    to_read = await draws(carla)
    assert address(referral) in (await carla.get("/staff/review")).links
    assert (await carla.get(address(referral))).status == 200
    kept = await carla.post(to_read, well="Rustig <uitgelegd>.", attention="")
    assert (kept.status, kept.leads_to.startswith("/staff/review#review-")) == (303, True)
    page = await (await coordinator(office, "Els")).get("/staff/review")
    assert "Rustig &lt;uitgelegd&gt;." in page.html
    assert ("door Carla" in page.html, "Noor" in page.html) == (True, False)
    assert "empty" in page.ids


async def test_not_more_are_drawn_than_asked_for_and_none_twice(office: Office) -> None:
    noor, carla = await office.colleague("Noor"), await coordinator(office)
    for _ in range(3):
        await closes(noor, office)
    seen = []
    for _ in range(2):
        await draws(carla, 2)
        page = await carla.get("/staff/review")
        seen.append({id for id in page.ids if id.startswith("review-")})
    assert [len(each) for each in seen] == [2, 3]
    assert seen[0] < seen[1]
    none_left = await carla.post("/staff/review", number="1")
    assert (none_left.status, "refused" in none_left.ids) == (200, True)


async def test_ones_own_cases_are_never_among_them(office: Office) -> None:
    carla = await coordinator(office)
    await closes(carla, office)
    assert (await carla.post("/staff/review", number="5")).status == 200
    assert "empty" in (await carla.get("/staff/review")).ids
    to_read = await draws(await coordinator(office, "Els"))
    for words in ("Goed.", ""):
        assert (await carla.post(to_read, well=words)).status == 404


@pytest.mark.parametrize("number", ["", "0", str(MOST_AT_ONCE + 1), "-1", "１", "many"])
async def test_a_number_that_is_none_is_refused(office: Office, number: str) -> None:
    page = await (await coordinator(office)).post("/staff/review", number=number)
    assert (page.status, "refused" in page.ids) == (422, True)


async def test_what_was_not_kept_is_given_back(office: Office) -> None:
    noor, carla, els = (
        await office.colleague("Noor"),
        await coordinator(office),
        await coordinator(office, "Els"),
    )
    await closes(noor, office)
    to_read = await draws(carla)
    assert (await carla.post(to_read, well=" ", attention="")).status == 422
    long = "x" * (LONGEST + 1)
    refused = await carla.post(to_read, well=long)
    assert (refused.status, long in refused.html) == (422, True)
    assert (await carla.post(to_read, well="Goed geluisterd.")).status == 303
    late = await els.post(to_read, attention="Iets anders gezien.")
    assert (late.status, "Iets anders gezien." in late.html) == (409, True)
    assert "Goed geluisterd." in late.html


async def test_what_was_closed_long_ago_is_not_drawn(office: Office, clock: StillClock) -> None:
    await closes(await office.colleague("Noor"), office)
    clock.pass_by(timedelta(days=91))
    page = await (await coordinator(office)).post("/staff/review", number="1")
    assert (page.status, "refused" in page.ids) == (200, True)
