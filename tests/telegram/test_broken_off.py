"""A letter of several messages that breaks off leaves none of them in the chat."""

from __future__ import annotations

import pytest
from telegram import Bot

from bot.courier import Courier
from bot.envelopes import Brought, LetterBody
from bot.errors import Later
from bot.house import House
from bot.telegram.deliver import Delivery
from dialogs.frozen import replace
from dialogs.screens import Line
from storage.doors import Door
from tests.botapi.phone import Phone
from tests.botapi.server import BotApi
from tests.databases import rows_of
from tests.houses import Visitor
from tests.telegram.test_deliver import FIRST, WORDING, letter

LONG = replace(FIRST, lines=(Line("a.long"),))


@pytest.fixture
async def chatting(phone: Phone) -> Phone:
    await phone.say("/start")
    return phone


async def test_what_is_left_in_the_chat_is_told(botapi: BotApi, bot: Bot, chatting: Phone) -> None:
    botapi.faults.flood(7, chat_id=chatting.chat.id, after=1)
    with pytest.raises(Later) as caught:
        await Delivery(bot, WORDING).deliver(letter(chatting, LONG), None)
    (shown,) = chatting.chat.shown
    assert caught.value.left == (shown.message_id,)


async def test_what_is_left_in_the_chat_is_to_go_at_once(house: House) -> None:
    await Visitor(house, Door.TELEGRAM).starts()

    async def breaks_off(_letter: LetterBody, _screen: int | None) -> Brought:
        error = Later(7)
        error.left = (41,)
        raise error

    courier = Courier(house.database, house.keystore, house.clock, house.announcer, breaks_off)
    await courier.round()
    gone = await rows_of(house.database, "SELECT number FROM trace WHERE due_at IS NOT NULL")
    assert gone == [(41,)]
