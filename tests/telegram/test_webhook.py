"""What is posted to the webhook, and what is answered."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientSession, web

from bot.envelopes import Envelope, Outcome
from bot.telegram.listen import Ears
from bot.telegram.webhook import LARGEST_BODY, PATH, SECRET_HEADER, Webhook
from dialogs.events import Chose, Said
from dialogs.frozen import replace
from storage.errors import Unavailable
from tests.botapi.phone import Phone
from tests.botapi.server import BotApi
from tests.telegram.conftest import Memory

SECRET = "a-secret-of-telegram"
PERSON = {"id": 5, "is_bot": False, "first_name": "Testpersoon"}
CHAT = {"id": 5, "type": "private"}
MESSAGE = {"message_id": 1, "date": 1, "chat": CHAT, "from": PERSON, "text": "geheim"}
PRESS = {"id": "55", "from": PERSON, "message": MESSAGE, "chat_instance": "1", "data": "a.b:c"}


async def served(ears: Ears) -> tuple[web.AppRunner, str]:
    app = web.Application()
    app.router.add_post(PATH, Webhook(ears, SECRET).receive)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return runner, f"http://127.0.0.1:{runner.addresses[0][1]}{PATH}"


@pytest.fixture
async def address(memory: Memory) -> AsyncIterator[str]:
    runner, url = await served(memory.ears)
    yield url
    await runner.cleanup()


@pytest.fixture
async def post(address: str) -> AsyncIterator[Post]:
    async with ClientSession() as session:
        yield Post(session, address)


class Post:
    """Posts as Telegram does, unless told to do something wrong."""

    def __init__(self, session: ClientSession, address: str) -> None:
        self._session, self._address = session, address

    async def __call__(
        self,
        body: object,
        secret: str | None = SECRET,
        kind: str = "application/json",
    ) -> tuple[int, bytes]:
        headers = {"Content-Type": kind} | ({SECRET_HEADER: secret} if secret is not None else {})
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        async with self._session.post(self._address, data=data, headers=headers) as answer:
            return answer.status, await answer.read()


def update(kind: str, part: dict[str, Any]) -> dict[str, Any]:
    return {"update_id": 7, kind: part}


async def test_a_message_is_heard_and_answered_with_nothing(post: Post, memory: Memory) -> None:
    assert await post(update("message", MESSAGE)) == (200, b"")
    assert [each.event for each in memory.envelopes] == [Said("geheim")]


async def test_a_button_press_is_answered_along(post: Post, memory: Memory) -> None:
    status, body = await post(update("callback_query", PRESS))
    assert status == 200
    assert json.loads(body) == {"method": "answerCallbackQuery", "callback_query_id": "55"}
    assert [each.event for each in memory.envelopes] == [Chose("a.b", "c")]


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "a", SECRET[:-1], "é"])
async def test_only_telegram_knows_the_secret(
    post: Post, memory: Memory, caplog: pytest.LogCaptureFixture, secret: str | None
) -> None:
    caplog.set_level(logging.DEBUG, logger="bot")
    status, _ = await post(update("message", MESSAGE), secret)
    assert status == 401
    assert memory.envelopes == []
    assert caplog.text == ""


def test_a_webhook_without_a_secret_does_not_open(memory: Memory) -> None:
    with pytest.raises(ValueError, match="secret"):
        Webhook(memory.ears, "")


def test_the_secret_does_not_show(memory: Memory) -> None:
    assert SECRET not in repr(Webhook(memory.ears, SECRET))


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{}", "text/plain", 415),
        (b"a=b", "application/x-www-form-urlencoded", 415),
        (b" " * (LARGEST_BODY + 1), "application/json", 413),
        (b"", "application/json", 400),
        (b"{{{", "application/json", 400),
        (b"[]", "application/json", 400),
        (b'"a"', "application/json", 400),
        (b'{"update_id": NaN}', "application/json", 400),
        (b'{"a": "\xff"}', "application/json", 400),
        (b"[" * 60_000, "application/json", 400),
        (b"{}", "application/json; charset=nonsense", 400),
    ],
)
async def test_what_telegram_would_not_send_is_refused_in_one_sentence(
    post: Post, memory: Memory, body: bytes, kind: str, status: int
) -> None:
    answered, text = await post(body, kind=kind)
    assert answered == status
    assert text.count(b"\n") == 1
    assert memory.envelopes == []


async def test_the_largest_update_is_taken(post: Post, memory: Memory) -> None:
    body = json.dumps(update("message", MESSAGE)).encode()
    assert (await post(body + b" " * (LARGEST_BODY - len(body))))[0] == 200
    assert len(memory.envelopes) == 1


@pytest.mark.parametrize(
    "body",
    [
        b'{"update_id": 1e999}',
        b'{"update_id": 9007199254740993}',
        rb'{"update_id": 7, "a": "\u0000"}',
        rb'{"update_id": 7, "a": "\ud800"}',
        b'{"a":' * 33 + b"1" + b"}" * 33,
        b'{"a":' * 900 + b"1" + b"}" * 900,
    ],
)
async def test_what_cannot_be_stored_is_set_aside_too_and_holds_up_nobody(
    post: Post, memory: Memory, body: bytes
) -> None:
    assert await post(body) == (200, b"")
    assert len(memory.aside) == 1
    assert memory.envelopes == []


@pytest.mark.parametrize("raw", [{}, {"update_id": 7, "message": {"text": "geheim"}}])
async def test_an_update_that_cannot_be_read_is_set_aside_and_never_comes_back(
    post: Post, memory: Memory, caplog: pytest.LogCaptureFixture, raw: dict[str, Any]
) -> None:
    assert await post(raw) == (200, b"")
    [(_, text)] = memory.aside
    assert json.loads(text) == raw
    assert "geheim" not in caplog.text


async def test_what_is_not_for_us_is_taken_and_forgotten(post: Post, memory: Memory) -> None:
    assert await post(update("poll", {"id": "1"})) == (200, b"")
    assert (memory.envelopes, memory.aside) == ([], [])


async def test_who_blocks_the_bot_closes_the_way(post: Post, memory: Memory) -> None:
    bot = {"id": 1, "is_bot": True, "first_name": "Test"}
    change = {
        "chat": CHAT,
        "from": PERSON,
        "date": 1,
        "old_chat_member": {"user": bot, "status": "member"},
        "new_chat_member": {"user": bot, "status": "kicked", "until_date": 0},
    }
    assert await post(update("my_chat_member", change)) == (200, b"")
    assert [sender.address for sender in memory.closed] == ["5"]


@pytest.mark.parametrize("trouble", [Unavailable("away"), RuntimeError("geheim")])
async def test_what_cannot_be_kept_now_is_asked_for_again(
    post: Post, memory: Memory, caplog: pytest.LogCaptureFixture, trouble: Exception
) -> None:
    memory.trouble.append(trouble)
    status, _ = await post(update("callback_query", PRESS))
    assert status == 503
    assert (await post(update("callback_query", PRESS)))[0] == 200
    assert "geheim" not in caplog.text


async def test_telegram_is_not_kept_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.telegram.webhook.PATIENCE_S", 0.05)
    never = asyncio.Event()

    async def hear(_: Envelope) -> Outcome:
        await never.wait()
        raise AssertionError

    memory = Memory()
    runner, url = await served(replace(memory.ears, hear=hear))
    async with ClientSession() as session:
        assert (await Post(session, url)(update("message", MESSAGE)))[0] == 503
    await runner.cleanup()


async def test_other_methods_are_not_there(address: str) -> None:
    async with ClientSession() as session, session.get(address) as answer:
        assert answer.status == 405


async def test_telegram_itself_is_understood(
    botapi: BotApi, phone: Phone, memory: Memory, address: str
) -> None:
    await botapi.mail.set_hook({"url": address, "secret_token": SECRET})
    memory.trouble.append(Unavailable("away"))
    await phone.say("hallo")
    await botapi.mail.settled()
    assert [status for _, status in botapi.mail.attempts] == [503, 200]
    assert [each.event for each in memory.envelopes] == [Said("hallo")]
