"""The page of a request: safe contact before any number, consents, and the words of both sides."""

from __future__ import annotations

import re

import pytest
from aiohttp import web

from bot.console import conversation
from bot.console.answers import Teller
from bot.console.queue import counted
from bot.console.timeline import note_event
from bot.copies.making import fetched
from bot.documents.plain import as_text
from dialogs.events import Chose
from dialogs.values import Answer, Purpose, Role, Service
from storage import consents, messages, people, referrals
from storage.doors import Door
from storage.messages import Author, NewMessage
from storage.referrals import Asked
from tests.console.colleagues import Office, address, entries_on
from tests.databases import KINDS, rows_of
from tests.houses import StillClock

TO_MIND_ON_THE_PHONE = (
    "fact-neutral_words", "fact-safe_to_call", "fact-shared_phone", "fact-safe_times",
    "fact-voicemail",
)  # fmt: skip


async def test_what_to_mind_stands_before_the_number(office: Office) -> None:
    referral = (await office.request_with_phone())[1]
    page = await (await office.colleague("Noor")).claims(referral)
    ids = [id for id in page.ids if id.startswith("fact-") or id == "contact"]
    at = {id: number for number, id in enumerate(ids)}
    for mind in TO_MIND_ON_THE_PHONE:
        assert at[mind] < at["contact"] < at["fact-phone"]
    assert page.classes.count("unsafe") == 4


async def test_what_the_program_asked_stands_folded_above_the_words(office: Office) -> None:
    visitor, referral = await office.request_with_phone()
    noor = await office.colleague("Noor")
    await noor.claims(referral)
    await visitor.says("Sterrenstof")
    page = await noor.opens(referral)
    folded = page.html[page.html.index('id="answers"') : page.html.index('id="entry-1"')]
    assert "op dinsdag" in folded
    assert "details open" not in folded
    assert page.html.index('id="log"') < page.html.index('id="answers"')
    assert referral.code_name in page.html


async def test_the_persons_language_stands_where_an_answer_is_written(office: Office) -> None:
    referral = (await office.request())[1]
    page = await (await office.colleague("Noor")).claims(referral)
    assert 'id="spoken">Nederlands<' in page.html


async def test_a_refused_consent_is_shown_as_one(office: Office) -> None:
    referral = (await office.request())[1]
    page = await (await office.colleague("Noor")).claims(referral)
    shown = {
        purpose: re.findall(rf'id="consent-{purpose}".*?</div>', page.html, re.DOTALL)[0]
        for purpose in (Purpose.DATA, Purpose.CONTACT)
    }
    say = office.house.wording.staff
    assert say("nl", "consent.given") in shown[Purpose.DATA]
    assert "data-3" in shown[Purpose.DATA]
    assert say("nl", "consent.refused") in shown[Purpose.CONTACT]
    assert "contact" not in page.ids


async def test_a_withdrawn_contact_takes_the_number_away(office: Office) -> None:
    visitor, referral = await office.request_with_phone()
    noor = await office.colleague("Noor")
    await noor.claims(referral)
    await visitor.does(Chose("everywhere.go", "rights"))
    await visitor.does(Chose("rights.overview", "withdraw"))
    await visitor.does(Chose("rights.withdraw", "contact"))
    page = await noor.opens(referral)
    assert "12345678" not in page.html
    assert office.house.wording.staff("nl", "consent.ended") in page.html
    assert "composer" in page.ids


async def test_a_withdrawn_consent_hides_everything_and_says_why(office: Office) -> None:
    visitor, referral = await office.request_with_phone()
    noor = await office.colleague("Noor")
    await noor.claims(referral)
    await visitor.says("Sterrenstof")
    await visitor.does(Chose("everywhere.go", "rights"))
    await visitor.does(Chose("rights.overview", "withdraw"))
    await visitor.does(Chose("rights.withdraw", "data"))
    page = await noor.opens(referral)
    assert page.status == 200
    assert "ended" in page.ids
    assert not {"log", "facts", "composer"} & set(page.ids)
    assert not any(said in page.html for said in ("Sterrenstof", "12345678", "Testpersoon"))


