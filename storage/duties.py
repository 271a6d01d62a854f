"""What one process at a time may do, of all that work on one database.

On PostgreSQL a duty is a lock: whoever has it loses it with the connection it was taken on, so that
another takes over within fifteen seconds, however the first one ended. An SQLite file has one
process that works on it, and all duties are its own.
"""

from __future__ import annotations

import asyncio
import fcntl
import logging
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from enum import IntEnum, unique

from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.calls import ask
from storage.database import Database
from storage.errors import Unavailable

log = logging.getLogger(__name__)

# Locks are numbers that all who use a database share: ours begin with "hand".
OURS = 0x68616E64
LOOKS_EVERY_S = 3.0


@unique
class Duty(IntEnum):
    """A number means the same to every release, for two of them may run at once."""

    TELEGRAM = 1
    NOTICES = 2
    REMINDERS = 3
    SET_UP = 4
    NEEDS = 5
    LETTERBOXES = 6


async def on_duty(database: Database, duty: Duty, run: Callable[[], Awaitable[None]]) -> None:
    """Do something while this process has a duty, until it is done.

    Waits until no other process has it. Raises Unavailable, with whatever was going on ended, when
    it can no longer be said that nobody else has it.
    """
    if database.is_sqlite:
        await run()
        return
    async with database.line() as line:
        # Who has it is another process, that ends without a word.
        while not await ask(line, f"SELECT pg_try_advisory_lock({OURS}, {duty})"):  # noqa: ASYNC110
            await asyncio.sleep(LOOKS_EVERY_S)
        log.info("This process has the duty %s now.", duty.name)
        await _run_while_held(line, run)


async def take_turns(db: AsyncSession, duty: Duty) -> None:
    """Wait until no other transaction has this duty, and have it until this one ends.

    What others had done by then is seen by the next statement. SQLite has one writer anyway.
    """
    if db.get_bind().dialect.name == "postgresql":
        await db.exec(select(func.pg_advisory_xact_lock(OURS, int(duty))))


@contextmanager
def alone(database: Database) -> Iterator[None]:
    """Be the one process that works on an SQLite file; raise Unavailable when another does.

    The system takes the lock away with the process, however that ends. On PostgreSQL nobody is
    refused.
    """
    file = database.file
    if file is None:
        yield
        return
    with file.with_name(f"{file.name}.lock").open("ab") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Unavailable(
                f"another process works on {file}: stop that one, or use PostgreSQL"
            ) from None
        yield


async def _run_while_held(line: AsyncConnection, run: Callable[[], Awaitable[None]]) -> None:
    """Run until that ends, or until the connection that holds the duty does."""
    doing = asyncio.ensure_future(run())
    try:
        while not (await asyncio.wait([doing], timeout=LOOKS_EVERY_S))[0]:
            await ask(line, "SELECT true")
        doing.result()
    finally:
        doing.cancel()
        await asyncio.gather(doing, return_exceptions=True)
