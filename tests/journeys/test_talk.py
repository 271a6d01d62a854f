"""A talk with one's administrator went wrong: what was agreed, a text of one's own, the office."""

from __future__ import annotations

from bot.house import House
from dialogs.values import Service
from tests.databases import rows_of
from tests.journeys.desk import Desk
from tests.journeys.doors import ONE_HOUSE, STANDING, OnPhone, Visitor, kept

pytestmark = ONE_HOUSE

HAPPENED, POINT = "Sterrenstof en ik kregen ruzie.", "Waarom is mijn leefgeld minder?"
TO_A_TALK = ("welcome.language:nl", "welcome.menu:talk")
TO_A_TEXT = (
    *(*TO_A_TALK, "talk.begin:agreements", "talk.agreements:prepare", "talk.prepare:go_on"),
    *("consent.age:yes", "consent.letter:yes", "talk.questions:go_on"),
    "talk.listener:administrator",
)
TO_THE_OFFICE = (
    *("talk.review:pass_on", "talk.passing:go_on", "consent.data_for_text:yes"),
    "talk.review:pass_on",
)


async def prepares_a_text(visitor: Visitor) -> None:
    await visitor.comes("client")
    await visitor.presses(*TO_A_TEXT)
    await visitor.says(HAPPENED, POINT)


async def test_a_text_is_prepared_taken_along_and_handed_to_the_office(
    visitor: Visitor, house: House, desk: Desk
) -> None:
    await prepares_a_text(visitor)
    await visitor.presses("talk.review:take_along")
    text = (await visitor.fetches("txt")).decode()
    assert HAPPENED in text
    assert POINT in text
    assert (await visitor.fetches("pdf")).startswith(b"%PDF-")
    assert "referral" not in await kept(house)

    copy = visitor.copy
    await visitor.presses("copies.ready:keep", *TO_THE_OFFICE)
    page = await desk.claim()
    assert HAPPENED in page.words
    assert POINT in page.words
    assert "Mijn bewindvoerder" in page.words
    # The text is the office's now: what was fetched before fetches nothing any more.
    assert HAPPENED not in (await visitor.browser.get(copy)).words
    await visitor.hears("Collega Een")
    await desk.write(page, "Dank u. Ik leg het u uit.")
    await visitor.hears("Ik leg het u uit.")


async def test_a_text_that_is_stopped_is_kept_nowhere(visitor: Visitor, house: House) -> None:
    await prepares_a_text(visitor)
    # On one's own page one sees what one typed; a chat in Telegram never repeats it.
    assert (POINT in visitor.text) is not isinstance(visitor, OnPhone)
    await visitor.presses("talk.review:take_along")
    copy = visitor.copy
    await visitor.presses("everywhere.go:stop")
    assert POINT not in (await visitor.browser.get(copy)).words
    # What is left of the copy is the hash of its ticket, for a quarter of an hour.
    assert await kept(house) == {"consent", "copy"}
    assert await rows_of(house.database, STANDING) == []


async def test_a_decision_is_explained_and_the_same_question_again_is_answered_kindly(
    visitor: Visitor, desk: Desk
) -> None:
    await visitor.comes("client")
    await visitor.presses(
        *(*TO_A_TALK, "talk.begin:explanation", "consent.before_client:go_on"),
        *("consent.age:yes", "consent.data:yes", "consent.contact:no", "intake.begin:go_on"),
        *("intake.name:skip", "intake.tongue:skip", "intake.support:skip"),
        "intake.matter:decision",
    )
    await visitor.says("Het besluit over mijn leefgeld.", POINT)
    await visitor.presses("intake.review:send")
    page = await desk.claim()
    await visitor.hears()
    assert "Het besluit over mijn leefgeld." in page.words
    assert POINT in page.words
    await desk.close(page, "Er was een hoge rekening.")
    await visitor.hears("Er was een hoge rekening.")
    await visitor.presses("everywhere.go:menu", "welcome.menu:talk", "talk.begin:explanation")
    assert visitor.reads("talk.again.same", Service.ADMINISTRATION)
    await visitor.presses("talk.again:changed")
    assert "consent.before_client:go_on" in visitor.buttons