async def test_who_was_forgotten_was_never_there(office: Office) -> None:
    visitor, referral = await office.request()
    noor = await office.colleague("Noor")
    await noor.claims(referral)
    await visitor.does(Chose("everywhere.go", "rights"))
    await visitor.does(Chose("rights.overview", "erase"))
    assert (await noor.opens(referral)).status == 404
    assert (await noor.post(address(referral, "write"), words="x", kind="answer")).status == 404


async def test_who_stopped_can_be_read_and_not_written_to(office: Office) -> None:
    visitor, referral = await office.request()
    noor = await office.colleague("Noor")
    await noor.claims(referral)
    await visitor.says("Sterrenstof")
    await visitor.presses("everywhere.go:stop")
    page = await noor.opens(referral)
    assert {"ended", "log"} <= set(page.ids)
    assert "composer" not in page.ids
    assert "Sterrenstof" in page.html


async def test_what_is_new_is_marked_until_its_owner_has_looked(office: Office) -> None:
    visitor, referral = await office.request()
    noor, els = await office.colleague("Noor"), await office.colleague("Els")
    await noor.claims(referral)
    await visitor.says("Is er iemand?")
    assert "new" in (await els.opens(referral)).ids
    assert "unread" in (await noor.get("/staff/queue?view=mine")).classes
    assert "new" in (await noor.opens(referral)).ids
    assert "new" not in (await noor.opens(referral)).ids
    assert "unread" not in (await noor.get("/staff/queue?view=mine")).classes


async def test_a_way_that_is_closed_is_said_with_what_to_do(office: Office) -> None:
    _, referral = await office.request(Door.TELEGRAM)
    noor = await office.colleague("Noor")
    await noor.claims(referral)
    assert referral.person_id is not None
    async with office.house.database.begin() as db:
        way = await people.way_of(db, referral.person_id)
        await people.close_way(db, way.index)
    assert "way-closed" in (await noor.opens(referral)).ids
    await noor.writes(referral, "Bent u er nog?", kind="answer")
    assert office.house.wording.staff("nl", "lost.unsent") in (await noor.opens(referral)).html


async def test_the_live_part_is_the_timeline_without_what_is_typed(office: Office) -> None:
    visitor, referral = await office.request()
    noor = await office.colleague("Noor")
    await noor.claims(referral)
    await visitor.says("Is er iemand?")
    page = await noor.get(f"/staff/fragments/r/{referral.id}", HX_Request="true")
    assert "log" in page.ids
    assert len(list(entries_on(page))) == 2
    assert not {"composer", "words", "facts"} & set(page.ids)


async def test_a_person_may_have_no_words_in_the_readers_language(office: Office) -> None:
    """A request of years ago holds questions that nobody asks any more."""
    old = Asked(Role.VICTIM, (Answer("shoe_size", option="large"), Answer("hobby", words="zeilen")))
    facts = Teller(office.house.wording, Service.MEDIATION, "nl").facts(old).asked
    assert [(fact.label, fact.words) for fact in facts] == [
        ("shoe_size", "large"),
        ("hobby", "zeilen"),
    ]


async def test_every_page_of_the_desk_speaks_english_too(office: Office) -> None:
    visitor, referral = await office.request_with_phone()
    noor = await office.colleague("Noor")
    await noor.post("/staff/me", language="en")
    await noor.claims(referral)
    await visitor.says("Is er iemand?")
    for path in ("/staff/queue", "/staff/me", address(referral), address(referral, "close")):
        page = await noor.get(path)
        assert (page.status, 'lang="en"' in page.html[:60]) == (200, True), path


