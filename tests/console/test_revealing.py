"""Who somebody is and where they are reached is shown to whoever works on it and says why."""

from __future__ import annotations

from bot.copies.making import fetched
from bot.documents.plain import as_text
from bot.terms import SHOWN
from storage.referrals import Referral
from tests.console.colleagues import Colleague, Office, address
from tests.console.pages import Page
from tests.databases import rows_of
from tests.houses import StillClock

NUMBER, NAME = "12345678", "Testpersoon Een"


async def shows(colleague: Colleague, referral: Referral, what: str, **fields: str) -> Page:
    given = {"what": what, "reason": "appointment", "read": "yes"} | fields
    return await colleague.post(address(referral, "show"), htmx=False, **given)


async def test_neither_number_nor_name_is_on_the_page_at_first(office: Office) -> None:
    referral = (await office.request_with_phone())[1]
    noor, els = await office.colleague("Noor"), await office.colleague("Els")
    page = await noor.claims(referral)
    assert not any(secret in page.html for secret in (NUMBER, NAME))
    assert {"contact", "name", "why-contact", "why-name"} <= set(page.ids)
    assert "why-contact" not in (await els.opens(referral)).ids


async def test_each_is_shown_by_itself_to_whoever_asked(office: Office) -> None:
    referral = (await office.request_with_phone())[1]
    noor, els = await office.colleague("Noor"), await office.colleague("Els")
    await noor.claims(referral)
    shown = await shows(noor, referral, "contact")
    assert (shown.status, shown.leads_to) == (303, f"{address(referral)}#contact")
    page = await noor.opens(referral)
    assert (NUMBER in page.html, NAME in page.html) == (True, False)
    assert "why-contact" not in page.ids
    await shows(noor, referral, "name")
    assert NAME in (await noor.opens(referral)).html
    others = (await els.opens(referral)).html
    assert (NUMBER in others, NAME in others) == (False, False)


async def test_after_an_hour_it_is_asked_for_again(office: Office, clock: StillClock) -> None:
    referral = (await office.request_with_phone())[1]
    noor = await office.colleague("Noor")
    await noor.claims(referral)
    await shows(noor, referral, "contact")
    clock.pass_by(SHOWN)
    page = await (await office.signs_in(noor.member)).opens(referral)
    assert (NUMBER in page.html, "why-contact" in page.ids) == (False, True)


async def test_without_a_reason_or_without_reading_what_is_safe_nothing_is_shown(
    office: Office,
) -> None:
    referral = (await office.request_with_phone())[1]
    noor = await office.colleague("Noor")
    await noor.claims(referral)
    unread = await noor.post(address(referral, "show"), what="contact", reason="safety")
    unfounded = await shows(noor, referral, "contact", reason="uit nieuwsgierigheid")
    for refused in (unread, unfounded):
        assert (refused.status, "not-shown" in refused.ids) == (422, True)
        assert NUMBER not in refused.html
    assert (await shows(noor, referral, "story")).status == 422
    # A name is no way to reach anybody: there is nothing to read first.
    named = {"what": "name", "reason": "check"}
    assert (await noor.post(address(referral, "show"), htmx=False, **named)).status == 303


async def test_only_its_owner_is_shown_anything(office: Office) -> None:
    referral = (await office.request_with_phone())[1]
    noor, els = await office.colleague("Noor"), await office.colleague("Els")
    await noor.claims(referral)
    assert (await shows(els, referral, "contact")).status == 409
    assert NUMBER not in (await els.opens(referral)).html


async def test_the_timeline_the_log_and_the_person_tell_that_somebody_looked(
    office: Office,
) -> None:
    visitor, referral = await office.request_with_phone()
    noor, els = await office.colleague("Noor"), await office.colleague("Els")
    await noor.claims(referral)
    await shows(noor, referral, "contact")
    say = office.house.wording.staff
    told = f"{say('nl', 'event.shown_contact', name='Noor')}: {say('nl', 'reason.appointment')}"
    assert told in (await els.opens(referral)).html
    rows = await rows_of(office.house.database, "SELECT what FROM audit")
    assert ("shown_contact",) in rows
    await visitor.presses("everywhere.go:rights")
    outcome = await visitor.presses("rights.overview:copy")
    found = await fetched(office.house, outcome.session.ticket)
    assert found is not None
    text = as_text(found[1].document)
    assert "Noor: keek hoe u te bereiken bent" in " ".join(text.split())
