"""Transactions: whole or not at all; and how every connection is set."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError
from sqlmodel import insert, select, update

from storage import database as module
from storage import heard, people, retention
from storage.database import Database
from storage.errors import Unavailable
from storage.schema import Schema
from storage.tables import HeardRow, PersonRow, WayRow
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


async def test_a_snapshot_sees_one_moment_however_long_it_takes(database: Database) -> None:
    async with database.snapshot() as db:
        assert list(await db.exec(select(HeardRow))) == []
        async with database.begin() as writing:
            await heard.keep(writing, ["a"], NOW)
        assert list(await db.exec(select(HeardRow))) == []


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


async def test_whoever_is_cancelled_halfway_leaves_nothing_and_holds_nobody_up(
    database: Database,
) -> None:
    async def write() -> None:
        async with database.begin() as db:
            for number in range(3):
                await heard.keep(db, [str(number)], NOW)
            await asyncio.Event().wait()

    cancelled = []
    for steps in range(40):
        writing = [asyncio.create_task(write()) for _ in range(2)]
        for _ in range(2 * steps):
            await asyncio.sleep(0)
        for each in writing:
            each.cancel()
        # Kept with all that their tracebacks hold, as a log may keep them.
        cancelled += await asyncio.gather(*writing, return_exceptions=True)
        async with database.begin() as db:
            assert await heard.keep(db, ["0"], NOW) == {"0"}
            await retention.forget(db, HeardRow, later(1))
    assert {type(each) for each in cancelled} == {asyncio.CancelledError}


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


async def test_a_value_that_does_not_fit_is_no_database_that_is_away(database: Database) -> None:
    with pytest.raises((ValueError, OverflowError)):
        async with database.begin() as db:
            await people.remember_screens(db, {b"way": 2**70})


async def test_plain_words_are_refused_by_a_sealed_column(database: Database) -> None:
    person_id = new_id()
    row = {"idx": bytes(16), "person_id": person_id, "door": "web", "address": SENTINEL.encode()}
    async with database.begin() as db:
        await db.exec(insert(PersonRow), params=[{"id": person_id, "created_day": NOW.date()}])
        with pytest.raises(StatementError) as refused:
            await db.exec(insert(WayRow), params=[row | {"closed": False}])
    assert SENTINEL not in str(refused.value)


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
