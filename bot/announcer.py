"""Tells open pages what changed: names only, never what it says.

A page that missed something loses nothing: it asks for everything again when it comes back.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from uuid import UUID

QUEUES = "queue"
MAIL = "mail"
CHATS = "chats"


def of_referral(id: UUID) -> str:
    """Name a referral as something that changes."""
    return f"referral:{id}"


def of_person(id: UUID) -> str:
    """Name a person's conversation as something that changes."""
    return f"person:{id}"


class Changes:
    """What changed since somebody looked last; a burst of the same name is one change."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._names: set[str] = set()
        self._some = asyncio.Event()

    def add(self, *names: str) -> None:
        """Note changes."""
        self._names.update(names)
        self._some.set()

    async def __aiter__(self) -> AsyncIterator[set[str]]:
        """Give what changed, each time something did."""
        while True:
            yield await self.wait()

    async def wait(self, longest_s: float | None = None) -> set[str]:
        """Give what changed as soon as something did; nothing when that takes too long."""
        with suppress(TimeoutError):
            async with asyncio.timeout(longest_s):
                await self._some.wait()
        names, self._names = self._names, set()
        self._some.clear()
        return names


class Announcer:
    """Who listens to which names, and who passes all of them on to other processes."""

    def __init__(self) -> None:
        """Begin with nobody listening."""
        self._listeners: dict[str, set[Changes]] = {}
        self._overhear: set[Changes] = set()

    def announce(self, *names: str) -> None:
        """Tell whoever listens to one of these names, in other processes too."""
        self.tell(*names)
        for each in self._overhear if names else ():
            each.add(*names)

    def tell(self, *names: str) -> None:
        """Tell whoever listens here to one of these names."""
        for name in names:
            for listener in self._listeners.get(name, ()):
                listener.add(name)

    def announce_after(self, time: timedelta, *names: str) -> None:
        """Tell it once this time went by; a process that ends before that tells nobody."""
        asyncio.get_running_loop().call_later(time.total_seconds(), self.announce, *names)

    @property
    def names(self) -> Collection[str]:
        """What somebody listens to here."""
        return self._listeners.keys()

    @contextmanager
    def overhearing(self) -> Iterator[Changes]:
        """Hear everything that is announced here, for as long as this lasts."""
        changes = Changes()
        self._overhear.add(changes)
        try:
            yield changes
        finally:
            self._overhear.discard(changes)

    @contextmanager
    def listening(self, *names: str) -> Iterator[Changes]:
        """Listen to these names for as long as this lasts."""
        changes = Changes()
        for name in names:
            self._listeners.setdefault(name, set()).add(changes)
        try:
            yield changes
        finally:
            for name in names:
                self._listeners[name].discard(changes)
                if not self._listeners[name]:
                    del self._listeners[name]
