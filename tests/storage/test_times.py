"""A moment is the same moment in both kinds of database, and it is always in UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import StatementError
from sqlmodel import col, insert, select

from storage import heard
from storage.columns import UtcTime
from storage.database import Database
from storage.tables import ErasureRow, HeardRow
from tests.databases import NOW
from tests.storage.made import later, new_id


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
