"""Transactions from a URL: SQLite and PostgreSQL, one way of working with both.

Whoever opens a transaction here ends it here; no other function in this room commits. What goes
wrong because the database is away, full or too busy comes out as `Unavailable`.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Iterator
from contextlib import (
    AbstractAsyncContextManager,
    AsyncExitStack,
    asynccontextmanager,
    closing,
    contextmanager,
    suppress,
)
from pathlib import Path
from typing import Self, TypeVar

from sqlalchemy import Connection, event, exc, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry, NullPool
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import schema, trips
from storage.errors import Entangled, NotMigrated, Unavailable
from storage.schema import Schema
from storage.steady import Steady, settled

Connected = TypeVar("Connected")

WAIT_SECONDS = 5
READERS = 4
PRAGMAS = {
    # First, so that what comes next waits for others too.
    "busy_timeout": str(WAIT_SECONDS * 1000),
    "journal_mode": "WAL",
    # NORMAL would lose acknowledged messages when the power goes.
    "synchronous": "FULL",
    "secure_delete": "ON",
    "foreign_keys": "ON",
    "trusted_schema": "OFF",
    "journal_size_limit": str(16 * 1024 * 1024),
}
# What is read is what the database holds now, also when this transaction has read it before.
PLAIN = {"populate_existing": True, "synchronize_session": False}
# By these PostgreSQL says that a transaction was in the way of another, and is to be done again.
GAVE_WAY = frozenset({"40P01", "40001"})
# With this it says that a column cannot hold a value, which trying again does not change.
BAD_VALUE = "22"
POSTGRES = {
    "application_name": "handreiking",
    "statement_timeout": "10s",
    "idle_in_transaction_session_timeout": "30s",
    # Compiling a query costs more than any of ours takes.
    "jit": "off",
}
# By these the server notices within eleven seconds that the machine of a process is gone.
KEPT_ALIVE = {
    "tcp_keepalives_idle": "5",
    "tcp_keepalives_interval": "2",
    "tcp_keepalives_count": "3",
}


class Database:
    """Where transactions come from: one engine that writes and one that only reads.

    SQLite has one writer at a time. Here that is one connection, which callers wait for in order;
    waiting inside SQLite is by chance, and wakes up late.
    """

    def __init__(self, url: URL, schema: Schema) -> None:
        self.schema = schema
        self.is_sqlite = url.get_backend_name() == "sqlite"
        self.file = Path(str(url.database)) if self.is_sqlite else None
        self._url = url
        self._writer = _sqlite(url, writes=True) if self.is_sqlite else _postgres(url)
        self._reader = (
            _sqlite(url, writes=False)
            if self.is_sqlite
            else self._writer.execution_options(postgresql_readonly=True)
        )

    @classmethod
    def at(cls, url: str, schema: Schema = Schema.DATA) -> Self:
        """Prepare a database, the folder and the file of an SQLite one included; none is asked yet.

        The file is for the service's user only, and so are folders that are made for it.
        """
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite" and parsed.database:
            _new_file(Path(parsed.database))
        return cls(parsed, schema)

    def begin(self) -> AbstractAsyncContextManager[AsyncSession]:
        """Open a transaction that writes: it commits at the end, or leaves nothing at all."""
        return _transaction(self._writer)

    def reading(self) -> AbstractAsyncContextManager[AsyncSession]:
        """Open a transaction that cannot write, and holds nobody up who does."""
        return _transaction(self._reader)

    def snapshot(self) -> AbstractAsyncContextManager[AsyncSession]:
        """Open a transaction that cannot write, and sees one moment however long it takes."""
        if self.is_sqlite:
            return self.reading()
        return _transaction(self._reader.execution_options(isolation_level="REPEATABLE READ"))

    @asynccontextmanager
    async def line(self) -> AsyncIterator[AsyncConnection]:
        """Open a connection of one's own, for what lasts only as long as it does.

        PostgreSQL only: an SQLite file has nobody at the other end.
        """
        with _sorted_errors():
            async with AsyncExitStack() as stack:
                yield await _reached(stack.enter_async_context(_line(self._url).connect()))

    async def check(self) -> None:
        """Raise NotMigrated unless the database is in its newest form."""
        async with self.reading() as db:
            connection = await db.connection()
            present = await connection.run_sync(schema.present)
        if present != schema.newest(self.schema):
            raise NotMigrated(f"the {self.schema} database is not in its newest form")

    async def migrate(self) -> None:
        """Bring the database to its newest form; one that is there already stays as it is."""
        async with self.begin() as db:
            connection = await db.connection()
            if await connection.run_sync(schema.present) != schema.newest(self.schema):
                await connection.run_sync(schema.upgrade, self.schema)

    async def scrub(self, *tables: str) -> bool:
        """Remove what deleted rows leave behind in files; say whether all of it is gone.

        SQLite empties its write-ahead log, which fails while somebody reads an older state.
        PostgreSQL vacuums the named tables.
        """
        if self.is_sqlite:
            async with _transaction(self._writer.execution_options(begin="")) as db:
                connection = await db.connection()
                busy = await connection.scalar(text("PRAGMA wal_checkpoint(TRUNCATE)"))
            return not busy
        async with _transaction(self._writer.execution_options(isolation_level="AUTOCOMMIT")) as db:
            connection = await db.connection()
            for table in tables:
                await connection.exec_driver_sql(f"VACUUM {table}")
        return True

    async def close(self) -> None:
        """Give every connection back."""
        await self._writer.dispose()
        await self._reader.dispose()


async def migrate(url: str, schema: Schema = Schema.DATA) -> None:
    """Bring the database at a URL to its newest form."""
    database = Database.at(url, schema)
    try:
        await database.migrate()
    finally:
        await database.close()


@asynccontextmanager
async def _transaction(engine: AsyncEngine) -> AsyncIterator[AsyncSession]:
    """Begin at once: whoever has to wait for its turn waits before doing anything."""
    with _sorted_errors():
        async with Steady(engine, autoflush=False, execution_options=PLAIN) as db:
            try:
                await settled(_reached(db.connection()))
                yield db
                await settled(db.commit())
            finally:
                # What is committed is not rolled back by this any more.
                await settled(db.rollback())


async def _reached(connecting: Awaitable[Connected]) -> Connected:
    """Connect; what the operating system says against it is not for a caller to sort."""
    try:
        return await connecting
    except OSError as error:
        raise Unavailable(f"the database cannot be reached: {type(error).__name__}") from error


@contextmanager
def _sorted_errors() -> Iterator[None]:
    """Tell a database that is away from a statement that is wrong."""
    try:
        yield
    except (exc.IntegrityError, exc.ProgrammingError, exc.DataError):
        raise
    except exc.DBAPIError as error:
        # Without the statement and its values; those are not for a log.
        state = getattr(error.orig, "sqlstate", None) or ""
        if state.startswith(BAD_VALUE):
            raise ValueError("a column cannot hold a value") from None
        if state in GAVE_WAY:
            raise Entangled("another transaction was in the way") from error
        raise Unavailable(f"the database did not answer: {type(error.orig).__name__}") from error
    except (exc.TimeoutError, ConnectionError) as error:
        raise Unavailable(f"the database does not answer: {type(error).__name__}") from error


def _new_file(path: Path) -> None:
    """Make a file where there is none, complete before it has its name.

    Two processes that start at once on an empty file could not both set its journal.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.exists():
        return
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.touch(mode=0o600)
    try:
        with closing(sqlite3.connect(draft, isolation_level=None)) as connection:
            # The one only has an effect on a new file, and the other is kept in it.
            connection.execute("PRAGMA auto_vacuum=INCREMENTAL")
            connection.execute("PRAGMA journal_mode=WAL")
        with suppress(FileExistsError):
            # Unlike a rename, a link never replaces what is there.
            os.link(draft, path)
    finally:
        draft.unlink()


