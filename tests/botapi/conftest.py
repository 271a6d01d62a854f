"""A Bot API, somebody with a phone, a bot that makes calls by hand, and an address for updates."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any, Final

import pytest
from aiohttp import ClientSession, web

from tests.botapi.fixture import botapi, phone
from tests.botapi.server import BotApi

__all__ = ["botapi", "phone"]

Json = dict[str, Any]

KEYBOARD: Final = {"inline_keyboard": [[{"text": "Ja", "callback_data": "a.b:yes"}]]}


@dataclass(slots=True)
class Client:
    """A bot that makes calls by hand."""

    api: BotApi
    session: ClientSession

    async def __call__(self, method: str, **parameters: Any) -> tuple[int, Any]:  # noqa: ANN401
        url = f"{self.api.url}/bot{self.api.token}/{method}"
        async with self.session.post(url, json=parameters) as answer:
            body = await answer.json()
            return answer.status, body.get("result", body.get("description"))


@pytest.fixture
async def call(botapi: BotApi) -> AsyncIterator[Client]:
    async with ClientSession() as session:
        yield Client(botapi, session)


@dataclass(slots=True)
class Hook:
    """An address that updates are brought to; `answers` come first, then 200."""

    url: str = ""
    answers: list[web.Response | None] = field(default_factory=list)
    updates: list[Json] = field(default_factory=list)
    secrets: set[str] = field(default_factory=set)

    async def take(self, request: web.Request) -> web.Response:
        self.updates.append(await request.json())
        self.secrets.add(request.headers.get("X-Telegram-Bot-Api-Secret-Token", ""))
        answer = self.answers.pop(0) if self.answers else web.Response()
        if answer is None:
            assert request.transport
            request.transport.abort()
        return answer or web.Response()


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    hook = Hook()
    app = web.Application()
    app.router.add_post("/hook", hook.take)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    hook.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield hook
    await runner.cleanup()
