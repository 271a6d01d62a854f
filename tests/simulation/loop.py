"""The loop of one history: nobody waits there, and chance is drawn from a seed.

With nothing left to do its clock jumps to what comes next.
"""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Sequence
from contextvars import Context
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from bot.clock import NATURE, Clock
from storage.keystore import SIGNS
from tests.houses import MONDAY_MORNING
from tests.simulation.machine import Work, tracked


class Stuck(Exception):
    """Everybody waits for somebody, and nothing will ever happen any more."""


class Jumping(selectors.SelectSelector):
    """Looks for nothing outside, for all of a history is inside."""

    now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """Let the time go by that somebody would have waited."""
        if timeout is None:
            raise Stuck
        self.now += max(0.0, timeout)
        return []


class Loop(asyncio.SelectorEventLoop):
    """A loop that begins at zero, and whose tasks are known to the machine they run on."""

    def __init__(self) -> None:
        self._jumping = Jumping()
        super().__init__(self._jumping)
        self._tasks: list[asyncio.Task[Any]] = []
        self.set_task_factory(self._begin)

    def _begin(
        self, loop: asyncio.AbstractEventLoop, work: Work, context: Context | None = None
    ) -> asyncio.Task[Any]:
        self._tasks.append(task := tracked(loop, work, context))
        return task

    def time(self) -> float:
        return self._jumping.now

    def close(self) -> None:
        """End what is still going on, and close."""
        left = [task for task in self._tasks if not task.done()]
        for task in left:
            task.cancel()
        if left:
            self.run_until_complete(asyncio.wait(left))
        self._tasks.clear()
        super().close()


class SeededClock(Clock):
    """The clock of the loop that runs; what nobody can guess elsewhere comes from its lots."""

    def __init__(self) -> None:
        self.lots = Random(0)

    def now(self) -> datetime:
        return MONDAY_MORNING + timedelta(seconds=self.monotonic())

    def monotonic(self) -> float:
        return asyncio.get_running_loop().time()

    def new_id(self) -> UUID:
        return UUID(int=self.lots.getrandbits(128), version=4)

    def new_token(self) -> str:
        return f"{self.lots.getrandbits(256):064x}"

    def new_reference(self) -> str:
        return f"{self._signs(4)}-{self._signs(4)}"

    def new_return_code(self) -> str:
        return f"{self.lots.randrange(10**16):016}"

    def draw(self, ids: Sequence[UUID], number: int) -> list[UUID]:
        return self.lots.sample(ids, min(number, len(ids)))

    def new_code_name(self) -> str:
        return f"{self.lots.choice(NATURE)}-{self.lots.randrange(10, 100)}"

    def _signs(self, number: int) -> str:
        return "".join(self.lots.choices(SIGNS, k=number))
