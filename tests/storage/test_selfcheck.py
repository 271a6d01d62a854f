"""Every sealed field is tried, and one that does not open is told by its place."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import Table, select, update

from storage.database import Database
from storage.everything import row_id
from storage.keystore import KeyStore
from storage.schema import Schema
from storage.sealed import SealedBytes
from storage.selfcheck import KEY, try_everything
from tests.databases import NOW
from tests.storage.everywhere import every_column_sealed

SEALED = [
    (table.name, column.name)
    for table in Schema.DATA.tables.sorted_tables
    for column in table.c
    if isinstance(column.type, SealedBytes)
]


async def test_every_sealed_column_is_opened(database: Database, keystore: KeyStore) -> None:
    await every_column_sealed(database, keystore)
    found = await try_everything(database, keystore)
    assert set(found) == {KEY, *SEALED}
    assert all(tried.opened for tried in found.values())
    assert not [tried.unreadable for tried in found.values() if tried.unreadable]


async def test_a_field_that_was_changed_is_named_by_its_row(
    database: Database, keystore: KeyStore
) -> None:
    await every_column_sealed(database, keystore)
    for name, column in SEALED:
        before = (await try_everything(database, keystore))[name, column]
        id = await spoil(database, Schema.DATA.tables.tables[name], column)
        after = (await try_everything(database, keystore))[name, column]
        assert after.unreadable == [id]
        assert after.opened == before.opened - 1


async def spoil(database: Database, table: Table, column: str) -> UUID:
    """Change one bit of one field; give the id of its row."""
    async with database.begin() as db:
        connection = await db.connection()
        rows = select(table).where(table.c[column].is_not(None)).limit(1)
        row = (await connection.execute(rows)).mappings().one()
        blob = row[column][:-1] + bytes([row[column][-1] ^ 1])
        this = [key == row[key.name] for key in table.primary_key]
        change = update(table).where(*this).values({column: blob})
        await connection.execute(change)
    return row_id(row)


async def test_a_key_that_was_changed_is_named_and_all_others_open(
    database: Database, keystore: KeyStore, keys: Database
) -> None:
    anna, bram = await every_column_sealed(database, keystore)
    keystore._cache.clear()
    table = Schema.KEYS.tables.tables["person_key"]
    async with keys.begin() as db:
        connection = await db.connection()
        his = table.c.person_id == bram.id
        await connection.execute(table.update().where(his).values(wrapped=b"x" * 60))
    found = await try_everything(database, keystore)
    assert found[KEY].unreadable == [bram.id]
    assert found[KEY].opened == 1
    assert found["way", "address"].opened == 1
    assert found["review", "body"].unreadable
    assert found["conversation", "session"].opened == 1
    assert anna.id not in found[KEY].unreadable


async def test_a_missing_key_is_named_but_nobody_who_was_just_erased(
    database: Database, keystore: KeyStore, keys: Database
) -> None:
    anna, bram = await every_column_sealed(database, keystore)
    await keystore.erase(anna.id, NOW)
    keystore._cache.clear()
    async with keys.begin() as db:
        connection = await db.connection()
        table = Schema.KEYS.tables.tables["person_key"]
        await connection.execute(table.delete().where(table.c.person_id == bram.id))
    found = await try_everything(database, keystore)
    assert found[KEY].unreadable == [bram.id]
    assert found[KEY].opened == 0
    assert found["lock", "pin"].unreadable == [bram.id]


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
async def test_an_empty_house_is_sound(database: Database, keystore: KeyStore) -> None:
    assert await try_everything(database, keystore) == {}
