"""Transactions: whole or not at all, and a database that is away is told from one that says no."""

from __future__ import annotations

import asyncio
import sqlite3
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError
from sqlmodel import col, insert, select, update

from storage import database as module
from storage import heard
from storage.columns import UtcTime
from storage.database import Database
from storage.errors import Unavailable
from storage.schema import Schema
from storage.tables import ErasureRow, HeardRow, PersonRow, WayRow
from tests.databases import NOW, Place, rows_of
from tests.storage.made import SENTINEL, later, new_id

ONLY_SQLITE = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
ONLY_POSTGRES = pytest.mark.parametrize("kind", ["postgresql"], indirect=True)


async def say(database: Database, statement: str) -> None:
    async with database.begin() as db:
        await (await db.connection()).exec_driver_sql(statement)


# --- whole or not at all -------------------------------------------------------------------------


async def test_what_is_read_is_what_was_committed(database: Database) -> None:
    async with database.begin() as db:
        await heard.keep(db, ["a"], NOW)
        assert await rows_of(database, "SELECT key FROM heard") == []
    assert await rows_of(database, "SELECT key FROM heard") == [("a",)]


async def test_nothing_is_written_where_one_only_reads(database: Database) -> None:
    async def write() -> None:
        async with database.reading() as db:
            await heard.keep(db, ["a"], NOW)

    with pytest.raises((Unavailable, DBAPIError)):
        await write()
    assert await rows_of(database, "SELECT key FROM heard") == []


async def test_who_has_only_read_before_can_write_after(database: Database) -> None:
    for _ in range(module.READERS + 1):
        async with database.reading() as db:
            await db.exec(select(HeardRow))
    async with database.begin() as db:
        assert await heard.keep(db, ["a"], NOW) == {"a"}


async def test_whoever_reads_holds_nobody_up_who_writes(database: Database) -> None:
    async with database.reading() as db:
        assert list(await db.exec(select(HeardRow))) == []
        async with database.begin() as writing:
            await heard.keep(writing, ["a"], NOW)
    assert await rows_of(database, "SELECT key FROM heard") == [("a",)]


async def test_what_was_read_before_is_read_anew(database: Database) -> None:
    async with database.begin() as db:
        await heard.keep(db, ["a"], NOW)
        (held,) = list(await db.exec(select(HeardRow)))
        await db.exec(update(HeardRow).values(at=later(1)))
        (again,) = list(await db.exec(select(HeardRow)))
        assert held is again
        assert again.at == later(1)


async def test_many_who_write_at_once_all_get_their_turn(database: Database) -> None:
    async def write(key: str) -> None:
        async with database.begin() as db:
            await heard.keep(db, [key], NOW)

    await asyncio.gather(*(write(str(number)) for number in range(20)))
    assert await rows_of(database, "SELECT count(*) FROM heard") == [(20,)]


@pytest.mark.parametrize("steps", range(12))
async def test_whoever_is_cancelled_halfway_leaves_nothing_and_holds_nobody_up(
    database: Database, steps: int
) -> None:
    async def write() -> None:
        async with database.begin() as db:
            for number in range(10):
                await heard.keep(db, [str(number)], NOW)
            await asyncio.Event().wait()

    writing = [asyncio.create_task(write()) for _ in range(2)]
    for _ in range(steps * 3):
        await asyncio.sleep(0)
    for each in writing:
        each.cancel()
    await asyncio.gather(*writing, return_exceptions=True)
    async with database.begin() as db:
        assert await heard.keep(db, ["0"], NOW) == {"0"}


# --- times ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("hours", [-5, 0, 2])
async def test_a_time_comes_back_as_the_same_moment_in_utc(database: Database, hours: int) -> None:
    given = NOW.astimezone(timezone(timedelta(hours=hours)))
    async with database.begin() as db:
        await db.exec(insert(ErasureRow), params=[{"person_id": new_id(), "at": given}])
        found = (await db.exec(select(ErasureRow.at))).one()
    assert found == NOW
    assert found.tzinfo is UTC


async def test_times_are_compared_as_moments(database: Database) -> None:
    west = timezone(timedelta(hours=-5))
    async with database.begin() as db:
        await heard.keep(db, ["a"], NOW.astimezone(west))
        statement = select(HeardRow.key).where(col(HeardRow.at) < later(1).astimezone(west))
        assert list(await db.exec(statement)) == ["a"]
        assert list(await db.exec(statement.where(col(HeardRow.at) > NOW))) == []


async def test_a_time_without_a_zone_is_refused(database: Database) -> None:
    async with database.begin() as db:
        with pytest.raises(StatementError, match="time zone"):
            await heard.keep(db, ["a"], datetime(2026, 3, 2))  # noqa: DTZ001 - this is what is refused


def test_no_time_stays_no_time() -> None:
    dialect = sqlite.dialect()
    assert UtcTime().process_bind_param(None, dialect) is None
    assert UtcTime().process_result_value(None, dialect) is None


# --- what a database refuses ---------------------------------------------------------------------


async def test_a_statement_that_breaks_a_rule_says_so_without_its_values(
    database: Database,
) -> None:
    row = {"idx": bytes(16), "person_id": new_id(), "door": SENTINEL, "closed": False}
    sealed = b"\xe1" + bytes(60)
    with pytest.raises(IntegrityError) as refused:
        async with database.begin() as db:
            await db.exec(insert(WayRow), params=[row | {"address": sealed}])
    assert SENTINEL not in str(refused.value)


