"""Of two colleagues who pick up the same request, one has it and one is told by whom."""

from __future__ import annotations

import asyncio

import pytest

from storage import referrals
from storage.referrals import Referral, Status
from storage.staff_values import StaffRole
from tests.console.colleagues import Colleague, Office, address, entries_on, rows_on
from tests.databases import KINDS

both_kinds = pytest.mark.parametrize("kind", KINDS, indirect=True)


async def as_stored(colleague: Colleague, referral: Referral) -> Referral:
    async with colleague.house.database.reading() as db:
        return await referrals.get(db, colleague.member, referral.id)


@both_kinds
async def test_a_colleague_who_was_slower_is_told_by_whom(office: Office) -> None:
    referral, other = (await office.request())[1], (await office.request())[1]
    pair = await office.colleague("Noor"), await office.colleague("Els")
    claim, claims = address(referral, "claim"), {"knows": "no"}
    pages = await asyncio.gather(
        *(each.post(claim, htmx=False, **claims, nonce=each.member.name) for each in pair)
    )
    by_status = {page.status: page for page in pages}
    assert set(by_status) == {303, 409}
    stored = await as_stored(pair[0], referral)
    assert stored.owner_name in {"Noor", "Els"}
    lost = by_status[409]
    assert "notice" in lost.ids
    assert stored.owner_name in lost.html
    assert rows_on(lost) == [other.id]


@both_kinds
async def test_the_person_hears_who_is_there_now(office: Office) -> None:
    visitor, referral = await office.request()
    await (await office.colleague("Noor")).claims(referral)
    assert (await visitor.presses("everywhere.go:menu")).session.colleague == "Noor"


async def test_pressing_twice_is_as_pressing_once(office: Office) -> None:
    referral = (await office.request())[1]
    noor = await office.colleague("Noor")
    page = await noor.get("/staff/queue")
    form = page.form("/claim")
    first, second = [await noor.submit(form, knows="no") for _ in range(2)]
    again = await noor.post(form.action, nonce="another", knows="no")
    assert {first.leads_to, second.leads_to, again.leads_to} == {address(referral)}
    assert len(list(entries_on(await noor.opens(referral)))) == 1


async def test_one_page_picks_up_more_than_one(office: Office) -> None:
    """All forms of a list carry the same nonce, also after going back to it."""
    sent = [(await office.request())[1] for _ in range(2)]
    noor = await office.colleague("Noor")
    page = await noor.get("/staff/queue")
    for form in [form for form in page.forms if form.action.endswith("/claim")]:
        await noor.submit(form, knows="no")
    assert set(rows_on(await noor.get("/staff/queue?view=mine"))) == {each.id for each in sent}


async def test_what_is_released_waits_again(office: Office) -> None:
    referral = (await office.request())[1]
    noor, els = await office.colleague("Noor"), await office.colleague("Els")
    page = await noor.claims(referral)
    released = await noor.submit(page.form("/release"))
    assert released.leads_to == "/staff/queue?view=mine"
    assert (await as_stored(noor, referral)).status is Status.WAITING
    assert "unclaimed" in (await noor.opens(referral)).ids
    await els.claims(referral)
    assert (await as_stored(noor, referral)).owner_name == "Els"


async def test_only_the_owner_releases(office: Office) -> None:
    referral = (await office.request())[1]
    noor, els = await office.colleague("Noor"), await office.colleague("Els")
    await noor.claims(referral)
    lost = await els.post(address(referral, "release"))
    assert lost.status == 409
    assert (await as_stored(noor, referral)).owner_name == "Noor"


async def test_what_is_over_is_not_picked_up(office: Office) -> None:
    visitor, referral = await office.request()
    await visitor.presses("everywhere.go:stop")
    noor = await office.colleague("Noor")
    assert (await noor.post(address(referral, "claim"), knows="no")).status == 409
    assert (await as_stored(noor, referral)).owner_name is None


async def test_who_is_left_by_the_person_is_not_told_of_themselves(office: Office) -> None:
    visitor, referral = await office.request()
    noor, els = await office.colleague("Noor"), await office.colleague("Els")
    page = await noor.claims(referral)
    await visitor.presses("everywhere.go:stop")
    say = office.house.wording.staff
    lost = await noor.submit(page.form("/release"))
    assert (lost.status, say("nl", "talk.not_open") in lost.html) == (409, True)
    slower = await els.post(address(referral, "claim"), knows="no")
    assert (slower.status, say("nl", "queue.not_free") in slower.html) == (409, True)


# --- who knows somebody --------------------------------------------------------------------------


async def test_who_picks_up_says_first_whether_they_know_somebody(office: Office) -> None:
    referral = (await office.request())[1]
    noor = await office.colleague("Noor")
    asked = await noor.submit((await noor.get("/staff/queue")).form("/claim"))
    assert (asked.status, asked.leads_to) == (303, f"{address(referral)}#unclaimed")
    assert (await as_stored(noor, referral)).status is Status.WAITING
    page = await noor.opens(referral)
    assert {"claim", "aside"} <= set(page.ids)
    await noor.submit(page.form("/claim"), knows="no")
    assert (await as_stored(noor, referral)).owner_name == "Noor"


@both_kinds
async def test_what_somebody_knows_of_is_left_to_the_others(office: Office) -> None:
    visitor, referral = await office.request()
    noor, els = await office.colleague("Noor"), await office.colleague("Els")
    page = await noor.opens(referral)
    left = await noor.submit(page.form("/claim"), knows="yes")
    assert left.leads_to == "/staff/queue?view=waiting"
    assert rows_on(await noor.get("/staff/queue")) == []
    for path in ("/staff/r", "/staff/fragments/r"):
        page = await noor.get(f"{path}/{referral.id}")
        unknown = await noor.get(f"{path}/{office.house.clock.new_id()}")
        assert (page.status, page.html) == (404, unknown.html)
    assert (await noor.post(address(referral, "claim"), knows="no")).status == 404
    assert rows_on(await els.get("/staff/queue")) == [referral.id]
    told = office.house.wording.staff("nl", "event.stood_aside", name="Noor")
    assert told in (await els.claims(referral)).html
    assert (await visitor.presses("everywhere.go:menu")).session.colleague == "Els"


async def test_who_finds_out_later_gives_it_back(office: Office) -> None:
    visitor, referral = await office.request()
    noor, els = await office.colleague("Noor"), await office.colleague("Els")
    page = await noor.claims(referral)
    left = await noor.submit(page.form("/aside"))
    assert left.status == 303
    assert (await noor.opens(referral)).status == 404
    assert (await as_stored(els, referral)).status is Status.WAITING
    assert (await visitor.presses("everywhere.go:menu")).session.colleague is None
    assert "aside" in (await els.opens(referral)).ids


async def test_who_does_not_work_on_it_can_stand_aside_too(office: Office) -> None:
    referral = (await office.request())[1]
    noor, els = await office.colleague("Noor"), await office.colleague("Els")
    await noor.claims(referral)
    await els.post(address(referral, "aside"))
    assert (await els.opens(referral)).status == 404
    assert (await as_stored(noor, referral)).owner_name == "Noor"


async def test_when_nobody_is_left_to_see_a_request_whoever_runs_the_house_hears_it(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    referral = (await office.request())[1]
    noor, els = await office.colleague("Noor"), await office.colleague("Els")
    await office.hires("Bas", roles={StaffRole.ADMIN})
    await noor.post(address(referral, "aside"))
    assert not caplog.records
    await els.post(address(referral, "aside"))
    assert "`referrals` tells which" in caplog.text
