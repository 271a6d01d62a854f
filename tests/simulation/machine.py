"""The machine that one process runs on: where it crashes, nothing of that process goes on.

Every statement is a place where a machine may fail, and the same seed leads to the same order of
things, for nobody waits for a thread.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Coroutine, Generator
from contextvars import Context, ContextVar, copy_context
from typing import Any, TypeVar

from tests.simulation.driver import Connection, Lines
from tests.simulation.faults import CRASHES, Fault, Faults

Result = TypeVar("Result")
Work = Coroutine[Any, Any, Any] | Generator[Any, None, Any]

LAST_WORDS_S = 1.0


class Crash(BaseException):
    """The process is gone; no `except` of its own gets to see the next line."""


class Machine:
    """A machine, and the tasks and connections that go when it does."""

    def __init__(self) -> None:
        self.crashed = asyncio.Event()
        self.faults = Faults()
        self.statements = 0
        self._begun: list[asyncio.Task[Any]] = []
        self._tasks: list[asyncio.Task[Any]] = []
        self._connections: list[Connection] = []
        self._context = copy_context()
        self._context.run(RUNS_ON.set, self)

    def run(self, work: Coroutine[Any, Any, Result]) -> asyncio.Task[Result]:
        """Begin something that ends with the machine, and so does all that it begins."""
        begun = asyncio.get_running_loop().create_task(work, context=self._context)
        self._begun.append(begun)
        return begun

    def took_on(self, task: asyncio.Task[Any]) -> None:
        """Keep hold of a task that was begun here."""
        self._tasks.append(task)

    def connect(self, lines: Lines) -> Connection:
        """Connect to a database; what was begun there is taken back when the machine fails."""
        self.require_going()
        connection = Connection(self, lines)
        self._connections.append(connection)
        return connection

    def require_going(self) -> None:
        """Raise Crash when the machine has failed."""
        if self.crashed.is_set():
            raise Crash

    def step(self, work: Callable[[], object]) -> None:
        """Do what a process asks its database for, unless this is where the machine fails."""
        self.require_going()
        self.statements += 1
        fault = self.faults.at_statement()
        if fault is Fault.LOCKED:
            raise sqlite3.OperationalError("database is locked")
        if fault is not Fault.CRASH_BEFORE:
            work()
        if fault in CRASHES:
            self.crash()
            raise Crash

    def crash(self) -> None:
        """Fail; what is not committed is not there any more."""
        if self.crashed.is_set():
            return
        self.crashed.set()
        for connection in self._connections:
            connection.close()

    async def end(self) -> None:
        """Take away what is left of the process; the rest of it ends with its next statement."""
        self.crash()
        for ending in (self._begun, self._tasks):
            for task in ending:
                task.cancel()
            if left := [task for task in self._tasks if not task.done()]:
                await asyncio.wait(left, timeout=LAST_WORDS_S)
        for task in self._tasks:
            # Looked at, or it would be reported as forgotten.
            _ = task.cancelled() or task.exception()
        # What is not kept in a circle goes by itself, and nobody has to look for it.
        for kept in (self._begun, self._tasks, self._connections):
            kept.clear()


RUNS_ON: ContextVar[Machine | None] = ContextVar("machine", default=None)


def tracked(
    loop: asyncio.AbstractEventLoop,
    work: Work,
    context: Context | None = None,
) -> asyncio.Task[Any]:
    """Make a task, known to the machine on which it is begun."""
    task: asyncio.Task[Any] = asyncio.Task(work, loop=loop, context=context)
    machine = RUNS_ON.get() if context is None else context.get(RUNS_ON)
    if machine is not None:
        machine.took_on(task)
    return task
