"""Two sides of one matter are linked by a coordinator, and neither side learns of the other."""

from __future__ import annotations

from bot.copies.making import fetched
from bot.documents.plain import as_text
from storage.referrals import Referral
from storage.staff_values import StaffRole
from tests.console.colleagues import Colleague, Office, address
from tests.console.pages import Page
from tests.databases import rows_of

WHY = "Beide noemden dezelfde dag in maart"
COORDINATOR = (StaffRole.COORDINATOR,)


async def links(by: Colleague, one: Referral, other: str, reason: str = WHY) -> Page:
    form = (await by.opens(one)).form("/link")
    return await by.submit(form, reference=other, reason=reason)


async def test_a_coordinator_links_two_requests_by_their_reference(office: Office) -> None:
    one, other = (await office.request())[1], (await office.request())[1]
    coo = await office.colleague("Coo", roles=COORDINATOR)
    await coo.claims(one)
    assert other.reference is not None
    typed = f" {other.reference.replace('-', '').lower()} "
    assert (await links(coo, one, typed)).leads_to == f"{address(one)}#linked"
    page = await coo.opens(one)
    assert address(other) in page.links
    assert WHY in page.html
    await coo.submit(page.form("/unlink"))
    assert address(other) not in (await coo.opens(one)).links


async def test_a_refused_link_says_why_and_keeps_what_was_typed(office: Office) -> None:
    visitor, one = await office.request()
    coo = await office.colleague("Coo", roles=COORDINATOR)
    await coo.claims(one)
    for reference, reason in (("K7P4-2M9X", WHY), (one.reference or "", WHY), ("K7P4-2M9X", " ")):
        refused = await links(coo, one, reference, reason)
        assert (refused.status, "not-linked" in refused.ids) == (422, True)
        assert refused.form("/link").fields["reference"] == reference
        assert refused.form("/link").fields["reason"] == reason.strip()
    assert await rows_of(office.house.database, "SELECT id FROM link") == []
    assert (await visitor.presses("everywhere.go:menu")).session.colleague == "Coo"


async def test_who_works_on_one_side_finds_nothing_of_the_other(office: Office) -> None:
    one, other = (await office.request())[1], (await office.request())[1]
    noor, els = await office.colleague("Noor"), await office.colleague("Els")
    coo = await office.colleague("Coo", roles=COORDINATOR)
    await noor.claims(one)
    await els.claims(other)
    await links(coo, one, other.reference or "")
    page = await noor.opens(one)
    assert not {"linked", "link"} & set(page.ids)
    unknown = await noor.get(f"/staff/r/{office.house.clock.new_id()}")
    assert (await noor.opens(other)).html == unknown.html
    assert (await noor.post(address(other, "write"), words="x", kind="note")).status == 404
    assert other.code_name not in (await noor.get("/staff/queue?view=all")).html
    for action in ("link", "unlink"):
        assert (await noor.post(address(one, action), other=str(other.id))).status == 403


async def test_neither_person_finds_the_link_in_what_they_are_given(office: Office) -> None:
    visitor, one = await office.request()
    other = (await office.request())[1]
    coo = await office.colleague("Coo", roles=COORDINATOR)
    await coo.claims(one)

    async def copy() -> tuple[str, str]:
        await visitor.presses("everywhere.go:rights")
        outcome = await visitor.presses("rights.overview:copy")
        found = await fetched(office.house, outcome.session.ticket)
        assert found is not None
        return as_text(found[1].document), repr(found[1].data)

    before = await copy()
    await links(coo, one, other.reference or "")
    after = await copy()
    assert after[0] == before[0]
    for secret in (WHY, str(other.id), other.reference or "", other.code_name):
        assert secret not in "".join(after)
