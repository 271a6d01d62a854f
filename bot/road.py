"""The road to people: to each goes one at a time, and nobody waits long for who is slow."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Mapping
from functools import partial
from typing import TypeVar

log = logging.getLogger(__name__)

What = TypeVar("What")

# As many as there are roads to Telegram.
PLACES = 64
# Longer than most letters take, with a call that is refused before another.
PATIENCE_S = 0.5


class Road:
    """Who is on the way to whom."""

    def __init__(self) -> None:
        """Begin with nobody on the way."""
        self.patience_s = PATIENCE_S
        self._tasks: dict[bytes, asyncio.Task[None]] = {}
        self._watched: dict[bytes, Callable[[], object]] = {}
        self._sent_at = 0.0

    @property
    def ways(self) -> Collection[bytes]:
        """To whom somebody is on the way."""
        return self._tasks.keys()

    @property
    def room(self) -> int:
        """How many more can go; those who went at the same moment may have taken more than all."""
        return max(0, PLACES - len(self._tasks))

    @property
    def is_busy(self) -> bool:
        """Say whether somebody is on the way who may not be late."""
        return bool(self._tasks) and _now() - self._sent_at < self.patience_s

    def send(
        self, loads: Mapping[bytes, What], carry: Callable[[What], Awaitable[None]]
    ) -> list[asyncio.Task[None]]:
        """Let loads go to ways on which nobody is."""
        if not loads:
            return []
        self._sent_at = _now()
        going = {way: asyncio.create_task(_went(carry, load)) for way, load in loads.items()}
        self._tasks |= going
        for way, task in going.items():
            task.add_done_callback(partial(self._over, way))
        return list(going.values())

    async def carry_all(
        self,
        loads: Mapping[bytes, What],
        carry: Callable[[What], Awaitable[None]],
        is_over: Callable[[], object],
    ) -> None:
        """Let loads go, and wait for them, but not for long.

        For each that is late `is_over` is called when it is over.
        """
        going = self.send(loads, carry)
        if going:
            await asyncio.wait(going, timeout=self.patience_s)
            self.watch(is_over, loads)

    def watch(self, is_over: Callable[[], object], ways: Collection[bytes]) -> None:
        """Have `is_over` called when any that is on these ways now is over."""
        self._watched |= dict.fromkeys(self._tasks.keys() & ways, is_over)

    async def leave(self) -> None:
        """Break off whatever is on the way."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _over(self, way: bytes, _: asyncio.Task[None]) -> None:
        del self._tasks[way]
        if is_over := self._watched.pop(way, None):
            is_over()


def _now() -> float:
    return asyncio.get_running_loop().time()


async def _went(carry: Callable[[What], Awaitable[None]], load: What) -> None:
    try:
        await carry(load)
    except Exception as error:  # noqa: BLE001 - whatever it is, it stays leased, and is tried again
        # The class only: the text of an error may repeat what somebody wrote.
        log.error("Something was left on the road (%s).", type(error).__name__)  # noqa: TRY400
