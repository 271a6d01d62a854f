"""The audit log: lines are only added, and a change or a gap is found."""

from __future__ import annotations

import asyncio
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from storage import audit
from storage.audit import Entry, Head
from storage.database import Database
from storage.errors import StorageError
from storage.keystore import KeyStore
from tests.databases import NOW

ACTOR = UUID(int=1)


async def append(database: Database, keystore: KeyStore, *whats: str) -> None:
    async with database.begin() as db:
        for what in whats:
            await audit.append(db, keystore, Entry(NOW, ACTOR, "colleague", what, ACTOR))


async def broken(database: Database, keystore: KeyStore, anchor: Head | None = None) -> int | None:
    async with database.reading() as db:
        return await audit.first_broken(db, keystore, anchor)


async def meddle(database: Database, statement: str) -> None:
    """Do what somebody could who owns the database itself."""
    off = {
        True: ("DROP TRIGGER audit_no_update", "DROP TRIGGER audit_no_delete"),
        False: ("SET LOCAL session_replication_role = replica",),
    }[database.is_sqlite]
    async with database.begin() as db:
        for one in (*off, statement):
            await db.exec(text(one))  # type: ignore[call-overload]


async def test_an_untouched_log_is_whole(database: Database, keystore: KeyStore) -> None:
    assert await broken(database, keystore) is None
    await append(database, keystore, "claimed", "read", "closed")
    assert await broken(database, keystore) is None


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET what = 'read' WHERE seq = 2",
        "UPDATE audit SET actor_id = NULL WHERE seq = 2",
        "UPDATE audit SET object_id = NULL WHERE seq = 2",
        "DELETE FROM audit WHERE seq = 2",
    ],
)
async def test_a_line_that_was_changed_or_removed_is_found(
    database: Database, keystore: KeyStore, statement: str
) -> None:
    await append(database, keystore, "claimed", "answered", "closed")
    await meddle(database, statement)
    assert await broken(database, keystore) == 2


@pytest.mark.parametrize("statement", ["UPDATE audit SET what = 'x'", "DELETE FROM audit"])
async def test_the_database_itself_refuses_to_change_the_log(
    database: Database, keystore: KeyStore, statement: str
) -> None:
    await append(database, keystore, "claimed")
    with pytest.raises((DBAPIError, StorageError)):
        async with database.begin() as db:
            await db.exec(text(statement))  # type: ignore[call-overload]
    assert await broken(database, keystore) is None


async def test_a_log_that_was_cut_short_is_found_by_an_anchor(
    database: Database, keystore: KeyStore
) -> None:
    await append(database, keystore, "claimed", "closed")
    async with database.reading() as db:
        anchor = await audit.head(db)
    await append(database, keystore, "read")
    assert await broken(database, keystore, anchor) is None
    await meddle(database, "DELETE FROM audit WHERE seq >= 2")
    assert await broken(database, keystore) is None
    assert await broken(database, keystore, anchor) == 2


async def test_lines_of_processes_that_write_at_once_stand_in_one_chain(
    database: Database, keystore: KeyStore
) -> None:
    await asyncio.gather(*(append(database, keystore, f"read{each}") for each in range(20)))
    assert await broken(database, keystore) is None
    async with database.reading() as db:
        assert (await audit.head(db)).seq == 20
