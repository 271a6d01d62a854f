"""What is typed is kept for its writer until it is sent, and what is sent can be taken back."""

from __future__ import annotations

import pytest

from bot.terms import UNDO
from storage.doors import Door
from storage.messages import Author
from tests.console.colleagues import Colleague, Office, address
from tests.console.pages import Page
from tests.console.test_writing import said_in
from tests.databases import KINDS, rows_of
from tests.houses import StillClock

both_kinds = pytest.mark.parametrize("kind", KINDS, indirect=True)
WORDS, OTHERS = "Sterrenstof", "Maanlicht"


def typed(page: Page) -> str:
    return page.form("/write").fields["words"]


async def keeps(colleague: Colleague, page: Page, words: str, kind: str = "answer") -> Page:
    """Type, and wait a moment."""
    fields = page.form("/write").fields | {"words": words, "kind": kind}
    return await colleague.post(page.form("/write").action[:-5] + "draft", htmx=True, **fields)


# --- drafts --------------------------------------------------------------------------------------


@both_kinds
async def test_what_was_typed_is_there_on_the_next_page(office: Office) -> None:
    referral = (await office.request())[1]
    noor = await office.colleague("Noor")
    page = await noor.claims(referral)
    kept = await keeps(noor, page, WORDS)
    assert (kept.status, WORDS in kept.html, kept.html.strip() != "") == (200, False, True)
    assert typed(await noor.opens(referral)) == WORDS
    assert (await keeps(noor, page, " ")).html.strip() == ""
    assert typed(await noor.opens(referral)) == ""


async def test_without_scripts_a_button_keeps_it(office: Office) -> None:
    referral = (await office.request())[1]
    noor = await office.colleague("Noor")
    page = await noor.claims(referral)
    assert "keep-draft" in page.ids
    fields = page.form("/write").fields | {"words": WORDS, "kind": "note"}
    kept = await noor.post(address(referral, "draft"), htmx=False, **fields)
    assert (kept.status, kept.leads_to) == (303, f"{address(referral)}?kind=note#composer")
    assert typed(await noor.get(kept.leads_to.partition("#")[0])) == WORDS


async def test_a_note_never_lies_where_an_answer_is_written(office: Office) -> None:
    referral = (await office.request())[1]
    noor = await office.colleague("Noor")
    page = await noor.claims(referral)
    await keeps(noor, page, WORDS, "note")
    page = await noor.opens(referral)
    assert (typed(page), page.form("/write").fields["kind"]) == ("", "answer")
    assert f"{address(referral)}?kind=note" in page.links
    note = await noor.get(f"{address(referral)}?kind=note")
    assert (typed(note), note.form("/write").fields["kind"]) == (WORDS, "note")


async def test_nobody_else_sees_a_draft(office: Office) -> None:
    visitor, referral = await office.request()
    noor, els = await office.colleague("Noor"), await office.colleague("Els")
    await keeps(noor, await noor.claims(referral), WORDS, "note")
    assert WORDS not in (await els.opens(referral)).html
    assert not any(WORDS in words for _, words in await said_in(noor, referral))
    await keeps(els, await els.opens(referral), OTHERS, "note")
    assert typed(await els.opens(referral)) == OTHERS
    assert "unread" not in (await noor.get("/staff/queue?view=mine")).classes
    assert (await visitor.presses("everywhere.go:menu")).session.colleague == "Noor"


@pytest.mark.parametrize("kind", ["answer", "note"])
async def test_what_was_sent_is_no_draft_any_more(office: Office, kind: str) -> None:
    referral = (await office.request())[1]
    noor = await office.colleague("Noor")
    page = await noor.claims(referral)
    await keeps(noor, page, WORDS, kind)
    await noor.submit(page.form("/write"), words=WORDS, kind=kind)
    # What the page kept by itself may come in behind what was sent from it.
    await keeps(noor, page, WORDS, kind)
    assert await rows_of(office.house.database, "SELECT id FROM draft") == []


async def test_there_is_no_draft_about_what_is_over(office: Office) -> None:
    visitor, referral = await office.request()
    noor = await office.colleague("Noor")
    page = await noor.claims(referral)
    await keeps(noor, page, WORDS)
    await visitor.presses("everywhere.go:stop")
    assert (await keeps(noor, page, WORDS)).status == 409
    assert await rows_of(office.house.database, "SELECT id FROM draft") == []


