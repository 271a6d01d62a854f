"""Of two colleagues who pick up the same request, one has it and one is told by whom."""

from __future__ import annotations

import asyncio

import pytest

from storage import referrals
from storage.referrals import Referral, Status
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
    claim = address(referral, "claim")
    pages = await asyncio.gather(*(each.post(claim, nonce=each.member.name) for each in pair))
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
    first, second = await noor.submit(form), await noor.submit(form)
    again = await noor.post(form.action, nonce="another")
    assert {first.leads_to, second.leads_to, again.leads_to} == {address(referral)}
    assert len(list(entries_on(await noor.opens(referral)))) == 1


async def test_one_page_picks_up_more_than_one(office: Office) -> None:
    """All forms of a list carry the same nonce, also after going back to it."""
    sent = [(await office.request())[1] for _ in range(2)]
    noor = await office.colleague("Noor")
    page = await noor.get("/staff/queue")
    for form in [form for form in page.forms if form.action.endswith("/claim")]:
        await noor.submit(form)
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
    assert (await noor.post(address(referral, "claim"))).status == 409
    assert (await as_stored(noor, referral)).owner_name is None


async def test_who_is_left_by_the_person_is_not_told_of_themselves(office: Office) -> None:
    visitor, referral = await office.request()
    noor, els = await office.colleague("Noor"), await office.colleague("Els")
    page = await noor.claims(referral)
    await visitor.presses("everywhere.go:stop")
    say = office.house.wording.staff
    lost = await noor.submit(page.form("/release"))
    assert (lost.status, say("nl", "talk.not_open") in lost.html) == (409, True)
    slower = await els.post(address(referral, "claim"))
    assert (slower.status, say("nl", "queue.not_free") in slower.html) == (409, True)
