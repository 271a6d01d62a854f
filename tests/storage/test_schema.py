"""The form of the databases: migrations, tables and the clear-list say the same."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from storage.database import Database, migrate
from storage.errors import NotMigrated
from storage.schema import HERE, Schema, forms, newest
from tests.databases import Place, rows_of


def url_of(place: Place, schema: Schema) -> str:
    return place.data_url if schema is Schema.DATA else place.keys_url


@pytest.mark.parametrize("schema", Schema)
async def test_the_migrations_make_the_tables_that_are_declared(
    place: Place, schema: Schema
) -> None:
    def differences(connection: Connection) -> list[object]:
        options = {"compare_type": True, "compare_server_default": True}
        context = MigrationContext.configure(connection, opts=options)
        return list(compare_metadata(context, schema.tables))

    database = Database.at(url_of(place, schema), schema)
    async with database.reading() as db:
        found = await (await db.connection()).run_sync(differences)
    await database.close()
    assert found == []


async def test_a_difference_between_migrations_and_tables_would_be_found(place: Place) -> None:
    def differences(connection: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection), Schema.KEYS.tables))

    database = Database.at(place.data_url)
    async with database.reading() as db:
        found = await (await db.connection()).run_sync(differences)
    await database.close()
    assert found


async def test_migrating_twice_changes_nothing(database: Database) -> None:
    await database.migrate()
    await database.check()


async def test_two_processes_that_migrate_at_once_both_find_it_done(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'new.db'}"
    await asyncio.gather(*(migrate(url) for _ in range(3)))
    database = Database.at(url)
    await database.check()
    await database.close()


async def test_an_empty_database_is_not_used(tmp_path: Path) -> None:
    database = Database.at(f"sqlite+aiosqlite:///{tmp_path / 'new' / 'empty.db'}")
    with pytest.raises(NotMigrated):
        await database.check()
    await database.close()


async def test_a_database_of_the_other_kind_has_none_of_the_tables(place: Place) -> None:
    def names(connection: Connection) -> set[str]:
        return set(inspect(connection).get_table_names())

    found = []
    for schema in Schema:
        database = Database.at(url_of(place, schema), schema)
        async with database.reading() as db:
            found.append(await (await db.connection()).run_sync(names))
        await database.close()
    assert found[0] & found[1] == {"alembic_version"}


async def test_the_name_of_the_newest_form_is_in_the_database(database: Database) -> None:
    assert len(await rows_of(database, "SELECT version_num FROM alembic_version")) == 1


@pytest.mark.parametrize("schema", Schema)
def test_forms_are_named_by_files_as_the_migrations_name_them(schema: Schema) -> None:
    folder = (HERE / schema).as_posix()
    script = ScriptDirectory(HERE.as_posix(), version_locations=[folder])
    named = [each.revision for each in script.walk_revisions()]
    assert [*forms(schema)] == sorted(named)
    assert [newest(schema)] == script.get_heads()
