"""Calls are taken and refused, and go wrong on request, as with Telegram."""

from __future__ import annotations

import asyncio
import json

import pytest
from aiohttp import ClientError, FormData

from tests.botapi.chats import Json
from tests.botapi.conftest import KEYBOARD, Client
from tests.botapi.phone import Phone
from tests.botapi.server import BotApi


async def test_calls_come_in_the_address_in_json_or_in_a_form(
    botapi: BotApi, phone: Phone, call: Client
) -> None:
    await phone.say("/start")
    parameters = {"chat_id": str(phone.chat.id), "text": "a", "reply_markup": json.dumps(KEYBOARD)}
    url = f"{botapi.url}/bot{botapi.token}/sendMessage"
    multipart = FormData(parameters, default_to_multipart=True)
    async with (
        call.session.get(url, params=parameters) as first,
        call.session.post(url, data=parameters) as second,
        call.session.post(url, json=parameters) as third,
        call.session.post(url, data=multipart) as fourth,
    ):
        assert [each.status for each in (first, second, third, fourth)] == [200] * 4
    assert [shown.buttons for shown in phone.chat.shown] == [{"a.b:yes": "Ja"}] * 4


async def test_a_wrong_token_is_refused(botapi: BotApi, call: Client) -> None:
    async with call.session.get(f"{botapi.url}/bot2:wrong/getMe") as answer:
        assert answer.status == 401


async def test_every_mistake_is_noted(botapi: BotApi, phone: Phone, call: Client) -> None:
    await phone.say("/start")
    id = phone.chat.id
    mine = (await call("sendMessage", chat_id=id, text="a"))[1]["message_id"]
    theirs = await phone.say("b")
    other = Phone.of(botapi)
    await other.say("/start")
    wrong: list[tuple[str, Json, str]] = [
        ("sendMessage", {"chat_id": 5, "text": "a"}, "chat not found"),
        ("sendMessage", {"chat_id": "@nobody", "text": "a"}, "chat not found"),
        ("sendMessage", {"chat_id": id, "text": " \n"}, "text is empty"),
        ("sendMessage", {"chat_id": id}, "text is missing"),
        ("editMessageText", {"chat_id": id, "message_id": mine, "text": "a"}, "not modified"),
        ("editMessageText", {"chat_id": id, "message_id": 999, "text": "b"}, "to edit not found"),
        ("editMessageText", {"chat_id": id, "message_id": theirs, "text": "a"}, "can't be edited"),
        ("editMessageText", {"chat_id": other.chat.id, "message_id": mine, "text": "b"}, "to edit"),
        ("deleteMessage", {"chat_id": id, "message_id": 999}, "to delete not found"),
        ("answerCallbackQuery", {"callback_query_id": "5"}, "query is too old"),
        ("setMyCommands", {"commands": [{"command": "A", "description": "a"}]}, "COMMAND_INVALID"),
        ("setWebhook", {"url": "http://example.org"}, "HTTPS"),
        ("sendDice", {"chat_id": id}, "missing in tests"),
        ("noSuchThing", {}, "no method"),
    ]
    blank = {"inline_keyboard": [[{"text": " ", "callback_data": "a"}]]}
    wrong.append(("sendMessage", {"chat_id": id, "text": "a", "reply_markup": blank}, "non-empty"))
    for method, parameters, why in wrong:
        status, description = await call(method, **parameters)
        assert status in {400, 501}
        assert why in description
    assert len(botapi.mistakes) == len(wrong)
    botapi.allow("")
    assert botapi.mistakes == []


async def test_a_message_is_sent_changed_and_deleted(phone: Phone, call: Client) -> None:
    id, theirs = phone.chat.id, await phone.say("/start")
    _, sent = await call("sendMessage", chat_id=id, text=" a ", reply_markup=KEYBOARD)
    at = {"chat_id": id, "message_id": sent["message_id"]}
    assert (sent["text"], sent["reply_markup"]) == ("a", KEYBOARD)
    _, edited = await call("editMessageText", **at, text="b", reply_markup=KEYBOARD)
    assert edited["edit_date"] > edited["date"]
    await call("editMessageReplyMarkup", **at)
    shown = [await phone.screen() for _ in range(3)]
    assert [(each.text, len(each.buttons)) for each in shown] == [("a", 1), ("b", 1), ("b", 0)]
    assert await call("deleteMessages", chat_id=id, message_ids=[theirs]) == (200, True)
    assert await call("deleteMessage", **at) == (200, True)
    assert phone.chat.messages == {}


