"""The Bot API for a test, and how it is used.

Make the fixtures known in the folder's `conftest.py`:

    from tests.botapi.fixture import botapi, phone

`botapi` is a server on `botapi.url`, which is what `BOT_API_URL` is set to; `botapi.token` is the
token that it takes. With `PUBLIC_URL` set to the bot's own `http://127.0.0.1:<port>` it brings
updates there; otherwise they are fetched. `phone` is somebody who has not written yet; more people
come from `Phone.of(botapi, "Testpersoon Twee", language="en")`, groups from `Phone.in_group`.

    await phone.say("/start")
    screen = await phone.screen()              # the next new or changed message
    await phone.press("welcome.role:victim")   # by data or by label
    assert "consent.data:yes" in (await phone.screen()).buttons
    print(phone.transcript)

What goes wrong is ordered beforehand; without `method` or `chat_id` it strikes the next call:

    botapi.faults.flood(3, chat_id=phone.chat.id)
    botapi.faults.refuse(500, "Internal Server Error", method="sendMessage", times=2)
    botapi.faults.drop(method="sendMessage")   # the call is lost; `lose`: only its answer is
    held = botapi.faults.hold(method="sendMessage"); await held.reached.wait(); held.end()
    await phone.block()                        # and 403 to everything until `unblock`

`botapi.mail.settled()` waits until every update is confirmed; `botapi.mail.attempts` lists what the
webhook was brought, with the status of each answer; `phone.repeat()` brings the last update again;
`botapi.calls` and `botapi.called("sendMessage")` are what came in; `botapi.until_called` waits for
the next.

A test fails when the bot did something that Telegram refuses, unless it says so beforehand:

    botapi.allow("message is not modified")
"""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.botapi.phone import Phone
from tests.botapi.server import BotApi


@pytest.fixture
async def botapi() -> AsyncIterator[BotApi]:
    """A Bot API server of its own for each test."""
    async with BotApi() as api:
        yield api
    assert api.mistakes == []


@pytest.fixture
def phone(botapi: BotApi) -> Phone:
    """Somebody with a phone."""
    return Phone.of(botapi, "Testpersoon Een")
