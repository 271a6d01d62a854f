"""People who never pause: what a bot is measured by.

A turn begins when somebody does something and ends when the answer to it has reached the Bot API.
What they do next needs the webhook's 200 as well, so that each has one turn open. Who has come to
the end of the walk goes, and somebody new begins it.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from benchmarks.updates import Json, message, update
from benchmarks.wire import Wire, request
from dialogs.frozen import Frozen

# As many as Telegram opens to one bot.
CONNECTIONS = 100
AGAIN_S = 0.1
SOON_S = 0.01
LONGEST_S = 20.0
OK = b" 200 "

Act = tuple[str, str]
"""What somebody does, a button's data or words to type; and what the answer must hold."""


class Hook(Frozen):
    """Where a bot listens, what it wants to hear from Telegram only, and whether it replies."""

    port: int
    path: str
    headers: dict[str, str]
    replies: bool = True


@dataclass(slots=True)
class Tally:
    """What came of the turns of one span of time; `took` is in seconds, of each that was answered.

    `wrong` are answers that do not hold what they must, `extra` those nobody waited for.
    """

    took: list[float] = field(default_factory=list)
    wrong: int = 0
    extra: int = 0
    refused: int = 0

    @property
    def faults(self) -> int:
        """Count all that should not be."""
        return self.wrong + self.extra + self.refused


@dataclass(slots=True)
class Person:
    """Somebody somewhere on the walk."""

    id: int
    walk: Sequence[Act]
    step: int = 0
    began: float = 0.0
    is_heard: bool = False
    is_answered: bool = False
    shown: dict[str, Any] = field(default_factory=dict)