def _postgres(url: URL) -> AsyncEngine:
    """Make an engine that notices when the server was away in the meantime."""
    return create_async_engine(
        url,
        hide_parameters=True,
        pool_pre_ping=True,
        pool_timeout=WAIT_SECONDS,
        connect_args={"timeout": WAIT_SECONDS, "server_settings": POSTGRES},
    )


def _line(url: URL) -> AsyncEngine:
    """Make an engine that keeps no connection, and whose statements end by themselves."""
    return create_async_engine(
        url,
        hide_parameters=True,
        poolclass=NullPool,
        isolation_level="AUTOCOMMIT",
        connect_args={"timeout": WAIT_SECONDS, "server_settings": POSTGRES | KEPT_ALIVE},
    )


def _sqlite(url: URL, *, writes: bool) -> AsyncEngine:
    """Make an engine whose transactions begin as ours do, not as the driver thinks they should."""
    engine = create_async_engine(
        url,
        hide_parameters=True,
        connect_args={"async_creator_fn": trips.connect},
        pool_size=1 if writes else READERS,
        max_overflow=0,
        pool_timeout=WAIT_SECONDS,
    )
    pragmas = PRAGMAS if writes else PRAGMAS | {"query_only": "ON"}
    usual = "BEGIN IMMEDIATE" if writes else "BEGIN"

    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for name, value in pragmas.items():
            cursor.execute(f"PRAGMA {name}={value}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Connection) -> None:
        statement = connection.get_execution_options().get("begin", usual)
        if statement:
            connection.exec_driver_sql(statement)

    return engine
