"""Complaints at the desk: brought further by the procedure, and hidden from whom they are about."""

from __future__ import annotations

import pytest

from bot.console.rights import may
from bot.console.routes import ROUTES
from dialogs.values import Standing
from storage import complaint_desk, complaints, mail
from storage.complaint_values import Filed
from storage.doors import Door
from tests.bot.test_complaining import WORDS, complains
from tests.console.colleagues import Colleague, Office
from tests.console.pages import Page
from tests.console.test_gate import filled
from tests.houses import Visitor

OFFER = "Wij bellen u voortaan elke maandag."


async def filed_by(office: Office, visitor: Visitor, about: str = "-") -> Filed:
    await complains(visitor, about)
    member = await office.hires("Toezicht Test")
    async with office.house.database.reading() as db:
        return (await complaint_desk.listing(db, member))[-1]


def address(filed: Filed) -> str:
    return f"/staff/complaints/{filed.id}"


async def takes(colleague: Colleague, filed: Filed, to: str, words: str = "") -> Page:
    """Press a button of the page as it stands now."""
    page = await colleague.get(address(filed))
    return await colleague.submit(page.form("/advance"), to=to, words=words)


async def standing_of(office: Office, colleague: Colleague, filed: Filed) -> Standing:
    async with office.house.database.reading() as db:
        return (await complaint_desk.get(db, colleague.member, filed.id)).standing


async def test_a_complaint_is_listed_and_read(office: Office) -> None:
    filed = await filed_by(office, Visitor(office.house))
    noor = await office.colleague("Noor")
    listed = await noor.get("/staff/complaints")
    assert address(filed) in listed.links
    assert WORDS not in listed.html
    page = await noor.get(address(filed))
    assert WORDS in page.html
    assert "een@voorbeeld.example" in page.html
    assert {"to-director", "about"} <= set(page.ids)
    assert "to-offered" not in page.ids


async def test_each_step_is_taken_in_order_and_the_person_sees_it(office: Office) -> None:
    visitor = Visitor(office.house)
    filed, noor = await filed_by(office, visitor), await office.colleague("Noor")
    assert (await takes(noor, filed, "director")).status == 303
    assert (await takes(noor, filed, "offered", OFFER)).status == 303
    outcome = await visitor.presses("complaint.tracking:choice", "complaint.tracking:committee")
    assert outcome.session.complaint is not None
    assert (await takes(noor, filed, "founded", "De commissie vindt dit gegrond.")).status == 303
    assert (await takes(noor, filed, "decided", "Er komt een vaste beller.")).status == 303
    outcome = await visitor.starts()
    assert outcome.session.complaint is not None
    assert outcome.session.complaint.standing is Standing.DECIDED
    page = await noor.get(address(filed))
    assert page.html.count(OFFER) == 1
    assert "advance" not in page.ids


async def test_the_choice_is_the_persons(office: Office) -> None:
    filed, noor = await filed_by(office, Visitor(office.house)), await office.colleague("Noor")
    await takes(noor, filed, "director")
    await takes(noor, filed, "offered", OFFER)
    page = await noor.get(address(filed))
    assert "waits" in page.ids
    for before, to in (("offered", "settled"), ("offered", "choice"), ("choice", "committee")):
        refused = await noor.post(f"{address(filed)}/advance", before=before, to=to, words="x")
        assert refused.status == 400
    assert await standing_of(office, noor, filed) is Standing.OFFERED


@pytest.mark.parametrize("to", ["", "nonsense", "received", "decided", "withdrawn"])
async def test_no_step_is_taken_that_the_procedure_does_not_know(office: Office, to: str) -> None:
    filed, noor = await filed_by(office, Visitor(office.house)), await office.colleague("Noor")
    page = await noor.post(f"{address(filed)}/advance", before="received", to=to, words="x")
    assert page.status == 400
    assert await standing_of(office, noor, filed) is Standing.RECEIVED


async def test_an_offer_without_words_and_one_that_is_too_long_are_refused(office: Office) -> None:
    filed, noor = await filed_by(office, Visitor(office.house)), await office.colleague("Noor")
    await takes(noor, filed, "director")
    for words in ("  ", "x" * 2001):
        page = await takes(noor, filed, "offered", words)
        assert page.status == 422
        assert "refused" in page.ids
        assert page.form("/advance").fields["words"] == words.strip()
    assert await standing_of(office, noor, filed) is Standing.DIRECTOR


async def test_a_page_that_is_behind_changes_nothing_and_keeps_the_words(office: Office) -> None:
    visitor = Visitor(office.house)
    filed, noor = await filed_by(office, visitor), await office.colleague("Noor")
    await takes(noor, filed, "director")
    old = await noor.get(address(filed))
    await visitor.presses("complaint.tracking:withdrawn")
    page = await noor.submit(old.form("/advance"), to="offered", words=OFFER)
    assert page.status == 409
    assert "refused" in page.ids
    assert await standing_of(office, noor, filed) is Standing.WITHDRAWN


async def test_a_form_that_is_sent_twice_takes_one_step(office: Office) -> None:
    filed, noor = await filed_by(office, Visitor(office.house)), await office.colleague("Noor")
    form = (await noor.get(address(filed))).form("/advance")
    for _ in range(2):
        assert (await noor.submit(form, to="director")).status == 303
    async with office.house.database.reading() as db:
        seal = await office.house.keystore.seal_of(filed.person_id)
        assert len(await complaints.steps(db, seal, filed.id)) == 2


