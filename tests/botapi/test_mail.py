"""Updates wait, are fetched and are brought as Telegram does it."""

from __future__ import annotations

import asyncio

from aiohttp import web

from tests.botapi.conftest import KEYBOARD, Client, Hook
from tests.botapi.phone import Phone
from tests.botapi.server import BotApi


async def test_fetched_updates_wait_until_they_are_confirmed(phone: Phone, call: Client) -> None:
    for text in ("een", "twee"):
        await phone.say(text)
    _, first = await call("getUpdates", limit=1)
    assert await call("getUpdates", limit=1) == (200, first)
    _, second = await call("getUpdates", offset=first[0]["update_id"] + 1)
    assert [each["message"]["text"] for each in second] == ["twee"]
    assert await call("getUpdates", offset=second[0]["update_id"] + 1) == (200, [])


async def test_a_long_poll_ends_when_something_comes(
    botapi: BotApi, phone: Phone, call: Client
) -> None:
    poll = asyncio.create_task(call("getUpdates", timeout=50))
    await botapi.until_called("getUpdates")
    await phone.say("een")
    _, updates = await asyncio.wait_for(poll, 5)
    assert updates[0]["message"]["text"] == "een"


async def test_of_two_pollers_the_first_is_sent_away(botapi: BotApi, call: Client) -> None:
    botapi.allow("Conflict")
    poll = asyncio.create_task(call("getUpdates", timeout=50))
    await botapi.until_called("getUpdates")
    await call("getUpdates")
    status, why = await asyncio.wait_for(poll, 5)
    assert (status, "other getUpdates" in why) == (409, True)


async def test_nobody_fetches_beside_a_webhook(botapi: BotApi, hook: Hook, call: Client) -> None:
    botapi.allow("Conflict")
    await call("setWebhook", url=hook.url)
    status, why = await call("getUpdates")
    assert (status, "webhook is active" in why) == (409, True)
    await call("deleteWebhook")
    assert (await call("getUpdates"))[0] == 200


async def test_only_wanted_kinds_arrive(phone: Phone, call: Client) -> None:
    await call("getUpdates", allowed_updates=["callback_query"])
    await phone.say("een")
    assert await call("getUpdates") == (200, [])
    await call("getUpdates", allowed_updates=[])
    await phone.say("twee")
    await phone.block()
    assert len((await call("getUpdates"))[1]) == 2


async def test_updates_are_brought_again_until_they_are_taken(
    botapi: BotApi, phone: Phone, hook: Hook, call: Client
) -> None:
    hook.answers = [web.Response(status=503), None, web.Response(status=302)]
    await phone.say("een")
    await phone.say("twee")
    await call("setWebhook", url=hook.url, secret_token="geheim")
    await botapi.mail.settled()
    texts = [each["message"]["text"] for each in hook.updates]
    assert texts == ["een"] * 4 + ["twee"]
    assert hook.secrets == {"geheim"}
    assert [status for _, status in botapi.mail.attempts] == [503, 0, 302, 200, 200]


async def test_what_comes_after_all_was_taken_is_brought_too(
    botapi: BotApi, phone: Phone, hook: Hook, call: Client
) -> None:
    await call("setWebhook", url=hook.url)
    for number in range(20):
        await phone.say(str(number))
        await botapi.mail.settled()
    assert [each["message"]["text"] for each in hook.updates] == [str(n) for n in range(20)]


async def test_a_press_does_not_wait_for_the_messages_of_its_chat(
    botapi: BotApi, phone: Phone, hook: Hook, call: Client
) -> None:
    hook.answers = [web.Response(status=503) for _ in range(3)]
    await phone.say("/start")
    await call("sendMessage", chat_id=phone.chat.id, text="?", reply_markup=KEYBOARD)
    await phone.press("Ja")
    await call("setWebhook", url=hook.url)
    await botapi.mail.settled()
    kinds = ["message" if "message" in each else "press" for each in hook.updates[:2]]
    assert sorted(kinds) == ["message", "press"]


async def test_the_answer_of_a_webhook_is_performed(
    botapi: BotApi, phone: Phone, hook: Hook, call: Client
) -> None:
    botapi.allow("chat not found")
    await phone.say("/start")
    id = phone.chat.id
    hook.answers = [
        web.json_response({"method": "sendMessage", "chat_id": id, "text": "a"}),
        web.json_response({"method": "sendMessage", "chat_id": 5, "text": "a"}),
        web.json_response({"method": "deleteWebhook"}),
    ]
    await phone.say("een")
    await phone.say("twee")
    await call("setWebhook", url=hook.url)
    await botapi.mail.settled()
    assert [shown.text for shown in phone.chat.shown] == ["a"]
    assert botapi.mail.hook is not None


async def test_pending_updates_are_dropped_on_request_only(phone: Phone, call: Client) -> None:
    await phone.say("een")
    await call("deleteWebhook")
    assert len((await call("getUpdates"))[1]) == 1
    await call("deleteWebhook", drop_pending_updates=True)
    assert await call("getUpdates") == (200, [])