async def test_plain_words_are_refused_by_a_sealed_column(database: Database) -> None:
    person_id = new_id()
    row = {"idx": bytes(16), "person_id": person_id, "door": "web", "address": SENTINEL.encode()}
    async with database.begin() as db:
        await db.exec(insert(PersonRow), params=[{"id": person_id, "created_day": NOW.date()}])
        with pytest.raises(StatementError) as refused:
            await db.exec(insert(WayRow), params=[row | {"closed": False}])
    assert SENTINEL not in str(refused.value)


# --- a database that is away ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        "postgresql+asyncpg://nobody@/nothing?host=/nowhere",
        "postgresql+asyncpg://nobody@127.0.0.1:9/nothing",
    ],
)
async def test_a_server_that_is_not_there_is_away(url: str) -> None:
    database = Database.at(url)
    with pytest.raises(Unavailable):
        await database.check()
    await database.close()


@ONLY_POSTGRES
async def test_a_database_that_is_not_there_is_away(place: Place) -> None:
    database = Database.at(place.data_url.replace("test_data", "gone"))
    with pytest.raises(Unavailable):
        await database.check()
    await database.close()


@ONLY_POSTGRES
async def test_a_connection_that_breaks_halfway_is_away_and_the_next_is_there(
    database: Database,
) -> None:
    others = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )

    async def interrupted() -> None:
        async with database.begin() as db:
            await heard.keep(db, ["a"], NOW)
            async with database.reading() as other:
                await other.exec(select(1).where(text("true")))
                await (await other.connection()).exec_driver_sql(others)
            await heard.keep(db, ["b"], NOW)

    with pytest.raises(Unavailable):
        await interrupted()
    assert await rows_of(database, "SELECT key FROM heard") == []


@ONLY_POSTGRES
async def test_a_statement_that_takes_too_long_is_ended(database: Database) -> None:
    async def slow() -> None:
        async with database.begin() as db:
            connection = await db.connection()
            await connection.exec_driver_sql("SET LOCAL statement_timeout = '20ms'")
            await connection.exec_driver_sql("SELECT pg_sleep(5)")

    with pytest.raises(Unavailable):
        await slow()


@ONLY_SQLITE
async def test_a_file_that_another_program_holds_is_away(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(module.PRAGMAS, "busy_timeout", "20")
    database = Database.at(place.data_url)
    holding = sqlite3.connect(place.data_path, isolation_level=None)
    holding.execute("BEGIN IMMEDIATE")
    with pytest.raises(Unavailable):
        await say(database, "DELETE FROM heard")
    holding.execute("ROLLBACK")
    holding.close()
    await say(database, "DELETE FROM heard")
    await database.close()


@ONLY_SQLITE
async def test_a_disk_that_is_full_is_away_and_nothing_is_half_written(
    database: Database,
) -> None:
    pages = await rows_of(database, "PRAGMA page_count")
    await say(database, f"PRAGMA max_page_count={pages[0][0]}")

    async def fill() -> None:
        async with database.begin() as db:
            await heard.keep(db, [f"{number:01000}" for number in range(200)], NOW)

    with pytest.raises(Unavailable):
        await fill()
    assert await rows_of(database, "SELECT key FROM heard") == []
    await say(database, "PRAGMA max_page_count=100000")
    await fill()
    assert await rows_of(database, "SELECT count(*) FROM heard") == [(200,)]


# --- how it is set -------------------------------------------------------------------------------


@ONLY_SQLITE
@pytest.mark.parametrize("writes", [True, False])
async def test_every_connection_to_a_file_is_set_as_it_must_be(
    database: Database, *, writes: bool
) -> None:
    expected = {
        "journal_mode": "wal",
        "synchronous": 2,
        "secure_delete": 1,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "busy_timeout": 5000,
        "journal_size_limit": 16 * 1024 * 1024,
        "auto_vacuum": 2,
        "query_only": 0 if writes else 1,
    }
    async with database.begin() if writes else database.reading() as db:
        connection = await db.connection()
        found = {name: await connection.scalar(text(f"PRAGMA {name}")) for name in expected}
    assert found == expected


@ONLY_POSTGRES
async def test_every_connection_to_a_server_is_set_as_it_must_be(database: Database) -> None:
    expected = {
        "statement_timeout": "10s",
        "idle_in_transaction_session_timeout": "30s",
        "application_name": "handreiking",
    }
    found = {name: (await rows_of(database, f"SHOW {name}"))[0][0] for name in expected}
    assert found == expected


async def test_a_new_file_is_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "new.db"
    database = Database.at(f"sqlite+aiosqlite:///{path}")
    await database.migrate()
    modes = {each.stat().st_mode & 0o777 for each in path.parent.iterdir()}
    assert (path.parent.stat().st_mode & 0o777, modes) == (0o700, {0o600})
    await database.close()


@pytest.mark.parametrize("schema", Schema)
async def test_what_was_deleted_can_be_scrubbed(place: Place, schema: Schema) -> None:
    url = place.data_url if schema is Schema.DATA else place.keys_url
    database = Database.at(url, schema)
    table = schema.tables.sorted_tables[0].name
    await say(database, f"DELETE FROM {table}")  # noqa: S608 - a name of our own
    assert await database.scrub(table)
    assert await database.scrub()
    await database.close()


@ONLY_SQLITE
async def test_scrubbing_says_when_somebody_still_reads_an_older_state(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(module.PRAGMAS, "busy_timeout", "20")
    database = Database.at(place.data_url)
    await say(database, "INSERT INTO heard VALUES ('a', '2026-03-02 00:00:00')")
    async with database.reading() as db:
        assert list(await db.exec(select(HeardRow.key))) == ["a"]
        await say(database, "DELETE FROM heard")
        assert not await database.scrub()
    assert await database.scrub()
    await database.close()