async def test_the_bot_is_known_and_may_seem_to_type(phone: Phone, call: Client) -> None:
    await phone.say("/start")
    assert (await call("getMe"))[1]["username"] == "test_bot"
    assert await call("sendChatAction", chat_id=phone.chat.id, action="typing") == (200, True)
    assert (await call("getWebhookInfo"))[1]["pending_update_count"] == 1


async def test_a_press_can_be_answered_and_waited_for(
    botapi: BotApi, phone: Phone, call: Client
) -> None:
    await phone.say("/start")
    await call("sendMessage", chat_id=phone.chat.id, text="?", reply_markup=KEYBOARD)
    for press in (await phone.press("Ja"), await phone.press("a.b:yes"), await phone.forge("x")):
        await call("answerCallbackQuery", callback_query_id=press)
        await botapi.answered(press)
    _, updates = await call("getUpdates")
    assert [each["callback_query"]["data"] for each in updates[1:]] == ["a.b:yes", "a.b:yes", "x"]
    with pytest.raises(AssertionError, match="no button Nee"):
        await phone.press("Nee")


async def test_who_blocks_the_bot_gets_nothing_until_they_unblock_it(
    botapi: BotApi, phone: Phone, call: Client
) -> None:
    await phone.say("/start")
    await phone.block()
    status, why = await call("sendMessage", chat_id=phone.chat.id, text="a")
    assert (status, "blocked by the user" in why) == (403, True)
    await phone.unblock()
    assert (await call("sendMessage", chat_id=phone.chat.id, text="a"))[0] == 200
    assert botapi.mistakes == []


async def test_what_a_phone_can_do_is_as_telegram_reports_it(
    botapi: BotApi, phone: Phone, call: Client
) -> None:
    written = await phone.say("een")
    await phone.edit(written, "twee")
    await phone.send({"location": {"latitude": 1.0, "longitude": 1.0}})
    await call("sendMessage", chat_id=phone.chat.id, text="?", reply_markup=KEYBOARD)
    await phone.press("Ja", is_old=True)
    await phone.repeat()
    group = Phone.in_group(botapi)
    await group.add_bot()
    await group.say("/start")
    _, updates = await call("getUpdates")
    kinds = [next(key for key in each if key != "update_id") for each in updates]
    assert kinds == [
        "message",
        "edited_message",
        "message",
        "callback_query",
        "callback_query",
        "my_chat_member",
        "message",
    ]
    assert updates[3]["callback_query"]["message"]["date"] == 0
    assert updates[3] == updates[4]
    assert updates[6]["message"]["chat"]["type"] == "group"
    assert "person: een" in phone.transcript


async def test_what_goes_wrong_is_ordered(botapi: BotApi, phone: Phone, call: Client) -> None:
    other = Phone.of(botapi)
    await phone.say("/start")
    await other.say("/start")
    botapi.faults.flood(3, method="sendMessage", chat_id=phone.chat.id, times=2)
    botapi.faults.refuse(500, "Internal Server Error", method="getMe")
    assert (await call("sendMessage", chat_id=other.chat.id, text="a"))[0] == 200
    for _ in range(2):
        assert (await call("sendMessage", chat_id=phone.chat.id, text="a"))[0] == 429
    assert (await call("sendMessage", chat_id=phone.chat.id, text="a"))[0] == 200
    assert (await call("getMe"))[0] == 500
    assert (await call("getMe"))[0] == 200
    assert botapi.mistakes == []


async def test_a_lost_call_is_not_done_and_a_lost_answer_is(
    botapi: BotApi, phone: Phone, call: Client
) -> None:
    await phone.say("/start")
    for order, shown in ((botapi.faults.drop, 0), (botapi.faults.lose, 1)):
        order(method="sendMessage")
        with pytest.raises(ClientError):
            await call("sendMessage", chat_id=phone.chat.id, text="a")
        assert len(phone.chat.shown) == shown


async def test_somebody_is_kept_waiting_until_the_test_says_so(
    botapi: BotApi, phone: Phone, call: Client
) -> None:
    await phone.say("/start")
    held = botapi.faults.hold(method="sendMessage")
    task = asyncio.create_task(call("sendMessage", chat_id=phone.chat.id, text="a"))
    await held.reached.wait()
    assert phone.chat.shown == []
    held.end()
    assert (await task)[0] == 200


async def test_a_screen_that_does_not_come_is_a_failure_with_a_transcript(
    phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.botapi.phone.PATIENCE_S", 0.01)
    await phone.say("hallo")
    with pytest.raises(AssertionError, match="person: hallo"):
        await phone.screen()