async def test_the_news_goes_to_telegram_as_a_letter(office: Office) -> None:
    filed = await filed_by(office, Visitor(office.house, Door.TELEGRAM))
    noor = await office.colleague("Noor")
    async with office.house.database.reading() as db:
        before = (await mail.counts(db)).waiting
    await takes(noor, filed, "director")
    async with office.house.database.reading() as db:
        assert (await mail.counts(db)).waiting == before + 1


async def test_what_was_taken_back_is_not_shown_any_more(office: Office) -> None:
    visitor = Visitor(office.house)
    filed, noor = await filed_by(office, visitor), await office.colleague("Noor")
    await takes(noor, filed, "director", "Dit staat er even.")
    await visitor.presses("everywhere.go:rights", "rights.overview:withdraw")
    await visitor.presses("rights.withdraw:complaint")
    page = await noor.get(address(filed))
    assert "erased" in page.ids
    assert WORDS not in page.html
    assert "Dit staat er even." not in page.html


async def test_whom_a_complaint_is_about_finds_it_at_no_address(office: Office) -> None:
    """Of everything the desk can be asked, nothing tells them that there is a complaint."""
    dirk = await office.colleague("Dirk de Vries")
    visitor, referral = await office.request()
    before = [await dirk.get(path) for path in ("/staff/queue", "/staff/complaints")]
    await visitor.presses("everywhere.go:complaint", "complaint.begin:filing")
    await visitor.presses("complaint.filing:go_on", "consent.complaint:yes")
    await visitor.presses("complaint.questions:go_on")
    for words in (WORDS, "Dirk de Vries", "Testpersoon Een", "een@voorbeeld.example"):
        await visitor.says(words)
    await visitor.presses("complaint.review:send")
    noor = await office.hires("Noor")
    async with office.house.database.reading() as db:
        (filed,) = await complaint_desk.listing(db, noor)
    await dirk.claims(referral)
    for route in ROUTES:
        if "{token}" in route.path or route.path.endswith(("sign-out", "everywhere", "/aside")):
            continue
        for id in (filed.id, referral.id):
            where = filled(route, id)
            if route.method == "GET":
                page = await dirk.get(where, Accept="text/html")
            else:
                page = await dirk.post(where, before="received", to="director", words="x")
            assert WORDS not in page.html, where
            assert filed.code_name not in page.html, where
            assert "consent-complaint" not in page.ids, where
            if str(filed.id) in where:
                assert page.status == (404 if may(dirk.member, route.action) else 403), where
    after = [await dirk.get(path) for path in ("/staff/queue", "/staff/complaints")]
    assert before[1].html == after[1].html
    async with office.house.database.reading() as db:
        assert (await complaint_desk.get(db, noor, filed.id)).standing is Standing.RECEIVED


async def test_whom_the_desk_names_loses_sight_of_it_at_once(office: Office) -> None:
    filed = await filed_by(office, Visitor(office.house))
    noor, dirk = await office.colleague("Noor"), await office.colleague("Dirk de Vries")
    assert (await dirk.get(address(filed))).status == 200
    named = await noor.post(f"{address(filed)}/about", about=str(dirk.member.id))
    assert named.leads_to == address(filed)
    for where in (address(filed), f"/staff/complaints/{filed.id}/about"):
        page = await (dirk.post(where) if where.endswith("about") else dirk.get(where))
        assert page.status == 404
    assert address(filed) not in (await dirk.get("/staff/complaints")).links
    itself = await noor.post(f"{address(filed)}/about", about=str(noor.member.id))
    assert itself.leads_to == "/staff/complaints"
    assert (await noor.get(address(filed))).status == 404


async def test_before_it_is_said_whom_a_complaint_is_about_nobody_reads_it(office: Office) -> None:
    filed = await filed_by(office, Visitor(office.house), "die aardige heer")
    noor, dirk = await office.colleague("Noor"), await office.colleague("Dirk de Vries")
    page = await noor.get(address(filed))
    assert "say-about" in page.ids
    assert "die aardige heer" in page.html
    assert WORDS not in page.html
    assert "een@voorbeeld.example" not in page.html
    assert "advance" not in page.ids
    refused = await noor.post(f"{address(filed)}/advance", before="received", to="director")
    assert refused.status == 409
    assert WORDS not in refused.html
    await noor.post(f"{address(filed)}/about", about=str(dirk.member.id))
    page = await noor.get(address(filed))
    assert "say-about" not in page.ids
    assert WORDS in page.html
    assert (await dirk.get(address(filed))).status == 404


async def test_nobody_from_elsewhere_is_named(office: Office) -> None:
    filed, noor = await filed_by(office, Visitor(office.house)), await office.colleague("Noor")
    els = await office.hires("Els", "mentoring")
    assert (await noor.post(f"{address(filed)}/about", about="no-id")).status == 400
    await noor.post(f"{address(filed)}/about", about=str(els.id))
    async with office.house.database.reading() as db:
        assert await complaint_desk.about(db, noor.member, filed.id) == frozenset()
