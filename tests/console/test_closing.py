"""Closing: last words that the person receives, in their language, and only by the owner."""

from __future__ import annotations

import pytest
from sqlmodel import update

from dialogs.events import Forgotten
from dialogs.screens import Line
from dialogs.values import Handoff, Service
from storage import referrals
from storage.doors import Door
from storage.referrals import Referral, Status
from storage.tables import ReferralRow
from tests.console.colleagues import Colleague, Office, address
from tests.databases import KINDS, rows_of
from tests.houses import Visitor
from tests.presses import SENDING

both_kinds = pytest.mark.parametrize("kind", KINDS, indirect=True)


async def status_of(colleague: Colleague, referral: Referral) -> Status:
    async with colleague.house.database.reading() as db:
        return (await referrals.get(db, colleague.member, referral.id)).status


@both_kinds
async def test_the_person_gets_the_last_words_and_it_is_over(office: Office) -> None:
    visitor, referral = await office.request(Door.TELEGRAM)
    noor = await office.colleague("Noor")
    await noor.claims(referral)
    before = await rows_of(office.house.database, "SELECT id FROM letter")
    page = await noor.get(address(referral, "close"))
    closed = await noor.submit(
        page.form("/close"), words="Dank voor het gesprek.", outcome="answered"
    )
    assert (closed.status, closed.leads_to) == (303, address(referral))
    assert "De vraag is beantwoord." in (await noor.get(address(referral))).html
    after = await rows_of(office.house.database, "SELECT id FROM letter")
    assert len(after) == len(before) + 1
    assert await status_of(noor, referral) is Status.CLOSED
    assert (await visitor.presses("everywhere.go:menu")).session.handoff is Handoff.CLOSED
    page = await noor.opens(referral)
    assert {"log", "ended"} <= set(page.ids)
    assert "composer" not in page.ids
    assert "Dank voor het gesprek." in page.html


@pytest.mark.parametrize("chosen", ["language:en", "tr_ar_uk:ar"])
async def test_the_last_words_are_proposed_in_the_persons_language(
    office: Office, chosen: str
) -> None:
    visitor = Visitor(office.house)
    await visitor.starts()
    among = ["welcome.language:tr_ar_uk"] if "_" in chosen else []
    await visitor.presses(*among, f"welcome.{chosen}", *SENDING[1:])
    referral = await office.referral_of(visitor)
    noor = await office.colleague("Noor")
    await noor.claims(referral)
    proposed = (await noor.get(address(referral, "close"))).form("/close").fields["words"]
    assert proposed == polite(chosen.rpartition(":")[2], office)


def polite(language: str, office: Office) -> str:
    """Say what is proposed to Noor."""
    line = Line("handoff.closing.words", words="Noor")
    return office.house.wording.line(language, Service.MEDIATION, line, reveal=True) or ""


async def test_only_the_owner_closes(office: Office) -> None:
    referral = (await office.request())[1]
    noor, els = await office.colleague("Noor"), await office.colleague("Els")
    await noor.claims(referral)
    assert (await els.get(address(referral, "close"))).status == 409
    assert (
        await els.post(address(referral, "close"), words="Dag.", outcome="answered")
    ).status == 409
    assert await status_of(noor, referral) is Status.OWNED


async def test_nobody_closes_over_words_they_did_not_see(office: Office) -> None:
    visitor, referral = await office.request()
    noor = await office.colleague("Noor")
    await noor.claims(referral)
    page = await noor.get(address(referral, "close"))
    await visitor.says("Nog één ding.")
    stale = await noor.submit(
        page.form("/close"), words="Mijn laatste woorden.", outcome="answered"
    )
    assert (stale.status, "close-anyway" in stale.ids) == (409, True)
    assert stale.form("/close").fields["words"] == "Mijn laatste woorden."
    assert await status_of(noor, referral) is Status.OWNED
    closed = await noor.submit(page.form("/close"), words="Dag.", outcome="answered", sure="yes")
    assert closed.status == 303


async def test_closing_twice_is_as_closing_once(office: Office) -> None:
    referral = (await office.request())[1]
    noor = await office.colleague("Noor")
    await noor.claims(referral)
    form = (await noor.get(address(referral, "close"))).form("/close")
    assert [(await noor.submit(form, outcome="answered")).status for _ in range(2)] == [303, 303]


async def test_nobody_closes_without_saying_how_it_ended(office: Office) -> None:
    referral = (await office.request())[1]
    noor = await office.colleague("Noor")
    await noor.claims(referral)
    form = (await noor.get(address(referral, "close"))).form("/close")
    for outcome in ("", "won", "stopped"):
        page = await noor.submit(form, words="Het beste.", outcome=outcome)
        assert (page.status, page.form("/close").fields["words"]) == (422, "Het beste.")
    assert await status_of(noor, referral) is Status.OWNED


async def test_how_it_ended_stays_when_everything_else_is_erased(office: Office) -> None:
    visitor, referral = await office.request()
    noor = await office.colleague("Noor")
    await noor.claims(referral)
    form = (await noor.get(address(referral, "close"))).form("/close")
    assert (await noor.submit(form, outcome="chose_not")).status == 303
    await visitor.does(Forgotten())
    shells = await rows_of(office.house.database, "SELECT status, outcome FROM referral")
    assert [tuple(row) for row in shells] == [("erased", "chose_not")]


async def test_nobody_closes_without_a_word(office: Office) -> None:
    referral = (await office.request())[1]
    noor = await office.colleague("Noor")
    await noor.claims(referral)
    form = (await noor.get(address(referral, "close"))).form("/close")
    assert (await noor.submit(form, words="")).status == 422
    assert (await noor.submit(form, words="x" * 2001)).status == 422
    assert await status_of(noor, referral) is Status.OWNED


async def test_words_are_proposed_also_for_a_language_that_is_not_spoken_any_more(
    office: Office,
) -> None:
    referral = (await office.request())[1]
    noor = await office.colleague("Noor")
    await noor.claims(referral)
    async with office.house.database.begin() as db:
        await db.exec(update(ReferralRow).values(language="xx"))
    proposed = (await noor.get(address(referral, "close"))).form("/close").fields["words"]
    assert proposed == polite("nl", office)


async def test_who_closed_before_is_not_told_that_they_were_faster(office: Office) -> None:
    referral = (await office.request())[1]
    noor = await office.colleague("Noor")
    await noor.claims(referral)
    form = (await noor.get(address(referral, "close"))).form("/close")
    assert (await noor.submit(form, words="Dag.", outcome="answered")).status == 303
    say = office.house.wording.staff
    changed = await noor.submit(form, words="Dag, en het beste.", outcome="answered")
    assert (changed.status, "Dag, en het beste." in changed.html) == (409, True)
    for page in (changed, await noor.get(address(referral, "close"))):
        assert say("nl", "talk.not_open") in page.html
        assert say("nl", "queue.taken_by", name="Noor") not in page.html
