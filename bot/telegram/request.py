"""The road to Telegram: the library's calls over aiohttp, on warm connections.

Nothing that is raised here names the address that was called, for it holds the token, nor what was
sent or answered, for that holds what people wrote.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Any, Final, cast

from aiohttp import ClientError, ClientSession, ClientTimeout, DummyCookieJar, TCPConnector
from msgspec.json import encode
from telegram import Bot
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.json_limits import read_kindly
from bot.telegram.pace import Pace
from dialogs.frozen import Frozen

TELEGRAM: Final = "https://api.telegram.org"

CONNECT_S: Final = 5.0
ANSWER_S: Final = 10.0
# Twice as many letters a second as Telegram takes can be on the road at once.
CONNECTIONS: Final = 64
# Telegram always says how long to wait; a proxy in between may not.
PAUSE_S: Final = 5.0


class Flooded(TelegramError):
    """Telegram asks for a pause, in seconds.

    The library's own error for this warns about itself on every use.
    """

    def __init__(self, seconds: float) -> None:
        """Keep for how long."""
        super().__init__("Too many calls")
        self.seconds = seconds


class Said(Frozen):
    """What a call says, as far as the road asks: JSON as it is sent, and the chat it goes to.

    The library's own wraps each value in an object, and writes what is in it as JSON in JSON.
    """

    parameters: Mapping[str, object]

    @property
    def json_payload(self) -> bytes:
        """Write it as JSON."""
        return encode(self.parameters)


class AiohttpRequest(BaseRequest):
    """What the library calls through; made to be used inside `async with`."""

    def __init__(self, answer_s: float = ANSWER_S, pace: Pace | None = None) -> None:
        """Wait `answer_s` seconds for an answer, unless a call says otherwise."""
        self._answer_s, self.pace = answer_s, pace
        self._session: ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """How long an answer is waited for."""
        return self._answer_s

    async def initialize(self) -> None:
        """Open the pool of connections."""
        if self._session is None:
            pool = TCPConnector(limit=CONNECTIONS, keepalive_timeout=60)
            self._session = ClientSession(connector=pool, cookie_jar=DummyCookieJar())

    async def shutdown(self) -> None:
        """Close every connection."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(  # noqa: PLR0917 - the signature is the library's
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
        connect_timeout: object = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
        pool_timeout: object = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
    ) -> tuple[int, bytes]:
        """Make one call: its status and its body."""
        if self._session is None:
            raise NetworkError("Not connected")
        chat = request_data.parameters.get("chat_id") if request_data else None
        if self.pace is not None and chat is not None:
            await self.pace.keep(str(chat))
        seconds = read_timeout if isinstance(read_timeout, int | float) else self._answer_s
        try:
            async with self._session.request(
                method,
                url,
                data=request_data.json_payload if request_data else None,
                headers={"Content-Type": "application/json"} if request_data else None,
                timeout=ClientTimeout(total=seconds, sock_connect=CONNECT_S),
                # Where a redirect leads, the token must not go.
                allow_redirects=False,
            ) as answer:
                return _told(answer.status, await answer.read())
        except TimeoutError:
            raise TimedOut from None
        except (ClientError, OSError):
            raise NetworkError("No connection to Telegram") from None

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Read an answer; the library would write one that cannot be read to the log."""
        try:
            answer = read_kindly(payload)
        except (ValueError, RecursionError):
            raise TelegramError("Unreadable answer") from None
        if not isinstance(answer, dict):
            raise TelegramError("Unreadable answer")
        return answer


async def call(bot: Bot, method: str, said: Mapping[str, object]) -> dict[str, Any]:
    """Make a call and give the message it led to; raises TelegramError.

    The library's own methods make objects of what is said and of what is answered, and that costs
    more than the rest of a turn.
    """
    result = await bot.request.post(f"{bot.base_url}/{method}", cast("RequestData", Said(said)))
    if not isinstance(result, dict):
        raise TelegramError("Unreadable answer")
    return result


def bot_of(token: str, api_url: str = "") -> Bot:
    """Make a bot; it asks nothing of Telegram before its first call, made inside its `request`."""
    # At DEBUG the library writes what is sent into the log; whoever set the level up, it must not.
    logging.getLogger("telegram").setLevel(logging.WARNING)
    # Another server says itself when it is too much.
    server, pace = (api_url, None) if api_url else (TELEGRAM, Pace())
    road = AiohttpRequest(pace=pace)
    return Bot(
        token,
        base_url=f"{server}/bot",
        base_file_url=f"{server}/file/bot",
        request=road,
        get_updates_request=road,
    )


@asynccontextmanager
async def connected(token: str, api_url: str = "") -> AsyncIterator[Bot]:
    """Connect a bot for as long as this lasts."""
    bot = bot_of(token, api_url)
    async with bot.request:
        yield bot


def _told(status: int, payload: bytes) -> tuple[int, bytes]:
    """Give an answer to the library, as far as it can deal with it."""
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return status, payload
    try:
        parameters = AiohttpRequest.parse_json_payload(payload).get("parameters") or {}
    except TelegramError:
        parameters = None
    if not isinstance(parameters, dict):
        # The error page of a proxy; the library would quote it.
        payload, parameters = b"{}", {}
    is_too_much = status == HTTPStatus.TOO_MANY_REQUESTS
    seconds = parameters.get("retry_after", PAUSE_S if is_too_much else None)
    if isinstance(seconds, int | float):
        raise Flooded(seconds)
    return status, payload
