"""Stands where the driver stands between SQLAlchemy and SQLite: no thread, and nothing to wait for.

SQLite is the real one, and so is everything above. Every statement and commit goes by way of the
machine, and what a machine leaves behind is what a process leaves that is killed.
"""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy.util import await_

from storage.database import Database

Row = tuple[Any, ...]


class Stepping(Protocol):
    """Whoever lets a step be done, or fails there."""

    def step(self, work: Callable[[], object]) -> None: ...

    def require_going(self) -> None: ...


@dataclass(eq=False, slots=True)
class Line:
    """A real connection, and what it was told; that stands from one machine to the next.

    To open one takes longer than a turn does.
    """

    raw: sqlite3.Connection
    told: set[str] = field(default_factory=set)


class Lines:
    """The lines to one file, of one kind, that no machine has just now."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._free: list[Line] = []

    def take(self) -> Line:
        """Give a line that is free, or a new one."""
        if self._free:
            return self._free.pop()
        return Line(sqlite3.connect(self._file, isolation_level=None))

    def give_back(self, line: Line) -> None:
        """Take back what was begun there, and keep the line for the next machine."""
        line.raw.rollback()
        self._free.append(line)

    def close(self) -> None:
        """Close the lines that are free."""
        while self._free:
            self._free.pop().raw.close()


class Kept:
    """What is in a file, and is put back row by row: whoever has it open need not know."""

    def __init__(self, database: Database) -> None:
        assert database.file
        self.file = sqlite3.connect(database.file, isolation_level=None)
        self.file.execute("ATTACH ':memory:' AS kept")
        named = self.file.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'")
        self._restoring: list[str] = []
        for (each,) in named.fetchall():
            self.file.execute(f"CREATE TABLE kept.{each} AS SELECT * FROM main.{each}")  # noqa: S608
            self._restoring.append(f"DELETE FROM main.{each}")  # noqa: S608
            self._restoring.append(f"INSERT INTO main.{each} SELECT * FROM kept.{each}")  # noqa: S608

    def restore(self) -> None:
        """Put everything back."""
        with self.file:
            self.file.execute("BEGIN IMMEDIATE")
            for statement in self._restoring:
                self.file.execute(statement)


async def _nothing() -> None:
    """Take no time."""


class Cursor:
    """A cursor whose rows have all been read once a statement is through, as SQLAlchemy does it."""

    arraysize = 1
    lastrowid = None

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rows: deque[Row] = deque()
        self.description: object = None
        self.rowcount = -1

    def execute(self, statement: str, values: Sequence[object] = ()) -> None:
        """Run a statement, unless the machine fails there."""
        # SQLAlchemy insists on waiting for a driver.
        await_(_nothing())
        if not statement.startswith("PRAGMA"):
            self._connection.step(lambda: self._run(statement, values))
        elif self._connection.is_news(statement):
            self._run(statement, values)

    def executemany(self, statement: str, values: Sequence[Sequence[object]]) -> None:
        """Run a statement for each of these, unless the machine fails there."""
        self._connection.step(lambda: self._run_for_each(statement, values))

    def _run(self, statement: str, values: Sequence[object]) -> None:
        done = self._connection.line.raw.execute(statement, values)
        self._rows.extend(done)
        self.description, self.rowcount = done.description, done.rowcount

    def _run_for_each(self, statement: str, values: Sequence[Sequence[object]]) -> None:
        self.rowcount = self._connection.line.raw.executemany(statement, values).rowcount

    def fetchone(self) -> Row | None:
        """Give the next row."""
        return self._rows.popleft() if self._rows else None

    def fetchmany(self, size: int = 1) -> list[Row]:
        """Give so many rows, or those that are left."""
        return [self._rows.popleft() for _ in range(min(size, len(self._rows)))]

    def fetchall(self) -> list[Row]:
        """Give all rows that are left."""
        rows = list(self._rows)
        self._rows.clear()
        return rows

    def __iter__(self) -> Iterator[Row]:
        while self._rows:
            yield self._rows.popleft()

    def close(self) -> None:
        """Have nothing to close."""

    async def _async_soft_close(self) -> None:
        """Have nothing to close; SQLAlchemy asks."""


class Connection:
    """A connection of a machine; when the machine has failed nothing goes through it any more."""

    isolation_level = None

    def __init__(self, machine: Stepping, lines: Lines) -> None:
        self._machine, self._lines = machine, lines
        self._line: Line | None = lines.take()

    @property
    def line(self) -> Line:
        """The real connection, for as long as the machine goes."""
        self._machine.require_going()
        assert self._line is not None
        return self._line

    @property
    def _connection(self) -> sqlite3.Connection:
        """What SQLAlchemy shows as the connection of the driver."""
        return self.line.raw

    def step(self, work: Callable[[], object]) -> None:
        """Do something that may be left half done."""
        self._machine.step(work)

    def is_news(self, pragma: str) -> bool:
        """Say whether SQLite has to be asked, or has been told just that before.

        Told again it would forget every statement that it has prepared.
        """
        told = self.line.told
        is_news = "=" not in pragma or pragma not in told
        told.add(pragma)
        return is_news

    def cursor(self) -> Cursor:
        """Begin a statement."""
        return Cursor(self)

    def create_function(self, name: str, *_: object, **__: object) -> None:
        """Give SQLite no function; none of ours asks for one."""

    def commit(self) -> None:
        """Make it true, unless the machine fails there."""
        self._machine.step(self.line.raw.commit)

    def rollback(self) -> None:
        """Take back what was begun; that happens by itself when the machine is gone."""
        if self._line is not None:
            self._line.raw.rollback()

    def close(self) -> None:
        """End what was begun, and leave the line to others."""
        if self._line is not None:
            self._lines.give_back(self._line)
            self._line = None

    terminate = close
