"""SQLite in a thread of its own, and one trip there for most statements.

The driver makes a cursor, runs a statement, fetches its rows and closes the cursor in four trips,
which cost more than most statements do.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Self

import aiosqlite

# More than most statements give; whoever reads a whole table takes them in portions.
AT_ONCE = 1_000


class Cursor:
    """What one statement gave; only of one that gave much something stays open in the thread."""

    def __init__(self, run: Callable[..., Any], begin: Callable[[], sqlite3.Cursor]) -> None:
        """Begin with nothing; `run` makes a trip, and `begin` a cursor of the driver at its end."""
        self._run, self._cursor = run, begin
        self._rows: list[Any] = []
        self._more: sqlite3.Cursor | None = None
        self.description: Sequence[Any] | None = None
        self.rowcount, self.arraysize = -1, 1
        self.lastrowid: int | None = None

    async def __aenter__(self) -> Self:
        """Be there."""
        return self

    async def execute(self, sql: str, parameters: Iterable[Any] = ()) -> Self:
        """Run a statement, and bring what it gave."""
        await self._run(self._begin, sqlite3.Cursor.execute, sql, parameters)
        return self

    async def executemany(self, sql: str, parameters: Iterable[Iterable[Any]]) -> Self:
        """Run a statement for each of these."""
        await self._run(self._begin, sqlite3.Cursor.executemany, sql, parameters)
        return self

    async def fetchall(self) -> list[Any]:
        """Give all rows that were not given yet."""
        rows, self._rows = self._rows, []
        if self._more is not None:
            rows += await self._run(self._more.fetchall)
        return rows

    async def fetchmany(self, size: int | None = None) -> list[Any]:
        """Give so many rows, or fewer at the end."""
        wanted = size or self.arraysize
        if len(self._rows) < wanted and self._more is not None:
            self._rows += await self._run(self._more.fetchmany, wanted - len(self._rows))
        rows, self._rows = self._rows[:wanted], self._rows[wanted:]
        return rows

    async def fetchone(self) -> object:
        """Give one row, or None at the end."""
        return next(iter(await self.fetchmany(1)), None)

    async def close(self) -> None:
        """Leave what was not read."""
        self._rows = []
        if self._more is not None:
            await self._run(self._more.close)
            self._more = None

    def _begin(self, execute: Callable[..., Any], sql: str, parameters: Iterable[Any]) -> None:
        """In the thread: run a statement and close it, unless it gives more than is brought."""
        cursor = self._cursor()
        execute(cursor, sql, parameters)
        self.description = cursor.description
        if self.description:
            self._rows = cursor.fetchmany(AT_ONCE)
        # What gives rows counts them only as they are fetched.
        self.rowcount, self.lastrowid = cursor.rowcount, cursor.lastrowid
        if len(self._rows) == AT_ONCE:
            self._more = cursor
        else:
            cursor.close()


class Connection(aiosqlite.Connection):
    """A connection whose cursors are those above, as far as SQLAlchemy asks for them."""

    def __init__(self, connector: Callable[[], sqlite3.Connection]) -> None:
        """Prepare a thread; a process that ends does not wait for it, as SQLAlchemy wants it."""
        super().__init__(connector, AT_ONCE)
        self._thread.daemon = True

    def cursor(self) -> Cursor:  # type: ignore[override]
        """Make a cursor, without a trip."""
        return Cursor(self._execute, self._begun)

    def _begun(self) -> sqlite3.Cursor:
        return self._conn.cursor()


def connect(database: str, **options: Any) -> Connection:  # noqa: ANN401 - the driver's own
    """Prepare a connection, which is opened when it is awaited."""
    return Connection(lambda: sqlite3.connect(database, **options))
