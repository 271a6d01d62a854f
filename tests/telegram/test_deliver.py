"""Letters reach a chat, or it is said why not."""

from __future__ import annotations

import asyncio
import logging

import pytest
from telegram import Bot
from telegram.error import ChatMigrated, TelegramError

from bot.envelopes import LetterBody
from bot.errors import Later, TokenRefused, Undelivered
from bot.telegram.deliver import Delivery, explain
from bot.telegram.request import AiohttpRequest, connected
from bot.wording import Wording
from dialogs.frozen import replace
from dialogs.screens import Button, Line, Screen
from dialogs.values import Service
from tests.botapi.phone import Phone
from tests.botapi.server import BotApi
from tests.telegram.conftest import worded

WORDING = worded(
    "nl",
    a__text="Kies iets.",
    a__other="Kies iets anders.",
    a__yes="Ja",
    a__long="lang " * 2000,
    a__empty="",
)
FIRST = Screen((Line("a.text"),), (Button("a.b", "yes", "a.yes"),))
OTHER = Screen((Line("a.other"),), (Button("a.b", "yes", "a.yes"),))
# Whether it is permanent, whether it closes the way, and whether the chat is gone.
PASSING, REFUSED = (False, False, False), (True, False, False)
BLOCKED, GONE = (True, True, False), (True, True, True)


def letter(phone: Phone, screen: Screen = FIRST, *, replaces: bool = False) -> LetterBody:
    return LetterBody(str(phone.chat.id), "nl", Service.MEDIATION, screen, replaces)


@pytest.fixture
async def chatting(phone: Phone) -> Phone:
    """Somebody who has written, so that the bot may answer."""
    await phone.say("/start")
    return phone


@pytest.fixture
def delivery(bot: Bot) -> Delivery:
    return Delivery(bot, WORDING)


async def screen_after(delivery: Delivery, letter: LetterBody, before: int | None) -> int | None:
    return (await delivery.deliver(letter, before)).screen_message


async def test_a_screen_is_a_new_message_and_is_remembered(
    delivery: Delivery, chatting: Phone
) -> None:
    remembered = await screen_after(delivery, letter(chatting), None)
    shown = await chatting.screen()
    assert shown.message_id == remembered
    assert shown.text == "Kies iets."
    assert shown.buttons == {"a.b:yes": "Ja"}
    assert not shown.edited


async def test_no_markup_and_no_preview_is_asked_for(
    botapi: BotApi, delivery: Delivery, chatting: Phone
) -> None:
    first = await screen_after(delivery, letter(chatting), None)
    await delivery.deliver(letter(chatting, OTHER, replaces=True), first)
    for call in (*botapi.called("sendMessage"), *botapi.called("editMessageText")):
        assert "parse_mode" not in call
        assert "entities" not in call
        assert call["link_preview_options"] == {"is_disabled": True}


async def test_an_answer_to_a_button_takes_the_place_of_the_screen(
    delivery: Delivery, chatting: Phone
) -> None:
    first = await screen_after(delivery, letter(chatting), None)
    second = await screen_after(delivery, letter(chatting, OTHER, replaces=True), first)
    assert second == first
    await chatting.screen()
    shown = await chatting.screen()
    assert (shown.message_id, shown.edited, shown.text) == (first, True, "Kies iets anders.")


async def test_an_answer_to_words_stands_below_them(delivery: Delivery, chatting: Phone) -> None:
    first = await screen_after(delivery, letter(chatting), None)
    second = await screen_after(delivery, letter(chatting, OTHER), first)
    assert second != first


async def test_a_result_stays_and_nothing_takes_its_place(
    delivery: Delivery, chatting: Phone
) -> None:
    first = await screen_after(delivery, letter(chatting), None)
    result = replace(OTHER, lasting=True)
    assert await screen_after(delivery, letter(chatting, result, replaces=True), first) is None
    assert [shown.edited for shown in chatting.chat.shown] == [False, False]


