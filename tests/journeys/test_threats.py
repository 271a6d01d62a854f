"""Somebody types a threat: one sentence, the ways to help, a colleague who sees it, no argument."""

from __future__ import annotations

import pytest

from bot.house import House
from tests.botapi.phone import Phone
from tests.botapi.server import BotApi
from tests.databases import rows_of
from tests.journeys.desk import Desk
from tests.journeys.test_telegram import to_a_sent_request
from tests.journeys.test_web import Chat
from tests.presses import INFORMED

pytestmark = pytest.mark.parametrize("receiver", ["poll"], indirect=True)

THREAT = "Sterrenstof: als u nee zegt, sla ik die bemiddelaar voor zijn kop"
HELP = {"everywhere.go:urgent", "everywhere.go:human", "everywhere.go:stop"}


async def test_a_threat_to_staff_is_flagged_at_the_desk_and_help_stays_open(
    botapi: BotApi, phone: Phone, desk: Desk
) -> None:
    await to_a_sent_request(phone)
    assert "dreiging" not in (await desk.queue()).words
    await phone.say(THREAT)
    shown = await phone.screen()
    assert "Dreigen mag niet." in shown.text
    assert "112" in shown.text
    assert HELP | {"urgent.boundary:back"} <= set(shown.buttons)
    assert "dreiging" in (await desk.queue()).words
    page = await desk.claim()
    await phone.screen()
    assert THREAT in page.words
    assert "typte iets dat op een dreigement lijkt" in page.words

    # Nothing is taken away: the conversation goes on, and a colleague answers as ever.
    await phone.say("Sorry. Ik ben boos.")
    assert "Collega Een" in (await phone.screen()).text
    page = await desk.get(page.address)
    assert "Sorry. Ik ben boos." in page.words
    await desk.write(page, "Dat mag. Ik bel u niet meer vandaag.")
    assert "Dat mag." in (await phone.screen()).text
    assert "Sterrenstof" not in "\n".join(str(call) for call in botapi.calls)


async def test_a_threat_on_the_chat_page_is_answered_and_flagged(house: House, desk: Desk) -> None:
    async with Chat.at(house) as chat:
        page = await chat.walk(
            *("welcome.language:nl", "welcome.role:victim", "welcome.menu:request", *INFORMED),
            *("consent.age:yes", "consent.data:yes", "consent.contact:no", "intake.begin:go_on"),
            *("intake.name:enough", "intake.review:send"),
        )
        page = await chat.say(page, THREAT)
        assert "Dreigen mag niet." in page.words
        assert {button for form in page.forms for button in form.buttons} >= HELP
        page = await chat.press(page, "urgent.boundary:back")
        assert "Dreigen mag niet." not in page.words
    assert "dreiging" in (await desk.queue()).words
    assert THREAT in (await desk.claim()).words


async def test_a_threat_before_any_request_is_answered_and_kept_nowhere(
    house: House, phone: Phone
) -> None:
    await phone.say("/start")
    await phone.screen()
    await phone.press("welcome.language:nl")
    await phone.screen()
    await phone.say(THREAT)
    assert "Dreigen mag niet." in (await phone.screen()).text
    await phone.press("urgent.boundary:back")
    assert "welcome.role:victim" in (await phone.screen()).buttons
    assert await rows_of(house.database, "SELECT id FROM referral") == []
    assert await rows_of(house.database, "SELECT id FROM message") == []
