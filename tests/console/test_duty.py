"""A colleague says that they are away, or back; a day of coming back ends an absence by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest

from storage import staff
from storage.staff_values import Member
from tests.console.colleagues import Colleague, Office
from tests.houses import StillClock


async def known(colleague: Colleague) -> Member:
    house = colleague.house
    async with house.database.reading() as db:
        return await staff.get(db, house.keystore.system, colleague.member.id)


async def test_who_is_away_reads_so_on_every_page_until_they_are_back(office: Office) -> None:
    noor = await office.colleague("Noor")
    page = await noor.get("/staff/me")
    assert "away" not in page.ids
    gone = await noor.submit(page.form("/duty"), away="yes", until="")
    assert gone.leads_to == "/staff/me"
    for path in ("/staff/me", "/staff/queue"):
        assert "away" in (await noor.get(path)).ids
    page = await noor.get("/staff/queue?view=mine")
    assert (await noor.submit(page.form("/duty"), away="no")).leads_to == "/staff/queue?view=mine"
    assert "away" not in (await noor.get("/staff/queue")).ids


async def test_an_absence_ends_on_its_day(office: Office, clock: StillClock) -> None:
    noor = await office.colleague("Noor")
    today = clock.now().date()
    await noor.post("/staff/duty", away="yes", until=(today + timedelta(days=2)).isoformat())
    member = await known(noor)
    assert not member.is_on_duty(today)
    assert not member.is_on_duty(today + timedelta(days=1))
    assert member.is_on_duty(today + timedelta(days=2))


@pytest.mark.parametrize("until", ["2026-03-02", "2001-01-01", "morgen", "2026-13-01"])
async def test_a_day_that_is_no_day_to_come_is_refused(office: Office, until: str) -> None:
    noor = await office.colleague("Noor")
    assert (await noor.post("/staff/duty", away="yes", until=until)).status == 422
    assert not (await known(noor)).away


async def test_nobody_is_led_out_of_the_desk(office: Office) -> None:
    noor = await office.colleague("Noor")
    page = await noor.post("/staff/duty", away="no", back="https://elders.example/staff")
    assert page.leads_to == "/staff"


async def test_who_picks_something_up_is_there(office: Office) -> None:
    referral = (await office.request())[1]
    noor = await office.colleague("Noor")
    await noor.post("/staff/duty", away="yes", until="")
    await noor.claims(referral)
    assert not (await known(noor)).away