async def test_a_long_screen_is_new_and_its_last_message_is_remembered(
    delivery: Delivery, chatting: Phone
) -> None:
    first = await screen_after(delivery, letter(chatting), None)
    screen = replace(FIRST, lines=(Line("a.long"),))
    last = await screen_after(delivery, letter(chatting, screen, replaces=True), first)
    *_, before, shown = chatting.chat.shown
    assert (before.buttons, shown.buttons) == ({}, {"a.b:yes": "Ja"})
    assert shown.message_id == last


async def test_a_screen_that_is_shown_already_is_left_as_it_is(
    botapi: BotApi, delivery: Delivery, chatting: Phone
) -> None:
    botapi.allow("message is not modified")
    first = await screen_after(delivery, letter(chatting), None)
    assert await screen_after(delivery, letter(chatting, replaces=True), first) == first
    assert len(chatting.chat.shown) == 1


@pytest.mark.parametrize(
    "why", ["message to edit not found", "message can't be edited", "MESSAGE_ID_INVALID"]
)
async def test_a_screen_that_cannot_be_changed_is_shown_anew(
    botapi: BotApi, delivery: Delivery, chatting: Phone, why: str
) -> None:
    first = await screen_after(delivery, letter(chatting), None)
    botapi.faults.refuse(400, f"Bad Request: {why}", method="editMessageText")
    second = await screen_after(delivery, letter(chatting, OTHER, replaces=True), first)
    assert second != first
    assert [shown.text for shown in chatting.chat.shown] == ["Kies iets.", "Kies iets anders."]


async def test_a_screen_that_was_deleted_is_shown_anew(
    botapi: BotApi, delivery: Delivery, chatting: Phone
) -> None:
    botapi.allow("message to edit not found")
    first = await screen_after(delivery, letter(chatting), None)
    assert first is not None
    await chatting.delete(first)
    assert await screen_after(delivery, letter(chatting, OTHER, replaces=True), first) != first


async def test_too_many_letters_wait(botapi: BotApi, delivery: Delivery, chatting: Phone) -> None:
    botapi.faults.flood(7, chat_id=chatting.chat.id)
    with pytest.raises(Later) as caught:
        await delivery.deliver(letter(chatting), None)
    assert caught.value.seconds == 7


async def test_a_pause_that_a_proxy_asks_for_has_a_length_too(
    botapi: BotApi, delivery: Delivery, chatting: Phone
) -> None:
    botapi.faults.refuse(429, "Slow down")
    with pytest.raises(Later) as caught:
        await delivery.deliver(letter(chatting), None)
    assert caught.value.seconds > 0


async def failure(delivery: Delivery, phone: Phone) -> tuple[bool, bool, bool]:
    """Fail to deliver a letter; give what is said of that."""
    with pytest.raises(Undelivered) as caught:
        await delivery.deliver(letter(phone), None)
    return caught.value.permanent, caught.value.closes_way, caught.value.is_gone


async def test_who_blocked_the_bot_is_not_reached_any_more(
    delivery: Delivery, chatting: Phone
) -> None:
    await chatting.block()
    assert await failure(delivery, chatting) == BLOCKED


async def test_who_never_wrote_is_not_reached(
    botapi: BotApi, delivery: Delivery, phone: Phone
) -> None:
    botapi.allow("chat not found")
    assert await failure(delivery, phone) == GONE


@pytest.mark.parametrize(
    ("code", "why", "expected"),
    [
        (403, "Forbidden: user is deactivated", GONE),
        (403, "Forbidden: bot can't initiate conversation with a user", BLOCKED),
        (400, "Bad Request: PEER_ID_INVALID", GONE),
        (400, "Bad Request: BUTTON_DATA_INVALID", REFUSED),
        (500, "Internal Server Error", PASSING),
        (502, "Bad Gateway", PASSING),
        (409, "Conflict", PASSING),
    ],
)
async def test_every_refusal_says_whether_trying_again_helps(
    delivery: Delivery, chatting: Phone, code: int, why: str, expected: tuple[bool, ...]
) -> None:
    chatting.api.faults.refuse(code, why)
    assert await failure(delivery, chatting) == expected