class Crowd:
    """So many people at once, each in a turn."""

    def __init__(self, hook: Hook) -> None:
        """Begin with nobody."""
        self.tally = Tally()
        self.come = 0
        self._hook = hook
        self._ids, self._numbers = count(1_000_001), count(1)
        self._here: dict[int, Person] = {}
        self._free: list[ToHook] = []
        self._open = 0
        self._waiting: deque[tuple[Person, bytes]] = deque()
        self._left, self._turned, self._turns = asyncio.Event(), asyncio.Event(), 0
        self._walk: Sequence[Act] = ()
        self._to_come = 0

    def begin(self, people: int, walk: Sequence[Act], most: int = 2**62) -> None:
        """Let so many begin, and one after each that goes, but no more than `most` in all."""
        self._walk, self._to_come = walk, most
        for _ in range(people):
            self._somebody_new()

    async def turned(self, turns: int, longest_s: float) -> None:
        """Wait until so many turns were answered, or so many seconds went by."""
        self._turned.clear()
        self._turns = turns
        with suppress(TimeoutError):
            async with asyncio.timeout(longest_s):
                await self._turned.wait()

    async def end(self) -> int:
        """Wait until nobody begins anything any more; give how many never got their answer."""
        self._to_come = 0
        for person in self._here.values():
            person.walk = person.walk[: person.step + 1]
        return await self.gone()

    async def gone(self) -> int:
        """Wait until everybody has gone; give how many did not."""
        with suppress(TimeoutError):
            async with asyncio.timeout(LONGEST_S if not self._to_come else None):
                while self._here:
                    self._left.clear()
                    await self._left.wait()
        lost = len(self._here)
        self._here.clear()
        return lost

    async def first_answer(self, act: Act) -> float:
        """Do something as soon as a starting bot listens; give when it had answered.

        Raises RuntimeError when it does not.
        """
        self.begin(1, (act,), 1)
        if await self.gone():
            raise RuntimeError("the bot does not answer")
        return time.perf_counter()

    # ------------------------------------------------------------------ what happens on the wires

    def connected(self, connection: ToHook) -> None:
        """Take a connection that can be used, or used again."""
        if self._waiting:
            connection.post(*self._waiting.popleft())
        else:
            self._free.append(connection)

    def heard(self, person: Person, update: bytes, head: bytes) -> None:
        """Take the webhook's answer; what it did not take comes again, as from Telegram."""
        if OK not in head:
            self.tally.refused += 1
            asyncio.get_running_loop().call_later(AGAIN_S, self._post, person, update)
            return
        person.is_heard = True
        if not self._hook.replies:
            self._answered(person)
        self._go_on(person)

    def lost(self, connection: ToHook, open_turn: tuple[Person, bytes] | None) -> None:
        """Bring again what a connection took along."""
        self._open -= 1
        if connection in self._free:
            self._free.remove(connection)
        if open_turn:
            self._post(*open_turn)

    def told(self, said: Json) -> Json:
        """Take what the bot says in a chat, and give it as a message of Telegram's."""
        shown = message(next(self._numbers), said)
        person = self._here.get(int(said["chat_id"]))
        if person is None or person.is_answered:
            self.tally.extra += 1
            return shown
        person.shown = shown
        if person.walk[person.step][1] in str(said.get("reply_markup")):
            self._answered(person)
        else:
            self.tally.wrong += 1
            person.walk, person.is_answered = (), True
        self._go_on(person)
        return shown

    # ---------------------------------------------------------------------------- what people do

    def _somebody_new(self) -> None:
        if not self._to_come:
            return
        self._to_come -= 1
        self.come += 1
        person = Person(next(self._ids), self._walk)
        self._here[person.id] = person
        self._do(person)

    def _do(self, person: Person) -> None:
        person.is_heard = person.is_answered = False
        person.began = time.perf_counter()
        does, _ = person.walk[person.step]
        self._post(person, update(next(self._numbers), person.id, does, person.shown))

    def _answered(self, person: Person) -> None:
        self.tally.took.append(time.perf_counter() - person.began)
        if len(self.tally.took) == self._turns:
            self._turned.set()
        person.is_answered = True

    def _go_on(self, person: Person) -> None:
        if not (person.is_heard and person.is_answered):
            return
        person.step += 1
        if person.step < len(person.walk):
            self._do(person)
        elif self._here.pop(person.id, None):
            self._left.set()
            self._somebody_new()

    def _post(self, person: Person, update: bytes) -> None:
        if person.id not in self._here:
            return
        if self._free:
            self._free.pop().post(person, update)
            return
        self._waiting.append((person, update))
        if self._open < CONNECTIONS:
            self._open += 1
            asyncio.get_running_loop().create_task(self._connect())

    async def _connect(self) -> None:
        """Open one more, as soon as there is somebody to open it to."""
        loop = asyncio.get_running_loop()
        while self._waiting:
            with suppress(OSError):
                await loop.create_connection(lambda: ToHook(self), "127.0.0.1", self._hook.port)
                return
            await asyncio.sleep(SOON_S)
        self._open -= 1

    def post(self, update: bytes) -> bytes:
        """Write the request that brings an update."""
        return request(self._hook.path, self._hook.headers, update)


class ToHook(Wire):
    """A connection to the webhook, with one update on it at a time."""

    def __init__(self, crowd: Crowd) -> None:
        """Begin with nothing on the road."""
        super().__init__()
        self._crowd = crowd
        self._turn: tuple[Person, bytes] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Be there for the first update."""
        super().connection_made(transport)
        self._crowd.connected(self)

    def connection_lost(self, _error: Exception | None) -> None:
        """Say what was on the road."""
        self._crowd.lost(self, self._turn)

    def post(self, person: Person, update: bytes) -> None:
        """Bring an update."""
        self._turn = person, update
        self.transport.write(self._crowd.post(update))

    def arrived(self, head: bytes, _body: bytes) -> None:
        """Take the answer, and be there for the next update."""
        assert self._turn is not None
        turn, self._turn = self._turn, None
        self._crowd.heard(*turn, head)
        self._crowd.connected(self)
