"""Backups in a folder of the test's own, and databases to put them back into."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import event, select
from sqlalchemy.engine import Engine

from bot.backups import Restored, restore
from bot.clock import Clock
from bot.encrypting import Identity
from bot.settings import Settings
from dialogs.frozen import replace
from storage import schema
from storage.database import Database
from storage.schema import Schema
from tests.databases import KINDS, Supply

ONE = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
# What is different on purpose: a line that it was put back, and nobody stays signed in.
DIFFERENT = {"audit", "staff_session", "set_up_link"}
Rows = dict[str, list[dict[str, object]]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backups"


@pytest.fixture(params=KINDS)
async def elsewhere(
    request: pytest.FixtureRequest, settings: Settings, supply: Supply, tmp_path: Path
) -> Settings:
    """The same key file, and two databases in which there is nothing."""
    place = tmp_path / "elsewhere"
    place.mkdir()
    data, keys = await supply.empty(request.param, place)
    return replace(settings, database_url=data, keystore_url=keys)


async def put_back(
    settings: Settings,
    folder: Path,
    identity: Identity | None = None,
    *,
    over: bool = False,
    forget_keyless: bool = False,
) -> Restored:
    clock = Clock()
    return await restore(
        settings, clock, folder, identity, replace=over, forget_keyless=forget_keyless
    )


async def everything(url: str, which: Schema) -> Rows:
    """Read every row of every table, as SQLAlchemy gives it."""
    database = Database.at(url, which)
    found: Rows = {}
    async with database.reading() as db:
        connection = await db.connection()
        for table in await connection.run_sync(schema.tables_there):
            rows = await connection.execute(select(table).order_by(*table.primary_key))
            found[table.name] = [{**row} for row in rows.mappings()]
    await database.close()
    return found


async def whole(settings: Settings) -> tuple[Rows, Rows]:
    data = await everything(settings.database_url, Schema.DATA)
    keys = await everything(settings.keystore_url, Schema.KEYS)
    return {name: rows for name, rows in data.items() if name not in DIFFERENT}, keys


def files(folder: Path, name: str = "") -> list[Path]:
    return sorted(folder.glob(f"{name}*"))


@contextmanager
def cut_off_after(statements: int) -> Iterator[list[str]]:
    """Fail at a statement, as when the power goes; gives those that went well."""
    done: list[str] = []

    def count(_c: object, _cursor: object, statement: str, *_: object) -> None:
        if len(done) == statements:
            raise InterruptedError
        done.append(statement)

    event.listen(Engine, "before_cursor_execute", count)
    try:
        yield done
    finally:
        event.remove(Engine, "before_cursor_execute", count)
