"""Letters that go from the turn straight to the courier of this process.

They lie in the outbox all the same, leased from the first moment: who takes them over and dies
loses nothing. What cannot be taken over is found there, as is what another process wrote.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.envelopes import LetterBody
from storage.mail import Letter
from storage.messages import Delivery
from storage.traces import Trace

# As many as there are roads to Telegram.
AT_ONCE = 64
LEASE = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Load:
    """A leased letter to be carried, and the message that holds the screen of its person so far.

    Without a body it cannot be read, and is to be given up.
    """

    letter: Letter
    body: LetterBody | None = field(repr=False)
    before: int | None


@dataclass(frozen=True, slots=True)
class Arrived:
    """The letter is there; the screen stands in this message, or in none, as before or not."""

    screen_message: int | None
    has_moved: bool


@dataclass(frozen=True, slots=True)
class Delayed:
    """The letter is not there yet; it is tried again at this time."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Held:
    """Nothing can be brought now, whatever it is: the letter was not tried."""

    until: datetime


@dataclass(frozen=True, slots=True)
class GivenUp:
    """The letter will never be there, and this is what staff are shown of it."""

    how: Delivery


Setback = Delayed | Held | GivenUp
Fate = Arrived | Setback


@dataclass(frozen=True, slots=True)
class Carried:
    """A letter, what became of it, and what stands in the chat because of it."""

    letter: Letter
    fate: Fate
    traces: tuple[Trace, ...] = ()


class Hands:
    """Where letters are handed over, and where it is told of them that they arrived.

    Nobody takes any before a courier is there.
    """

    def __init__(self) -> None:
        """Begin with no courier."""
        self._loads: deque[Load] = deque()
        self._some = asyncio.Event()
        self._on_road = 0
        self._arrived: list[Carried] = []
        self._one_arrived = asyncio.Event()
        self._is_one_left = False
        self._look: Callable[[], None] | None = None

    @contextmanager
    def open(self, look: Callable[[], None]) -> Iterator[None]:
        """Take letters for as long as this lasts; what was not carried by then stays leased.

        `look` is called when what was left behind others may be free.
        """
        self._look = look
        try:
            yield
        finally:
            self._look = None
            self._loads.clear()
            self._some.clear()

    @property
    def room(self) -> int:
        """Say how many letters would be carried soon."""
        return AT_ONCE - len(self._loads) if self._look else 0

    @property
    def are_on_road(self) -> bool:
        """Say whether letters are being carried."""
        return self._on_road > 0

    def give(self, loads: Sequence[Load], left: int) -> None:
        """Hand letters over, and tell how many were left in the outbox.

        The next courier finds all of them where this one went in the meantime.
        """
        self._is_one_left |= left > 0
        if self._look and loads:
            self._loads.extend(loads)
            self._some.set()

    async def take(self) -> list[Load]:
        """Wait until there are letters, and take all of them."""
        await self._some.wait()
        self._some.clear()
        taken, self._loads = list(self._loads), deque()
        self._on_road = len(taken)
        return taken

    def tell(self, arrived: Sequence[Carried]) -> None:
        """Tell of those taken last which arrived; turns note it along, or else the courier does."""
        self._on_road = 0
        self._arrived.extend(arrived)
        self._one_arrived.set()

    async def told(self) -> None:
        """Wait until something arrived."""
        await self._one_arrived.wait()

    @contextmanager
    def noting(self) -> Iterator[list[Carried]]:
        """Take what arrived, to note it; it is there again when that fails."""
        taken, self._arrived = self._arrived, []
        self._one_arrived.clear()
        try:
            yield taken
        except BaseException:
            self._arrived[:0] = taken
            self._one_arrived.set()
            raise
        if taken and self._is_one_left and self._look:
            self._is_one_left = bool(self._loads or self._on_road or self._arrived)
            self._look()
