"""Who asks for the next one is led to the most urgent request, and asked there whom they know."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from storage.doors import Door
from tests.console.colleagues import Colleague, Office, address, rows_on
from tests.console.pages import Page
from tests.console.test_claiming import as_stored, both_kinds
from tests.houses import StillClock

NEXT = "/staff/next"
CLAIM = "/claim?led=yes"


async def next_of(colleague: Colleague) -> Page:
    """Ask for the next one, and open where that leads."""
    return await colleague.get((await colleague.get(NEXT)).leads_to)


async def test_the_next_one_is_the_most_urgent(office: Office, clock: StillClock) -> None:
    first = (await office.request())[1]
    clock.pass_by(timedelta(minutes=5))
    second = (await office.request())[1]
    noor = await office.colleague("Noor")
    for each in (first, second):
        assert NEXT in (await noor.get("/staff/queue")).links
        page = await next_of(noor)
        assert (await noor.submit(page.form(CLAIM), knows="no")).leads_to == address(each)
    assert rows_on(await noor.get("/staff/queue?view=mine")) == [first.id, second.id]


async def test_nobody_has_the_next_one_before_they_said_that_they_know_nobody(
    office: Office,
) -> None:
    referral = (await office.request())[1]
    noor = await office.colleague("Noor")
    page = await next_of(noor)
    assert "aside" in page.ids
    assert (await as_stored(noor, referral)).owner_name is None
    assert (await noor.submit(page.form(CLAIM))).leads_to.startswith(address(referral))
    assert (await as_stored(noor, referral)).owner_name is None


async def test_who_knows_somebody_is_led_to_the_next_one(office: Office, clock: StillClock) -> None:
    first = (await office.request())[1]
    clock.pass_by(timedelta(minutes=5))
    second = (await office.request())[1]
    noor = await office.colleague("Noor")
    assert (await noor.submit((await next_of(noor)).form(CLAIM), knows="yes")).leads_to == NEXT
    assert (await noor.get(NEXT)).leads_to.startswith(address(second))
    assert (await as_stored(await office.colleague("Els"), first)).owner_name is None


async def test_when_nobody_waits_that_is_said(office: Office) -> None:
    other = (await office.request(Door.WEB))[1]
    noor, els = await office.colleague("Noor", "mentoring"), await office.colleague("Els")
    page = await noor.get(NEXT)
    assert (page.status, "notice" in page.ids) == (200, True)
    assert office.house.wording.staff("nl", "queue.none_next") in page.html
    assert (await els.get(NEXT)).leads_to.startswith(address(other))


@both_kinds
async def test_of_two_who_ask_at_once_the_slower_is_told_by_whom_over_the_next_one(
    office: Office, clock: StillClock
) -> None:
    first = (await office.request())[1]
    clock.pass_by(timedelta(minutes=5))
    second = (await office.request())[1]
    pair = await office.colleague("Noor"), await office.colleague("Els")
    forms = [(await next_of(each)).form(CLAIM) for each in pair]
    asked = (each.submit(form, knows="no") for each, form in zip(pair, forms, strict=True))
    pages = await asyncio.gather(*asked)
    (lost,) = [page for page in pages if page.status == 409]
    slower = pair[pages.index(lost)]
    owner = (await as_stored(slower, first)).owner_name
    assert owner != slower.member.name
    told = office.house.wording.staff("nl", "queue.taken_by", name=owner)
    assert (told in lost.html, "refused" in lost.ids) == (True, True)
    assert (await slower.submit(lost.form(CLAIM), knows="no")).leads_to == address(second)


async def test_who_was_slower_and_finds_nothing_else_is_told_over_the_list(office: Office) -> None:
    referral = (await office.request())[1]
    noor, els = await office.colleague("Noor"), await office.colleague("Els")
    page = await next_of(noor)
    await els.claims(referral)
    lost = await noor.submit(page.form(CLAIM), knows="no")
    assert (lost.status, "notice" in lost.ids, "empty" in lost.ids) == (409, True, True)


async def test_a_page_that_draws_itself_anew_still_leads_to_the_next_one(office: Office) -> None:
    referral = (await office.request())[1]
    noor = await office.colleague("Noor")
    part = f"/staff/fragments/r/{referral.id}?led=yes"
    assert part in (await next_of(noor)).html
    assert (await noor.get(f"{part}&shown=")).has_form(CLAIM)
    assert not (await noor.opens(referral)).has_form(CLAIM)
