"""Only the owner writes to the person; a note never reaches them; no refusal costs a word."""

from __future__ import annotations

import asyncio
from hashlib import sha256

import pytest

from storage import mail, messages, referrals
from storage.doors import Door
from storage.messages import Author, Delivery, Message
from storage.referrals import Referral
from tests.console.colleagues import Colleague, Office, address, entries_on
from tests.console.pages import Page
from tests.databases import KINDS, rows_of

both_kinds = pytest.mark.parametrize("kind", KINDS, indirect=True)
WORDS = "Sterrenstof"


async def thread_of(colleague: Colleague, referral: Referral) -> list[Message]:
    assert referral.person_id is not None
    seal = await colleague.house.keystore.seal_of(referral.person_id)
    async with colleague.house.database.reading() as db:
        return await messages.thread(db, seal, referral.id)


async def said_in(colleague: Colleague, referral: Referral) -> list[tuple[Author, str]]:
    thread = await thread_of(colleague, referral)
    return [(each.author, each.words) for each in thread if each.author is not Author.EVENT]


def kept_words(page: Page) -> str:
    return page.form("/write").fields["words"]


@both_kinds
async def test_the_owners_words_reach_the_person(office: Office) -> None:
    visitor, referral = await office.request(Door.TELEGRAM)
    noor = await office.colleague("Noor")
    await noor.claims(referral)
    before = await rows_of(office.house.database, "SELECT id FROM letter")
    sent = await noor.writes(referral, WORDS, kind="answer")
    assert (sent.status, sent.leads_to) == (303, address(referral) + "#end")
    after = await rows_of(office.house.database, "SELECT id FROM letter")
    assert len(after) == len(before) + 1
    said = (await thread_of(noor, referral))[-1]
    assert (said.author, said.words, said.staff_name) == (Author.STAFF, WORDS, "Noor")
    assert said.delivery is Delivery.WAITING
    assert "waiting" in (await noor.opens(referral)).classes
    assert (await visitor.presses("everywhere.go:menu")).session.colleague == "Noor"


async def test_a_form_that_is_sent_twice_is_sent_once(office: Office) -> None:
    referral = (await office.request())[1]
    noor = await office.colleague("Noor")
    form = (await noor.claims(referral)).form("/write")
    for kind in ("answer", "answer", "note", "note"):
        assert (await noor.submit(form, htmx=False, words=WORDS, kind=kind)).status == 303
    for kind in ("answer", "note"):
        pages = (noor.submit(form, words=WORDS, kind=kind) for _ in range(3))
        assert {page.status for page in await asyncio.gather(*pages)} == {303}
    assert await said_in(noor, referral) == [(Author.STAFF, WORDS), (Author.NOTE, WORDS)]


@pytest.mark.parametrize("kind", ["answer", "note"])
async def test_changed_words_of_a_form_that_was_sent_are_words_of_their_own(
    office: Office, kind: str
) -> None:
    referral = (await office.request())[1]
    noor = await office.colleague("Noor")
    form = (await noor.claims(referral)).form("/write")
    for words in (WORDS, f"{WORDS}!", WORDS):
        assert (await noor.submit(form, words=words, kind=kind)).status == 303
    assert [words for _, words in await said_in(noor, referral)] == [WORDS, f"{WORDS}!"]


async def test_what_was_heard_says_nothing_about_the_words(office: Office) -> None:
    referral = (await office.request())[1]
    noor = await office.colleague("Noor")
    await noor.claims(referral)
    await noor.writes(referral, "Ja", kind="answer")
    keys = [str(row[0]) for row in await rows_of(office.house.database, "SELECT key FROM heard")]
    written = [key for key in keys if "/write:" in key]
    assert len(written) == 1
    nonce, _, said = written[0].partition("/write:")[2].partition(":")
    for words in ("Ja", f"{nonce}Ja", f'["{nonce}", "answer", "Ja"]'):
        assert not sha256(words.encode()).hexdigest().startswith(said)


async def test_a_colleague_who_is_not_the_owner_can_only_leave_a_note(office: Office) -> None:
    referral = (await office.request())[1]
    noor, els = await office.colleague("Noor"), await office.colleague("Els")
    await noor.claims(referral)
    page = await els.opens(referral)
    assert page.form("/write").fields["kind"] == "note"
    assert not page.has_form("/release")
    refused = await els.submit(page.form("/write"), words=WORDS, kind="answer")
    assert (refused.status, kept_words(refused)) == (409, WORDS)
    assert "Noor" in refused.html
    assert await said_in(noor, referral) == []
    await els.writes(referral, WORDS)
    assert await said_in(noor, referral) == [(Author.NOTE, WORDS)]


@pytest.mark.parametrize("door", [Door.WEB, Door.TELEGRAM])
async def test_a_note_never_reaches_the_person(office: Office, door: Door) -> None:
    visitor, referral = await office.request(door)
    noor = await office.colleague("Noor")
    await noor.claims(referral)
    count = "SELECT count(*) FROM letter"
    before = await rows_of(office.house.database, count)
    outcome = await visitor.presses("everywhere.go:menu")
    between = await rows_of(office.house.database, count)
    await noor.writes(referral, WORDS, kind="note")
    assert "note" in (await noor.opens(referral)).classes
    assert await rows_of(office.house.database, count) == between >= before
    assert (await visitor.presses("everywhere.go:menu")).session == outcome.session
    house = office.house
    async with house.database.begin() as db:
        letters = await mail.lease(db, house.keystore, 100, house.clock.now(), house.clock.now())
    assert all(WORDS not in (letter.body or "") for letter in letters)


