"""Telegram in the loop of a history: calls get lost; updates come late, twice, in another order."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from random import Random
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from aiohttp import ClientSession
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.telegram.deliver import NOT_MODIFIED
from bot.telegram.request import AiohttpRequest, _told
from tests.botapi.chats import Json, Refused
from tests.botapi.mail import Mail, Waiting
from tests.botapi.server import BotApi
from tests.simulation.faults import Fault, Faults

ON_THE_ROAD_S = 0.2
A_PAUSE_S = 3
OK = 200
SHOWS = frozenset({"sendMessage", "editMessageText"})
# How often a postman is not heard, brings something again that was taken, or takes another way.
UNHEARD, AGAIN, ASIDE = 0.1, 0.1, 0.2

Take = Callable[[Json], Awaitable[int]]
"""Takes an update in; gives the status of the answer, 0 for none."""


class Road(AiohttpRequest):
    """The road to Telegram, on which calls get lost."""

    def __init__(self, api: BotApi, faults: Faults, lots: Random) -> None:
        super().__init__()
        self._api, self._faults, self._lots = api, faults, lots
        self.shown = 0

    async def initialize(self) -> None:
        """Need no connection."""

    async def shutdown(self) -> None:
        """Have none to close."""

    async def do_request(  # noqa: PLR0917 - the signature is the library's
        self,
        url: str,
        method: str,  # noqa: ARG002
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
        write_timeout: object = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
        connect_timeout: object = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
        pool_timeout: object = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
    ) -> tuple[int, bytes]:
        address = urlsplit(url)
        name = address.path.rpartition("/")[2]
        asked = json.loads(request_data.json_payload) if request_data else {}
        await asyncio.sleep(self._lots.random() * ON_THE_ROAD_S)
        return await self._called(name, dict(parse_qsl(address.query)) | asked)

    async def _called(self, name: str, asked: Mapping[str, Any]) -> tuple[int, bytes]:
        match self._faults.at_call():
            case Fault.DROPPED:
                raise NetworkError("No connection to Telegram")
            case Fault.BROKEN:
                return _told(502, b"<html>Bad Gateway</html>")
            case Fault.FLOODED:
                refused = Refused(429, "Too Many Requests", retry_after=A_PAUSE_S)
                return _told(429, _refusal(refused))
            case Fault.LOST:
                await self._performed(name, asked)
                raise TimedOut
            case _:
                return await self._performed(name, asked)

    async def _performed(self, name: str, asked: Mapping[str, Any]) -> tuple[int, bytes]:
        try:
            result = await self._api.perform(name, asked)
        except Refused as refused:
            self.shown += NOT_MODIFIED in refused.description
            return _told(refused.code, _refusal(refused))
        self.shown += name in SHOWS
        return 200, json.dumps({"ok": True, "result": result}).encode()


class Postmen(Mail):
    """Updates that are brought: again when nobody answered, and sometimes when somebody did."""

    def __init__(self, api: BotApi, take: Take, lots: Random) -> None:
        super().__init__(api.perform)
        self._take, self._lots = take, lots

    async def push(self, kind: str, part: Json, queue: str) -> Json:
        """Let one update after the other wait for each other, or one pass by those before it."""
        way = "aside" if self._lots.random() < ASIDE else "straight"
        return await super().push(kind, part, f"{queue} {way}")

    async def _bring(self, _session: ClientSession, update: Waiting) -> int:
        await asyncio.sleep(self._lots.random() * ON_THE_ROAD_S)
        status = await self._take(update.body)
        await asyncio.sleep(self._lots.random() * ON_THE_ROAD_S)
        if self._lots.random() < UNHEARD:
            return 0
        if status == OK and self._lots.random() < AGAIN:
            await self.repeat(update.body, f"{update.queue} again")
        return status


def _refusal(refused: Refused) -> bytes:
    described = {"error_code": refused.code, "description": refused.description}
    return json.dumps({"ok": False, "parameters": refused.parameters, **described}).encode()
