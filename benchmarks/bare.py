"""The limit that a webhook can come near to: aiohttp, and one commit to disk for all who wait.

Nothing is thought. Nobody gets a reply, or everybody the one that the walk asks for, over one call.
"""

from __future__ import annotations

import asyncio
import json
import os
import sqlite3
import sys
from collections.abc import AsyncIterator
from typing import Any

import uvloop
from aiohttp import ClientSession, web
from msgspec.json import decode, encode

KEEP = "INSERT INTO heard VALUES (?, ?) ON CONFLICT DO UPDATE SET number = excluded.number"


class Group:
    """Commits what waits, again and again."""

    def __init__(self, path: str) -> None:
        """Open a database that keeps what it has committed when the power goes."""
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=FULL")
        self._db.execute(
            "CREATE TABLE IF NOT EXISTS heard (chat INTEGER PRIMARY KEY, number INTEGER)"
        )
        self._waiting: list[tuple[tuple[int, int], asyncio.Future[None]]] = []
        self._work: asyncio.Task[None] | None = None

    async def keep(self, chat: int, number: int) -> None:
        """Return when this is on disk."""
        kept = asyncio.get_running_loop().create_future()
        self._waiting.append(((chat, number), kept))
        if self._work is None or self._work.done():
            self._work = asyncio.create_task(self._commit_all())
        await kept

    async def _commit_all(self) -> None:
        while self._waiting:
            await asyncio.sleep(0)
            together, self._waiting = self._waiting, []
            await asyncio.to_thread(self._commit, [row for row, _ in together])
            for _, kept in together:
                kept.set_result(None)

    def _commit(self, rows: list[tuple[int, int]]) -> None:
        self._db.execute("BEGIN IMMEDIATE")
        self._db.executemany(KEEP, rows)
        self._db.execute("COMMIT")


class Replies:
    """Answers each act on the walk as a peer does, and with nothing around the call."""

    def __init__(self, api_url: str, token: str, walk: list[tuple[str, str]]) -> None:
        """Prepare every answer."""
        self._url = f"{api_url}/bot{token}/sendMessage"
        self._boards = {
            does: {"inline_keyboard": [[{"text": "Go on", "callback_data": holds}]]}
            for does, holds in walk
        }
        self._session: ClientSession | None = None

    async def opened(self, _app: web.Application) -> AsyncIterator[None]:
        """Keep connections for as long as the webhook listens."""
        async with ClientSession() as self._session:
            yield

    async def reply(self, update: dict[str, Any]) -> None:
        """Make one call."""
        about = update.get("message") or update["callback_query"]
        does = about.get("data") or about["text"]
        said = {"chat_id": about["from"]["id"], "text": does, "reply_markup": self._boards[does]}
        assert self._session is not None
        kind = {"Content-Type": "application/json"}
        async with self._session.post(self._url, data=encode(said), headers=kind) as answer:
            await answer.read()


def app(path: str, asked: dict[str, Any] | None) -> web.Application:
    """Make the one address; with what a peer is asked, it answers too."""
    group, made = Group(path), web.Application()
    replies = asked and Replies(asked["api_url"], asked["token"], asked["walk"])
    waiting = set[asyncio.Task[None]]()

    async def receive(request: web.Request) -> web.Response:
        update = decode(await request.read())
        about = update.get("message") or update["callback_query"]
        await group.keep(about["from"]["id"], update["update_id"])
        if replies:
            replying = asyncio.create_task(replies.reply(update))
            waiting.add(replying)
            replying.add_done_callback(waiting.discard)
        return web.Response()

    if replies:
        made.cleanup_ctx.append(replies.opened)
    made.router.add_post(asked["path"] if asked else "/", receive)
    return made


def main() -> None:
    """Listen until it is ended."""
    asked = json.loads(os.environ.get("ASKED", "null"))
    web.run_app(
        app("bare.db", asked),
        host="127.0.0.1",
        port=int(sys.argv[1]),
        access_log=None,
        print=None,
        loop=uvloop.new_event_loop(),
    )


if __name__ == "__main__":
    main()