async def test_nothing_is_written_before_it_is_picked_up(office: Office) -> None:
    referral = (await office.request())[1]
    noor = await office.colleague("Noor")
    for kind in ("answer", "note"):
        refused = await noor.post(address(referral, "write"), words=WORDS, kind=kind)
        assert refused.status == 409
    assert await said_in(noor, referral) == []


@both_kinds
async def test_words_to_a_page_that_was_overtaken_are_kept_and_asked_about(office: Office) -> None:
    visitor, referral = await office.request()
    noor = await office.colleague("Noor")
    form = (await noor.claims(referral)).form("/write")
    await visitor.says("Wacht even.")
    await visitor.says("Ik weet het weer.")
    stale = await noor.submit(form, words=WORDS, kind="answer")
    assert (stale.status, kept_words(stale)) == (409, WORDS)
    assert {"refused", "send-anyway"} <= set(stale.ids)
    assert [author for author, _ in await said_in(noor, referral)] == [Author.PERSON] * 2
    # The page that came back shows what is new, so sending it once more is enough.
    assert (await noor.submit(stale.form("/write"), words=WORDS, kind="answer")).status == 303
    assert (await said_in(noor, referral))[-1] == (Author.STAFF, WORDS)


async def test_who_is_sure_sends_it_over_newer_words(office: Office) -> None:
    visitor, referral = await office.request()
    noor = await office.colleague("Noor")
    form = (await noor.claims(referral)).form("/write")
    await visitor.says("Wacht even.")
    assert (await noor.submit(form, words=WORDS, kind="answer", sure="yes")).status == 303


async def test_a_colleagues_note_is_read_before_answering(office: Office) -> None:
    referral = (await office.request())[1]
    noor, els = await office.colleague("Noor"), await office.colleague("Els")
    form = (await noor.claims(referral)).form("/write")
    await els.writes(referral, "Niet antwoorden, lees eerst dit.")
    assert (await noor.submit(form, words=WORDS, kind="answer")).status == 409


async def test_an_open_page_gets_the_conversation_only(office: Office) -> None:
    visitor, referral = await office.request()
    noor = await office.colleague("Noor")
    form = (await noor.claims(referral)).form("/write")
    await visitor.says("Wacht even.")
    stale = await noor.submit(form, htmx=True, words=WORDS, kind="answer")
    assert (stale.status, "main" in stale.elements) == (409, False)
    assert "talk" in stale.ids
    again = await noor.get(address(referral), HX_Request="true")
    assert "main" not in again.elements
    assert {"talk", "composer"} <= set(again.ids)


async def test_nothing_and_too_much_are_not_sent(office: Office) -> None:
    referral = (await office.request())[1]
    noor = await office.colleague("Noor")
    form = (await noor.claims(referral)).form("/write")
    for words in ("", "   \n", "é" * 2001):
        refused = await noor.submit(form, words=words, kind="answer")
        assert (refused.status, kept_words(refused)) == (422, words.strip())
    assert (await noor.submit(form, words="é" * 2000, kind="answer")).status == 303
    assert (await noor.post(form.action, words="x" * 20_000)).status == 413


async def test_what_anybody_types_is_never_read_as_markup(office: Office) -> None:
    visitor, referral = await office.request()
    noor = await office.colleague("Noor")
    scripts = (await noor.claims(referral)).elements.count("script")
    nasty = "</textarea><script>alert(1)</script><img src=x onerror=alert(1)>{{ 77777 * 3 }}"
    await visitor.says(nasty)
    await noor.writes(referral, nasty, kind="answer")
    await noor.writes(referral, nasty, kind="note")
    refused = await noor.submit(
        (await noor.opens(referral)).form("/write"), words=nasty * 50, kind="answer"
    )
    for page in (await noor.opens(referral), refused):
        assert page.elements.count("script") == scripts
        assert "img" not in page.elements
        assert "233331" not in page.html
    assert len(list(entries_on(await noor.opens(referral)))) == 4


async def test_words_that_are_too_late_are_given_back(office: Office) -> None:
    visitor, referral = await office.request()
    noor = await office.colleague("Noor")
    form = (await noor.claims(referral)).form("/write")
    await visitor.presses("everywhere.go:stop")
    refused = await noor.submit(form, words=WORDS, kind="answer", sure="yes")
    say = office.house.wording.staff
    assert refused.status == 409
    assert WORDS in refused.html
    assert say("nl", "talk.not_open") in refused.html
    assert say("nl", "queue.taken_by", name="Noor") not in refused.html
    assert not refused.has_form("/write")
    assert await said_in(noor, referral) == []


async def test_an_answer_ends_the_wait_and_a_note_does_not(office: Office) -> None:
    visitor, referral = await office.request()
    noor = await office.colleague("Noor")
    await noor.claims(referral)

    async def waits() -> bool:
        async with office.house.database.reading() as db:
            found = await referrals.get(db, noor.member, referral.id)
        return found.waiting_since is not None

    await noor.writes(referral, WORDS, kind="note")
    assert await waits()
    await noor.writes(referral, WORDS, kind="answer")
    assert not await waits()
    await visitor.says("Dank u.")
    assert await waits()