async def test_a_broken_connection_is_tried_again(
    botapi: BotApi, delivery: Delivery, chatting: Phone
) -> None:
    botapi.faults.drop(method="sendMessage")
    assert await failure(delivery, chatting) == PASSING
    assert await screen_after(delivery, letter(chatting), None)


async def test_an_answer_that_does_not_come_is_not_waited_for(
    botapi: BotApi, chatting: Phone
) -> None:
    held = botapi.faults.hold(method="sendMessage")
    async with AiohttpRequest(answer_s=0.05) as road:
        bot = Bot(botapi.token, f"{botapi.url}/bot", request=road, get_updates_request=road)
        assert await failure(Delivery(bot, WORDING), chatting) == PASSING
    assert held.reached.is_set()


@pytest.mark.parametrize("code", [401, 404])
async def test_a_refused_token_stops_everything_and_drops_nothing(
    botapi: BotApi, delivery: Delivery, chatting: Phone, code: int
) -> None:
    botapi.faults.refuse(code, "Unauthorized")
    with pytest.raises(TokenRefused):
        await delivery.deliver(letter(chatting), None)


async def test_another_token_is_refused(botapi: BotApi, chatting: Phone) -> None:
    async with connected("2:another", botapi.url) as bot:
        with pytest.raises(TokenRefused):
            await Delivery(bot, WORDING).deliver(letter(chatting), None)


@pytest.mark.parametrize("id", ["a.unknown", "a.empty"])
async def test_a_letter_that_cannot_be_said_is_dropped_aloud(
    delivery: Delivery, chatting: Phone, caplog: pytest.LogCaptureFixture, id: str
) -> None:
    with pytest.raises(Undelivered) as caught:
        await delivery.deliver(letter(chatting, Screen((Line(id),))), None)
    assert caught.value.permanent
    assert not caught.value.closes_way
    assert [record.levelno for record in caplog.records] == [logging.ERROR]


@pytest.mark.parametrize(
    ("error", "permanent"),
    [(ChatMigrated(-100_7), True), (TelegramError("something of next year"), False)],
)
def test_errors_that_a_private_chat_does_not_cause_are_explained(
    error: TelegramError,
    permanent: bool,
) -> None:
    with pytest.raises(Undelivered) as caught:
        explain(error)
    assert caught.value.permanent is permanent


async def test_no_error_and_no_log_line_holds_the_token_the_chat_or_the_words(
    botapi: BotApi, delivery: Delivery, chatting: Phone, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    await delivery.deliver(letter(chatting), None)
    botapi.faults.drop()
    botapi.faults.refuse(500, "Internal Server Error")
    botapi.faults.refuse(400, "Bad Request: Kies iets.")
    said = []
    for _ in range(3):
        with pytest.raises(Undelivered) as caught:
            await delivery.deliver(letter(chatting), None)
        assert caught.value.__suppress_context__
        said.append(f"{caught.value!s} {caught.value!r}")
    shown = "".join(said) + caplog.text
    for secret in (botapi.token, botapi.url, str(chatting.chat.id), "Kies iets"):
        assert secret not in shown


async def test_letters_to_many_chats_travel_at_once(botapi: BotApi, bot: Bot) -> None:
    phones = [Phone.of(botapi) for _ in range(20)]
    for phone in phones:
        await phone.say("/start")
    wording: Wording = WORDING
    held = botapi.faults.hold(times=20)
    async with asyncio.TaskGroup() as letters:
        for phone in phones:
            letters.create_task(Delivery(bot, wording).deliver(letter(phone), None))
        await held.reached.wait()
        held.end()
    assert all(len(phone.chat.shown) == 1 for phone in phones)
