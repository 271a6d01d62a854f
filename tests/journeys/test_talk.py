"""A talk with one's administrator went wrong: what was agreed, a text of one's own, the office."""

from __future__ import annotations

import re

import pytest

from bot.house import House
from tests.botapi.phone import Phone
from tests.databases import rows_of
from tests.journeys.desk import Desk
from tests.journeys.test_roles import begin, press
from tests.journeys.test_web import Chat

pytestmark = pytest.mark.parametrize("receiver", ["poll"], indirect=True)

HAPPENED, POINT = "Sterrenstof en ik kregen ruzie.", "Waarom is mijn leefgeld minder?"
TO_A_TEXT = (
    *("welcome.role:other", "welcome.other_role:client", "welcome.menu:talk"),
    *("talk.begin:agreements", "talk.agreements:prepare", "talk.prepare:go_on"),
    *("consent.age:yes", "consent.letter:yes", "talk.questions:go_on"),
    "talk.listener:administrator",
)
TO_THE_OFFICE = (
    *("talk.review:pass_on", "talk.passing:go_on", "consent.data_for_text:yes"),
    "talk.review:pass_on",
)
REFERRALS = "SELECT id FROM referral"


async def test_a_text_is_prepared_taken_along_and_handed_to_the_office(
    house: House, desk: Desk
) -> None:
    async with Chat.at(house) as chat:
        page = await chat.walk("welcome.language:nl", *TO_A_TEXT)
        page = await chat.say(page, HAPPENED)
        page = await chat.say(page, POINT)
        page = await chat.press(page, "talk.review:take_along")
        found = re.search(r'href="(/copies/[\w-]+)"', page.html)
        assert found, page.words
        copy = await chat.get(found[1])
        assert HAPPENED in copy.words
        assert POINT in copy.words
        async with chat.session.get(f"{found[1]}/pdf") as answer:
            assert (await answer.read()).startswith(b"%PDF-")
        assert await rows_of(house.database, REFERRALS) == []

        page = await chat.press(await chat.get("/chat"), "copies.ready:back")
        for button in TO_THE_OFFICE:
            page = await chat.press(page, button)
        at_desk = await desk.claim()
        assert HAPPENED in at_desk.words
        assert POINT in at_desk.words
        assert "Mijn bewindvoerder" in at_desk.words
        # The text is the office's now: what was fetched before fetches nothing any more.
        assert HAPPENED not in (await chat.get(found[1])).words
        await desk.write(at_desk, "Dank u. Ik leg het u uit.")
        assert "Ik leg het u uit." in (await chat.get("/chat")).words


async def test_a_text_that_is_stopped_is_kept_nowhere(house: House, phone: Phone) -> None:
    await begin(phone)
    await press(phone, *TO_A_TEXT)
    await phone.say(HAPPENED)
    await phone.screen()
    await phone.say(POINT)
    shown = await phone.screen()
    # A chat in Telegram never repeats what somebody typed.
    assert POINT not in shown.text
    await press(phone, "talk.review:take_along", "everywhere.go:stop")
    assert await rows_of(house.database, REFERRALS) == []
    assert await rows_of(house.database, "SELECT id FROM consent WHERE ended_at IS NULL") == []


async def test_a_decision_is_explained_and_the_same_question_again_is_answered_kindly(
    phone: Phone, desk: Desk
) -> None:
    await begin(phone)
    await press(
        phone,
        *TO_A_TEXT[:3],
        *("talk.begin:explanation", "consent.before_client:go_on", "consent.age:yes"),
        *("consent.data:yes", "consent.contact:no", "intake.begin:go_on", "intake.name:skip"),
        *("intake.tongue:skip", "intake.support:skip", "intake.matter:decision"),
    )
    await phone.say("Het besluit over mijn leefgeld.")
    await phone.screen()
    await phone.say(POINT)
    await phone.screen()
    await press(phone, "intake.review:send")
    page = await desk.claim()
    await phone.screen()
    assert "Het besluit over mijn leefgeld." in page.words
    assert POINT in page.words
    await desk.close(page, "Er was een hoge rekening.")
    assert "Er was een hoge rekening." in (await phone.screen()).text
    await press(phone, "everywhere.go:menu", "welcome.menu:talk")
    await phone.press("talk.begin:explanation")
    again = await phone.screen()
    assert "nog hetzelfde" in again.text
    await phone.press("talk.again:changed")
    assert "consent.before_client:go_on" in (await phone.screen()).buttons