async def test_an_ended_consent_is_not_one_that_was_never_given(
    office: Office, clock: StillClock
) -> None:
    _, referral = await office.request()
    noor = await office.colleague("Noor")
    await noor.claims(referral)
    assert referral.person_id is not None
    async with office.house.database.begin() as db:
        await consents.withdraw(db, referral.person_id, Purpose.DATA, clock.now())
        assert (await referrals.get(db, noor.member, referral.id)).person_id is not None
    page = await noor.opens(referral)
    assert office.house.wording.staff("nl", "consent.ended") in page.html


async def test_an_event_of_a_newer_release_is_still_an_event(office: Office) -> None:
    referral = (await office.request())[1]
    noor = await office.colleague("Noor")
    await noor.claims(referral)
    assert referral.person_id is not None
    seal = await office.house.keystore.seal_of(referral.person_id)
    async with office.house.database.begin() as db:
        await note_event(db, office.house, seal, referral, by=noor.member, event="teleported")
    page = await noor.opens(referral)
    assert office.house.wording.staff("nl", "event.other") in page.html


@pytest.mark.parametrize("language", ["nl", "en"])
async def test_what_the_person_did_is_on_the_timeline(office: Office, language: str) -> None:
    referral = (await office.request())[1]
    noor = await office.colleague("Noor")
    await noor.post("/staff/me", language=language)
    await noor.claims(referral)
    assert referral.person_id is not None
    seal = await office.house.keystore.seal_of(referral.person_id)
    now, new_id = office.house.clock.now(), office.house.clock.new_id
    say = office.house.wording.staff
    for event in ("left", "withdrawn", "contact_withdrawn"):
        new = NewMessage(new_id(), referral.id, Author.EVENT, now, event=event)
        async with office.house.database.begin() as db:
            await messages.add(db, seal, new)
        page = await noor.opens(referral)
        assert f"<bdi>{say(language, f'event.{event}', name='')}</bdi>" in page.html


@pytest.mark.parametrize("kind", KINDS, indirect=True)
async def test_what_came_in_after_the_page_was_drawn_is_still_new(office: Office) -> None:
    visitor, referral = await office.request()
    noor = await office.colleague("Noor")
    await noor.claims(referral)
    house = office.house

    async def unread_after(last_seq: int) -> int:
        async with house.database.begin() as db:
            await referrals.seen(db, noor.member, referral.id, last_seq)
            return (await referrals.get(db, noor.member, referral.id)).unread

    # The timeline begins with the request that was picked up.
    for words in ("Een.", "Twee.", "Drie."):
        await visitor.says(words)
    assert [await unread_after(seq) for seq in (1, 3, 4)] == [3, 1, 0]


async def test_a_page_marks_only_what_it_shows(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor, referral = await office.request()
    noor = await office.colleague("Noor")
    await noor.claims(referral)
    await visitor.says("Een.")

    async def count(request: web.Request) -> dict[str, int]:
        await visitor.says("Twee.")
        return await counted(request)

    monkeypatch.setattr(conversation, "counted", count)
    page = await noor.opens(referral)
    assert ("Een." in page.html, "Twee." in page.html) == (True, False)
    monkeypatch.undo()
    assert "new" in (await noor.opens(referral)).ids


async def test_the_person_sees_on_which_day_somebody_of_which_queue_read_along(
    office: Office,
) -> None:
    visitor, referral = await office.request()
    noor = await office.colleague("Noor")
    await noor.opens(referral)
    assert await rows_of(office.house.database, "SELECT day FROM look") == []
    await noor.claims(referral)
    await noor.opens(referral)
    await noor.opens(referral)
    ((key,),) = await rows_of(office.house.database, "SELECT queue FROM look")
    await visitor.presses("everywhere.go:rights")
    outcome = await visitor.presses("rights.overview:copy")
    found = await fetched(office.house, outcome.session.ticket)
    assert found is not None
    queue = next(each for each in office.house.organisation.queues if each.key == key)
    text = as_text(found[1].document)
    assert f"2 maart 2026: een medewerker van {queue.name('nl')}" in text
