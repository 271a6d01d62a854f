"""What a person takes back leaves the pages that are open; nothing else draws one anew."""

from __future__ import annotations

import re

import pytest

from bot.pages.drawing import BOT
from dialogs.events import Chose
from storage.referrals import Referral
from tests.console.colleagues import Colleague, Office, address
from tests.console.pages import Page
from tests.houses import Visitor

ANEW = "HX-Refresh"
WORDS = "Half een zin"


def shown_on(page: Page) -> str:
    found = re.search(r'id="shown"[^>]* value="([^"]*)"', page.html)
    assert found is not None
    return found[1]


async def refreshed(colleague: Colleague, referral: Referral, page: Page) -> Page:
    """Ask for what is new, as this page does by itself."""
    path = f"/staff/fragments/r/{referral.id}?shown={shown_on(page).replace(' ', '+')}"
    return await colleague.get(path, HX_Request="true")


async def decides(visitor: Visitor, right: str) -> None:
    await visitor.does(Chose("everywhere.go", "rights"))
    if right != "erase":
        await visitor.does(Chose("rights.overview", "withdraw"))
    place = "rights.overview" if right == "erase" else "rights.withdraw"
    await visitor.does(Chose(place, right))


def test_a_page_asks_with_what_it_shows() -> None:
    talk = (BOT / "console/templates/talk.html").read_text("utf-8")
    assert 'hx-include="#shown"' in talk
    assert 'id="shown"' not in talk


@pytest.mark.parametrize(("right", "status"), [("contact", 200), ("data", 200), ("erase", 404)])
async def test_what_was_taken_back_leaves_an_open_page(
    office: Office, right: str, status: int
) -> None:
    visitor, referral = await office.request_with_phone()
    noor = await office.colleague("Noor")
    page = await noor.claims(referral)
    assert ANEW not in (await refreshed(noor, referral, page)).headers
    await decides(visitor, right)
    answer = await refreshed(noor, referral, page)
    assert (answer.status, answer.headers[ANEW], answer.html) == (status, "true", "")
    assert "HX-Retarget" not in answer.headers


@pytest.mark.parametrize("right", ["contact", "data"])
async def test_a_page_that_was_drawn_anew_is_not_drawn_again(office: Office, right: str) -> None:
    visitor, referral = await office.request_with_phone()
    noor = await office.colleague("Noor")
    await noor.claims(referral)
    await decides(visitor, right)
    answer = await refreshed(noor, referral, await noor.opens(referral))
    assert ANEW not in answer.headers
    assert "12345678" not in answer.html


async def test_what_somebody_gave_back_leaves_their_other_pages(office: Office) -> None:
    referral = (await office.request_with_phone())[1]
    noor, els = await office.colleague("Noor"), await office.colleague("Els")
    page = await noor.claims(referral)
    hers = await els.opens(referral)
    await noor.submit(page.form("/release"))
    for colleague, was in ((noor, page), (els, hers)):
        assert ANEW in (await refreshed(colleague, referral, was)).headers
    await els.claims(referral)
    assert ANEW in (await refreshed(noor, referral, page)).headers


async def test_words_an_end_and_a_page_without_content_draw_nothing_anew(office: Office) -> None:
    visitor, referral = await office.request_with_phone()
    noor, els = await office.colleague("Noor"), await office.colleague("Els")
    free = await els.opens(referral)
    page = await noor.claims(referral)
    await visitor.says("Is er iemand?")
    await els.writes(referral, "Lees dit.", kind="note")
    await noor.writes(referral, "Dag.", kind="answer", sure="yes")
    assert ANEW not in (await refreshed(noor, referral, page)).headers
    await visitor.presses("everywhere.go:stop")
    for colleague, was in ((noor, page), (els, free)):
        answer = await refreshed(colleague, referral, was)
        assert ANEW not in answer.headers
        assert "ended" in answer.ids


@pytest.mark.parametrize("right", ["contact", "data"])
async def test_refused_words_come_back_on_a_page_without_what_was_taken_back(
    office: Office, right: str
) -> None:
    visitor, referral = await office.request_with_phone()
    noor = await office.colleague("Noor")
    page = await noor.claims(referral)
    await visitor.says("Wacht even.")
    await decides(visitor, right)
    form = page.form("/write")
    assert form.fields["shown"] == shown_on(page)
    refused = await noor.submit(form, htmx=True, words=WORDS, kind="answer")
    assert (refused.status, WORDS in refused.html) == (409, True)
    assert refused.headers["HX-Retarget"] == refused.headers["HX-Reselect"] == "#main"
    assert "main" in refused.ids
    assert "12345678" not in refused.html
    assert ANEW not in (await refreshed(noor, referral, refused)).headers


async def test_a_page_of_what_is_opened_again_gets_its_box_back(office: Office) -> None:
    visitor, referral = await office.request()
    noor = await office.colleague("Noor")
    await noor.claims(referral)
    closing = await noor.get(address(referral, "close"))
    await noor.submit(closing.form("/close"), outcome="answered")
    page = await noor.opens(referral)
    assert not page.has_form("/write")
    assert ANEW not in (await refreshed(noor, referral, page)).headers
    await visitor.says("Nog één vraag")
    assert ANEW in (await refreshed(noor, referral, page)).headers
    assert (await noor.opens(referral)).has_form("/write")
