"""A person in Telegram and a colleague at the desk, from the first message to the closed case."""

from __future__ import annotations

import pytest

from tests.botapi.phone import Phone
from tests.botapi.server import BotApi
from tests.journeys.desk import Desk
from tests.presses import INFORMED

STORY = "Sterrenstof vraagt of het morgen kan."


async def to_a_sent_request(phone: Phone, language: str = "nl", role: str = "victim") -> None:
    await phone.say("/start")
    await phone.screen()
    for button in (
        f"welcome.language:{language}",
        f"welcome.role:{role}",
        "welcome.menu:request",
        *INFORMED,
        "consent.age:yes",
        "consent.data:yes",
        "consent.contact:yes",
        "intake.begin:go_on",
        "intake.way:phone",
    ):
        await phone.press(button)
        await phone.screen()
    await phone.say("06 12345678")
    await phone.screen()
    for button in ("intake.safe_to_call:yes", "intake.shared_phone:enough", "intake.review:send"):
        await phone.press(button)
        await phone.screen()


@pytest.mark.parametrize("language", ["nl", "en"])
async def test_from_the_first_message_to_the_closed_case(
    botapi: BotApi, phone: Phone, desk: Desk, language: str
) -> None:
    await to_a_sent_request(phone, language)
    waiting = await desk.queue()
    assert "06 12345678" not in waiting.words
    page = await desk.claim()
    assert "06 12345678" not in page.words
    page = await desk.submit(page.form("/show"), read="yes", reason="appointment")
    assert "06 12345678" in page.words
    taken = await phone.screen()
    assert "Collega Een" in taken.text

    await phone.say(STORY)
    await botapi.mail.settled()
    page = await desk.get(page.address)
    assert STORY in page.words

    page = await desk.write(page, "Dag, ik lees met u mee.")
    assert "Dag, ik lees met u mee." in page.words
    reply = await phone.screen()
    assert "Dag, ik lees met u mee." in reply.text

    page = await desk.close(page, "Dank voor het gesprek.")
    assert "Dank voor het gesprek." in (await phone.screen()).text
    assert (await desk.queue("mine")).words.count("Dank") == 0
    assert_nothing_is_repeated(botapi)
    assert_nobody_else_is_written_to(botapi, phone)


def assert_nobody_else_is_written_to(botapi: BotApi, phone: Phone) -> None:
    chats = {call.parameters.get("chat_id") for call in botapi.calls}
    assert {str(chat) for chat in chats if chat is not None} == {str(phone.chat.id)}


def assert_nothing_is_repeated(botapi: BotApi) -> None:
    said = "\n".join(str(call) for call in botapi.calls)
    assert "Sterrenstof" not in said
    assert "12345678" not in said
