"""The limit that a webhook can come near to: aiohttp, and one commit to disk for all who wait.

Nothing is thought, and nobody gets a reply.
"""

from __future__ import annotations

import asyncio
import json
import sqlite3
import sys

from aiohttp import web

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


def app(path: str) -> web.Application:
    """Make the one address."""
    group = Group(path)

    async def receive(request: web.Request) -> web.Response:
        update = json.loads(await request.read())
        about = update.get("message") or update["callback_query"]
        await group.keep(about["from"]["id"], update["update_id"])
        return web.Response()

    made = web.Application()
    made.router.add_post("/", receive)
    return made


if __name__ == "__main__":
    web.run_app(
        app("bare.db"), host="127.0.0.1", port=int(sys.argv[1]), access_log=None, print=None
    )
