"""A chat at Telegram keeps words for less than a day, and none of whoever erases everything."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.announcer import CHATS
from bot.house import House
from bot.terms import IN_CHAT
from dialogs.values import Service
from tests.botapi.phone import Phone
from tests.botapi.server import PATIENCE_S, BotApi
from tests.houses import StillClock
from tests.journeys.desk import Desk
from tests.journeys.test_telegram import STORY, to_a_sent_request

REPLY = "Dag, ik lees met u mee."


@pytest.fixture
def receiver() -> str:
    """How updates arrive makes no difference to what is taken out."""
    return "webhook"


async def until(phone: Phone, is_so: Callable[[], bool]) -> None:
    changed = phone.api.chats.changed
    async with asyncio.timeout(PATIENCE_S), changed:
        await changed.wait_for(is_so)


def texts(phone: Phone) -> list[str]:
    return [message.text or "" for message in phone.chat.messages.values()]


def by_the_person(phone: Phone) -> int:
    return sum(not message.by_bot for message in phone.chat.messages.values())


async def writes_and_is_answered(botapi: BotApi, phone: Phone, desk: Desk) -> None:
    await to_a_sent_request(phone)
    page = await desk.claim()
    await phone.screen()
    await phone.say(STORY)
    await botapi.mail.settled()
    await desk.write(page, REPLY)
    assert REPLY in (await phone.screen()).text
    # The next letter goes only when this one is noted.
    await phone.press("everywhere.go:menu")
    await phone.screen()


async def test_what_was_written_goes_from_the_chat_before_a_day_is_over(
    botapi: BotApi, phone: Phone, desk: Desk, house: House, clock: StillClock
) -> None:
    await writes_and_is_answered(botapi, phone, desk)
    assert by_the_person(phone) > 0
    # Half an hour before a day is over; the reply came a little later than the rest.
    clock.pass_by(IN_CHAT + timedelta(minutes=1))
    house.announcer.announce(CHATS)
    await until(phone, lambda: not by_the_person(phone) and REPLY not in "".join(texts(phone)))
    faded = house.wording.text("nl", Service.MEDIATION, "everywhere.faded")
    assert faded is not None
    assert [faded in text for text in texts(phone)].count(True) == 1
    await phone.press("everywhere.go:rights")
    assert (await phone.screen()).message_id in phone.chat.messages


async def test_who_erases_everything_has_an_empty_chat(
    botapi: BotApi, phone: Phone, desk: Desk
) -> None:
    await writes_and_is_answered(botapi, phone, desk)
    await phone.say("/forget")
    while "rights.overview:erase" not in (await phone.screen()).buttons:
        pass
    await phone.press("rights.overview:erase")
    await until(phone, lambda: len(phone.chat.messages) == 1)
    (last,) = texts(phone)
    assert "gewist" in last
