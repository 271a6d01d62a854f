"""The machine that one process runs on: where it crashes, nothing of that process goes on.

SQLite is the real one, and so is everything above it; only the thread that its driver would hand a
statement to is left out. So every statement is a place where a machine may fail, and the same seed
leads to the same order of things.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Coroutine, Generator
from contextlib import suppress
from contextvars import Context, ContextVar, copy_context
from functools import partial
from typing import Any, TypeVar
from weakref import WeakSet

from aiosqlite import Connection

from tests.simulation.faults import Fault, Faults

Result = TypeVar("Result")

# What can be left half done, and what happens by itself when a process is gone.
STEPS = frozenset({"execute", "executemany", "commit"})
ENDS = frozenset({"rollback", "close", "close_and_stop"})
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
        self._cursors: WeakSet[sqlite3.Cursor] = WeakSet()
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

    def connect(self, path: str) -> Connection:
        """Open a database in the way of the driver, without a thread."""
        if self.crashed.is_set():
            raise Crash
        connection = Connection(lambda: sqlite3.connect(path), iter_chunk_size=64)
        connection._tx = AtOnce(self)  # type: ignore[assignment]
        connection._connection = sqlite3.connect(path)
        self._connections.append(connection)
        return connection

    def perform(self, work: Callable[[], Result]) -> Result | None:
        """Do what the driver asks for, unless this is where the machine fails."""
        name, argument = _asked(work)
        if self.crashed.is_set():
            if name in ENDS:
                return None
            raise Crash
        is_step = name in STEPS and not argument.startswith("PRAGMA")
        done = self._step(work) if is_step else work()
        if isinstance(done, sqlite3.Cursor):
            self._cursors.add(done)
        return done

    def _step(self, work: Callable[[], Result]) -> Result:
        self.statements += 1
        fault = self.faults.at_statement()
        if fault is Fault.LOCKED:
            raise sqlite3.OperationalError("database is locked")
        if fault is Fault.CRASH_AFTER:
            work()
        if fault is not None:
            self.crash()
            raise Crash
        return work()

    def crash(self) -> None:
        """Fail; what is not committed is not there any more."""
        if self.crashed.is_set():
            return
        self.crashed.set()
        for cursor in self._cursors:
            # A connection that is closed before all of its statements are goes on as long as they.
            with suppress(sqlite3.ProgrammingError):
                cursor.close()
        for connection in self._connections:
            if connection._connection is not None:
                connection._connection.close()

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
        for connection in self._connections:
            connection._connection = None


RUNS_ON: ContextVar[Machine | None] = ContextVar("machine", default=None)


class AtOnce:
    """Stands where the driver keeps the queue of its thread."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine

    def put_nowait(self, asked: tuple[asyncio.Future[Any] | None, Callable[[], Any]]) -> None:
        future, work = asked
        try:
            result = self._machine.perform(work)
        except BaseException as error:  # noqa: BLE001 - whoever waits for it is told
            if future is not None:
                future.set_exception(error)
        else:
            if future is not None:
                future.set_result(result)


def tracked(
    loop: asyncio.AbstractEventLoop,
    work: Coroutine[Any, Any, Any] | Generator[Any, None, Any],
    context: Context | None = None,
) -> asyncio.Task[Any]:
    """Make a task, known to the machine on which it is begun; the loop's factory of tasks."""
    task: asyncio.Task[Any] = asyncio.Task(work, loop=loop, context=context)
    machine = RUNS_ON.get() if context is None else context.get(RUNS_ON)
    if machine is not None:
        machine.took_on(task)
    return task


def _asked(work: Callable[[], object]) -> tuple[str, str]:
    """Give the name of the call that the driver wants made, and its first argument."""
    call, arguments = (work.func, work.args) if isinstance(work, partial) else (work, ())
    return getattr(call, "__name__", ""), str(arguments[0]) if arguments else ""
