"""One conversation at two doors, wire to wire: from Telegram to the chat page, and back."""

from __future__ import annotations

import re

import pytest

from bot.house import House
from tests.botapi.phone import Phone
from tests.journeys.desk import Desk
from tests.journeys.test_telegram import to_a_sent_request
from tests.journeys.test_web import Chat

pytestmark = pytest.mark.parametrize("receiver", ["poll"], indirect=True)


async def test_a_code_carries_a_conversation_from_telegram_to_the_page_and_back(
    house: House, phone: Phone, desk: Desk
) -> None:
    await to_a_sent_request(phone)
    for button in (
        "everywhere.go:menu",
        "welcome.menu:more",
        "welcome.more:returning",
    ):
        await phone.press(button)
        await phone.screen()
    await phone.press("returning.begin:code")
    shown = await phone.screen()
    found = re.search(r"\d{4} \d{4} \d{4} \d{4}", shown.text)
    assert found is not None
    code = found[0]
    await phone.press("returning.code:written")
    # The digits leave the chat with the screen they stood on.
    assert code not in (await phone.screen()).text
    await phone.say(code[-4:])
    await phone.screen()

    async with Chat.at(house) as chat:
        page = await chat.say(await chat.get("/chat/resume"), code)
        page = await chat.say(page, "Nu schrijf ik op de pagina.")
        at_desk = await desk.claim()
        assert "Nu schrijf ik op de pagina." in at_desk.words
        await desk.write(at_desk, "Dag, ik lees met u mee.")
        assert "Dag, ik lees met u mee." in (await chat.get("/chat")).words

        await phone.say("/start returning")
        assert "Dag, ik lees" not in (await phone.screen()).text
        await phone.say(code)
        await phone.screen()
        await desk.write(await desk.get(at_desk.address), "En nu weer in Telegram.")
        assert "En nu weer in Telegram." in (await phone.screen()).text
        page = await chat.get("/chat")
        assert "Dag, ik lees" not in page.words
        assert any("welcome.language:nl" in form.buttons for form in page.forms)
