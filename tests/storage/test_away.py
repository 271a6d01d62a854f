"""A database that is away, full or too busy is told from one that says no."""

from __future__ import annotations

import sqlite3

import pytest
from sqlalchemy import text
from sqlmodel import select

from storage import database as module
from storage import heard
from storage.database import Database
from storage.errors import Unavailable
from tests.databases import NOW, Place, rows_of

ONLY_SQLITE = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
ONLY_POSTGRES = pytest.mark.parametrize("kind", ["postgresql"], indirect=True)


async def say(database: Database, statement: str) -> None:
    async with database.begin() as db:
        await (await db.connection()).exec_driver_sql(statement)


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
async def test_who_waits_too_long_for_a_turn_is_told(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "WAIT_SECONDS", 0.02)
    database = Database.at(place.data_url)
    async with database.begin():
        with pytest.raises(Unavailable):
            await say(database, "DELETE FROM heard")
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
