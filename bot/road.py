"""The road to people: one letter to each at a time, and nobody waits long for a slow one."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from uuid import UUID

from bot.handing import AT_ONCE, Load

# Longer than most letters take, with a call that is refused before another.
PATIENCE_S = 0.5


class Road:
    """Who is on the way to whom. Letters on the road stay leased, so nothing overtakes them."""

    def __init__(self, patience_s: float = PATIENCE_S) -> None:
        """Begin with nobody on the way."""
        self._patience_s = patience_s
        self._last: dict[bytes, tuple[UUID, asyncio.Task[None]]] = {}

    @property
    def room(self) -> int:
        """How many more letters can be carried at once."""
        return max(0, AT_ONCE - len(self._last))

    async def carry_all(
        self,
        loads: Sequence[Load],
        carry: Callable[[Load], Awaitable[None]],
        is_over: Callable[[], object],
    ) -> None:
        """Carry letters and wait for them, but not for long; `is_over` is told of each late one."""
        tasks = [self._carrying(load, carry) for load in loads if not self._has(load)]
        if not tasks:
            return
        done, late = await asyncio.wait(tasks, timeout=self._patience_s)
        for each in late:
            each.add_done_callback(lambda _: is_over())
        for each in done:
            each.result()

    async def leave(self) -> None:
        """Break off whatever is on the way."""
        tasks = [task for _, task in self._last.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _has(self, load: Load) -> bool:
        """Say whether this very letter is on the way: its lease may have ended before its road."""
        id, _ = self._last.get(load.letter.recipient, (None, None))
        return id == load.letter.id

    def _carrying(self, load: Load, carry: Callable[[Load], Awaitable[None]]) -> asyncio.Task[None]:
        way = load.letter.recipient
        _, before = self._last.get(way, (None, None))
        task = asyncio.create_task(_carry_after(before, load, carry))
        self._last[way] = load.letter.id, task
        task.add_done_callback(partial(self._over, way))
        return task

    def _over(self, way: bytes, task: asyncio.Task[None]) -> None:
        if self._last[way][1] is task:
            del self._last[way]


async def _carry_after(
    before: asyncio.Task[None] | None, load: Load, carry: Callable[[Load], Awaitable[None]]
) -> None:
    """Carry a letter once the one before it is over; who breaks this off breaks off both."""
    if before is not None:
        await before
    await carry(load)
