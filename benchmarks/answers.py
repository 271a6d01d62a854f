"""Stands in for the Bot API, as far as a bot notices: what it says reaches the crowd."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import parse_qsl

from benchmarks.crowd import Crowd
from benchmarks.updates import BOT, Json
from benchmarks.wire import Wire, answer


class FromBot(Wire):
    """A connection on which a bot makes its calls."""

    def __init__(self, crowd: Crowd) -> None:
        """Know who is spoken to."""
        super().__init__()
        self._crowd = crowd

    def arrived(self, head: bytes, body: bytes) -> None:
        """Do as the Bot API would, as far as a bot notices."""
        method = head.split(b" ", 2)[1].rpartition(b"/")[2].lower()
        result: object = True
        if method in {b"sendmessage", b"editmessagetext"}:
            result = self._crowd.told(_said(head, body))
        elif method == b"getme":
            result = BOT
        self.transport.write(answer(json.dumps({"ok": True, "result": result}).encode()))


def _said(head: bytes, body: bytes) -> Json:
    """Read a call, as JSON or as a form."""
    if b"application/json" in head:
        said: Json = json.loads(body)
        return said
    return dict(parse_qsl(body.decode()))


@asynccontextmanager
async def bot_api(crowd: Crowd) -> AsyncIterator[int]:
    """Stand in for the Bot API as long as this lasts; gives its port."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: FromBot(crowd), "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