async def test_another_queue_keeps_nothing_here(office: Office) -> None:
    referral = (await office.request())[1]
    await (await office.colleague("Noor")).claims(referral)
    away = await office.colleague("Elders", "nergens")
    for action in ("draft", "recall"):
        assert (await away.post(address(referral, action), words=WORDS)).status == 404


# --- taking back ---------------------------------------------------------------------------------


@both_kinds
async def test_what_was_taken_back_is_not_counted(office: Office) -> None:
    referral = (await office.request())[1]
    noor = await office.colleague("Noor")
    await noor.claims(referral)
    counted = "SELECT name, within, count FROM figure WHERE count > 0 ORDER BY name"
    before = await rows_of(office.house.database, counted)
    await noor.writes(referral, WORDS, kind="answer")
    first = await rows_of(office.house.database, counted)
    assert len(first) > len(before)
    await noor.submit((await noor.opens(referral)).form("/recall"))
    assert await rows_of(office.house.database, counted) == before
    await noor.writes(referral, WORDS, kind="answer")
    assert await rows_of(office.house.database, counted) == first


@both_kinds
async def test_a_reply_can_be_taken_back_before_it_leaves(office: Office) -> None:
    referral = (await office.request(Door.TELEGRAM))[1]
    noor = await office.colleague("Noor")
    await noor.claims(referral)
    letters = await rows_of(office.house.database, "SELECT id FROM letter")
    await noor.writes(referral, WORDS, kind="answer")
    page = await noor.opens(referral)
    assert typed(page) == ""
    back = await noor.submit(page.form("/recall"))
    assert (back.status, back.leads_to) == (303, f"{address(referral)}#composer")
    page = await noor.opens(referral)
    assert typed(page) == WORDS
    assert not page.has_form("/recall")
    assert await said_in(noor, referral) == []
    assert await rows_of(office.house.database, "SELECT id FROM letter") == letters
    # The same words can be sent after all.
    await noor.submit(page.form("/write"))
    assert await said_in(noor, referral) == [(Author.STAFF, WORDS)]


async def test_what_is_typed_meanwhile_stays_below_it(office: Office) -> None:
    referral = (await office.request())[1]
    noor = await office.colleague("Noor")
    await noor.claims(referral)
    await noor.writes(referral, WORDS, kind="answer")
    page = await noor.opens(referral)
    typing = page.form("/write").fields | {"words": OTHERS}
    await noor.submit(page.form("/recall"), htmx=True, **typing)
    assert typed(await noor.opens(referral)) == f"{WORDS}\n\n{OTHERS}"


async def test_after_that_it_is_on_its_way(office: Office, clock: StillClock) -> None:
    referral = (await office.request())[1]
    noor = await office.colleague("Noor")
    await noor.claims(referral)
    await noor.writes(referral, WORDS, kind="answer")
    form = (await noor.opens(referral)).form("/recall")
    clock.pass_by(UNDO)
    assert not (await noor.opens(referral)).has_form("/recall")
    late = await noor.submit(form, words=OTHERS, kind="answer")
    assert (late.status, typed(late)) == (409, OTHERS)
    assert await said_in(noor, referral) == [(Author.STAFF, WORDS)]


async def test_only_its_writer_takes_a_reply_back(office: Office) -> None:
    referral = (await office.request())[1]
    noor, els = await office.colleague("Noor"), await office.colleague("Els")
    await noor.claims(referral)
    await noor.writes(referral, WORDS, kind="answer")
    form = (await noor.opens(referral)).form("/recall")
    assert not (await els.opens(referral)).has_form("/recall")
    assert (await els.submit(form)).status == 409
    assert (await noor.submit(form, message="geen")).status == 404
    assert await said_in(noor, referral) == [(Author.STAFF, WORDS)]


async def test_a_note_is_there_at_once_and_stays(office: Office) -> None:
    referral = (await office.request())[1]
    noor = await office.colleague("Noor")
    await noor.claims(referral)
    await noor.writes(referral, WORDS, kind="note")
    assert not (await noor.opens(referral)).has_form("/recall")
