"""A statement of SQLite takes one trip to its thread, and a table is read in portions."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from storage.database import Database
from storage.errors import Unavailable
from storage.trips import AT_ONCE, Connection

MANY = 2 * AT_ONCE + 1


class Counted(Connection):
    """Counts the trips to its thread."""

    trips = 0

    async def _execute(self, *asked: Any, **named: Any) -> Any:  # noqa: ANN401 - the driver's own
        self.trips += 1
        return await super()._execute(*asked, **named)  # type: ignore[no-untyped-call]


@pytest.fixture
async def connection(tmp_path: Path) -> AsyncIterator[Counted]:
    path = tmp_path / "some.db"
    async with Counted(lambda: sqlite3.connect(path, isolation_level=None)) as opened:
        assert isinstance(opened, Counted)
        await opened.cursor().execute("CREATE TABLE one (number INTEGER PRIMARY KEY)")
        rows = [(number,) for number in range(MANY)]
        await opened.cursor().executemany("INSERT INTO one VALUES (?)", rows)
        yield opened


async def test_a_statement_is_closed_when_it_comes_back(connection: Counted) -> None:
    before = connection.trips
    cursor = await connection.cursor().execute("SELECT number FROM one WHERE number < 3")
    assert await cursor.fetchall() == [(0,), (1,), (2,)]
    await cursor.close()
    assert connection.trips == before + 1
    # Nothing that was left open keeps others from writing.
    await connection.cursor().execute("DROP TABLE one")


async def test_a_long_answer_is_given_whole_and_once(connection: Counted) -> None:
    cursor = await connection.cursor().execute("SELECT number FROM one ORDER BY number")
    assert await cursor.fetchall() == [(number,) for number in range(MANY)]
    assert await cursor.fetchall() == []


async def test_a_long_answer_is_read_in_portions(connection: Counted) -> None:
    cursor = await connection.cursor().execute("SELECT number FROM one ORDER BY number")
    found = [await cursor.fetchone()]
    while portion := await cursor.fetchmany(700):
        assert len(portion) <= 700
        found += portion
    assert found == [(number,) for number in range(MANY)]
    assert await cursor.fetchone() is None
    await cursor.close()


async def test_what_is_left_unread_holds_up_nobody(connection: Counted) -> None:
    cursor = await connection.cursor().execute("SELECT number FROM one ORDER BY number")
    await cursor.fetchmany(1)
    await cursor.close()
    assert await cursor.fetchall() == []
    await connection.cursor().execute("DROP TABLE one")


async def test_a_statement_that_fails_says_so_and_the_next_one_works(connection: Counted) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        await connection.cursor().execute("INSERT INTO one VALUES (1)")
    counted = await connection.cursor().execute("SELECT count(*) FROM one")
    assert await counted.fetchall() == [(MANY,)]


async def test_rows_that_a_change_gives_are_counted(connection: Counted) -> None:
    changed = await connection.cursor().execute(
        "UPDATE one SET number = -number WHERE number IN (1, 2) RETURNING number"
    )
    assert changed.rowcount == len(await changed.fetchall()) == 2


async def test_a_connection_that_is_gone_counts_as_gone(tmp_path: Path) -> None:
    database = Database.at(f"sqlite+aiosqlite:///{tmp_path / 'data.db'}")

    async def ask(*, closes: bool) -> object:
        async with database.begin() as db:
            connection = await db.connection()
            driver = (await connection.get_raw_connection()).driver_connection
            if closes and driver is not None:
                await driver.close()
            return await connection.scalar(text("SELECT 1"))

    with pytest.raises(Unavailable):
        await ask(closes=True)
    assert await ask(closes=False) == 1
    await database.close()
