"""Updates on their way to the bot: kept until they are confirmed, fetched or brought.

As with Telegram itself the updates of one chat wait for each other and button presses wait in a
queue of their own, so that a message and a press of the same person may arrive in either order.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final

from aiohttp import ClientError, ClientSession, ClientTimeout

from dialogs.frozen import Frozen
from tests.botapi.chats import Json, Refused, unpacked
from tests.botapi.spec import spec

# Kinds that only arrive when they are asked for by name.
ON_REQUEST: Final = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
# Methods that the body of a webhook's answer cannot call.
NOT_IN_AN_ANSWER: Final = ("setwebhook", "deletewebhook", "close", "logout", "get")

# Telegram waits a second, two, four ... here the first second lasts this long.
SECOND_S: Final = 0.02
LONGEST_PAUSE_S: Final = 0.3
ANSWER_S: Final = 60
FIRST_NUMBER: Final = 10_000


class Waiting(Frozen):
    """An update that is not confirmed, and the queue in which it waits."""

    body: Json
    queue: str

    @property
    def number(self) -> int:
        return int(self.body["update_id"])


class Hook(Frozen):
    """Where updates are brought."""

    url: str
    secret: str
    connections: int


@dataclass(slots=True)
class Mail:
    """All updates that wait. `perform` makes the call that a webhook's answer holds.

    `attempts` lists each update brought, with the status of the answer; 0 when there was none.
    """

    perform: Callable[[str, Mapping[str, Any]], Awaitable[object]]
    waiting: list[Waiting] = field(default_factory=list)
    attempts: list[tuple[int, int]] = field(default_factory=list)
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)
    hook: Hook | None = None
    _wanted: frozenset[str] | None = None
    _poller: object = None
    _postmen: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    _connections: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(40))
    _numbers: int = FIRST_NUMBER
    _is_closed: bool = False

    @property
    def numbers(self) -> range:
        """The numbers of all updates so far."""
        return range(FIRST_NUMBER + 1, self._numbers + 1)

    async def push(self, kind: str, part: Json, queue: str) -> Json:
        """Let an update wait for the bot, unless the bot does not want its kind."""
        self._numbers += 1
        body: Json = {"update_id": self._numbers, kind: part}
        assert spec().check_object("Update", body) == []
        wanted = kind in self._wanted if self._wanted else kind not in ON_REQUEST
        if wanted:
            await self.repeat(body, queue)
        return body

    async def repeat(self, body: Json, queue: str) -> None:
        """Let an update wait, perhaps one that was confirmed before."""
        async with self.changed:
            self.waiting.append(Waiting(body, queue))
            self.changed.notify_all()
        self._send_postmen()

    async def settled(self) -> None:
        """Wait until everything is confirmed."""
        async with self.changed:
            await self.changed.wait_for(lambda: not self.waiting)

    async def fetch(self, asked: Mapping[str, Any]) -> list[Json]:
        """What the bot fetches itself: everything from `offset` on; what is before is confirmed."""
        if self.hook:
            raise Refused(409, "Conflict: can't use getUpdates method while webhook is active")
        self._want(asked)
        me = self._poller = object()
        offset = int(asked.get("offset", 0))
        async with self.changed:
            self.waiting = [each for each in self.waiting if each.number >= offset]
            self.changed.notify_all()
            with suppress(TimeoutError):
                async with asyncio.timeout(int(asked.get("timeout", 0))):
                    await self.changed.wait_for(lambda: self.waiting or self._poller is not me)
        if self._is_closed:
            return []
        if self._poller is not me:
            raise Refused(409, "Conflict: terminated by other getUpdates request")
        return [each.body for each in self.waiting[: int(asked.get("limit", 100))]]

    async def set_hook(self, asked: Mapping[str, Any]) -> bool:
        """From now on updates are brought; to nobody when the address is empty."""
        url = str(asked["url"])
        if not url.startswith(("https://", "http://127.0.0.1:")) and url:
            raise Refused(400, "Bad Request: bad webhook: An HTTPS URL must be provided")
        self._want(asked)
        self._drop(asked)
        self._dismiss_postmen()
        connections = int(asked.get("max_connections", 40))
        secret = str(asked.get("secret_token", ""))
        self.hook = Hook(url, secret, connections) if url else None
        self._connections = asyncio.Semaphore(connections)
        await self._stop_poller()
        self._send_postmen()
        return True

    async def delete_hook(self, asked: Mapping[str, Any]) -> bool:
        """From now on updates wait to be fetched."""
        return await self.set_hook({**asked, "url": ""})

    async def close(self) -> None:
        """Bring nothing any more, and let nobody wait."""
        self.hook, self._is_closed = None, True
        self._dismiss_postmen()
        await self._stop_poller()

    def _want(self, asked: Mapping[str, Any]) -> None:
        """Keep which kinds are wanted; a call that does not say leaves it as it was."""
        kinds = asked.get("allowed_updates")
        if kinds is not None:
            self._wanted = frozenset(unpacked(kinds))

    def _drop(self, asked: Mapping[str, Any]) -> None:
        if str(asked.get("drop_pending_updates", False)).lower() == "true":
            self.waiting.clear()

    async def _stop_poller(self) -> None:
        async with self.changed:
            self._poller = None
            self.changed.notify_all()

    def _send_postmen(self) -> None:
        """Have one postman for each queue in which something waits."""
        for queue in {each.queue for each in self.waiting} if self.hook else ():
            if queue not in self._postmen or self._postmen[queue].done():
                postman = asyncio.create_task(self._bring_all(queue))
                # Something may come to wait just when one has found nothing more and is leaving.
                postman.add_done_callback(lambda _: self._send_postmen())
                self._postmen[queue] = postman

    def _dismiss_postmen(self) -> None:
        for task in self._postmen.values():
            task.cancel()
        self._postmen.clear()

    async def _bring_all(self, queue: str) -> None:
        """Bring what waits in one queue, each until it is taken."""
        async with ClientSession(timeout=ClientTimeout(total=ANSWER_S)) as session:
            pause = 0.0
            while first := next((each for each in self.waiting if each.queue == queue), None):
                status = await self._bring(session, first)
                async with self.changed:
                    if taken := 200 <= status < 300:
                        self.waiting = [each for each in self.waiting if each is not first]
                    self.attempts.append((first.number, status))
                    self.changed.notify_all()
                if not taken:
                    await asyncio.sleep(pause)
                pause = 0.0 if taken else min(2 * pause + SECOND_S, LONGEST_PAUSE_S)

    async def _bring(self, session: ClientSession, update: Waiting) -> int:
        assert self.hook
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.hook.secret} if self.hook.secret else {}
        async with self._connections:
            try:
                async with session.post(self.hook.url, json=update.body, headers=headers) as answer:
                    body = await answer.read()
                    status = answer.status
            except (ClientError, OSError):
                return 0
        if 200 <= status < 300 and body:
            await self._perform_answer(body)
        return status

    async def _perform_answer(self, body: bytes) -> None:
        """Make the call in a webhook's answer; its result and its errors go nowhere."""
        call = json.loads(body)
        method = str(call.pop("method", ""))
        if not method.lower().startswith(NOT_IN_AN_ANSWER):
            with suppress(Refused):
                await self.perform(method, call)
