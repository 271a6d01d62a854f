"""A database of any earlier release is brought up to date, and everything in it still opens.

In `released/` lie the databases that releases themselves left, under the number of their form: two
requests, somebody who only began, and a colleague, sealed with keys of plain bytes. A release that
changes the form adds what it leaves (`sqlite3 data.db .dump`), and those that are there stay.
"""

from __future__ import annotations

import json
import sqlite3
from base64 import b64encode
from contextlib import closing
from pathlib import Path

import pytest

from bot.backups import back_up
from bot.clock import Clock
from bot.envelopes import Envelope, Sender
from bot.opening import opened
from bot.settings import Settings
from dialogs.events import Said
from dialogs.frozen import replace
from storage import audit, referrals, schema
from storage.database import Database, migrate
from storage.doors import Door
from storage.referral_values import Status
from storage.schema import Schema
from storage.selfcheck import KEY, try_everything
from tests.bot.backups import ONE, cut_off_after, elsewhere, everything, folder, put_back, whole
from tests.houses import ROOT

__all__ = ["elsewhere", "folder"]

RELEASED = sorted((Path(__file__).parent / "released").iterdir())
NUMBERS = {"kek": 1, "index": 2, "audit": 3, "system": 4}


@pytest.fixture(params=RELEASED, ids=lambda path: path.name)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """A house as an earlier release left it."""
    place = tmp_path / "old"
    place.mkdir()
    for which in Schema:
        with closing(sqlite3.connect(place / f"{which}.db")) as database:
            database.executescript((request.param / f"{which}.sql").read_text("utf-8"))
    keys = {name: b64encode(bytes([number]) * 32).decode() for name, number in NUMBERS.items()}
    key_file = place / "master.json"
    key_file.write_text(json.dumps(keys | {"kek": {"k2026a": keys["kek"]}, "primary": "k2026a"}))
    key_file.chmod(0o600)
    return Settings(
        port=0,
        database_url=f"sqlite+aiosqlite:///{place}/data.db",
        keystore_url=f"sqlite+aiosqlite:///{place}/keys.db",
        key_file=key_file,
        organisation_file=ROOT / "organisation.toml",
    )


async def is_sound(settings: Settings) -> None:
    """Open the house and everything in it; somebody who has waited since goes on."""
    async with opened(settings, Clock()) as house:
        found = await try_everything(house.database, house.keystore)
        assert not [tried for tried in found.values() if tried.unreadable]
        assert found[KEY].opened == 3
        assert found["conversation", "session"].opened == 3
        async with house.database.reading() as db:
            kept = await referrals.everything(db)
            assert [each.status for each in kept] == [Status.WAITING, Status.WAITING]
            assert await audit.first_broken(db, house.keystore) is None
        said = Envelope(Sender(Door.WEB, "visitor-1", "nl"), "later:1", Said("Bent u daar?"))
        await house.conductor.hear(said)
        async with house.database.reading() as db:
            assert sorted(each.unread for each in await referrals.everything(db)) == [0, 2]


async def test_what_an_earlier_release_kept_is_all_there(old: Settings) -> None:
    before = await everything(old.database_url, Schema.DATA)
    await migrate(old.database_url)
    after = await everything(old.database_url, Schema.DATA)
    for name, rows in before.items():
        for was, now in zip(rows, after[name], strict=True):
            assert {column: now.get(column, value) for column, value in was.items()} == was
    await is_sound(old)


@ONE
async def test_a_backup_of_an_earlier_release_is_put_back(
    old: Settings, elsewhere: Settings, folder: Path
) -> None:
    await back_up(old, Clock(), folder)
    there = replace(elsewhere, key_file=old.key_file)
    await put_back(there, folder)
    await is_sound(there)


@ONE
async def test_a_migration_that_is_cut_off_leaves_nothing_and_is_done_again(
    elsewhere: Settings,
) -> None:
    database = Database.at(elsewhere.database_url)
    async with database.begin() as db:
        connection = await db.connection()
        await connection.run_sync(schema.upgrade, Schema.DATA, "0001")
        await connection.exec_driver_sql("INSERT INTO tally VALUES ('2026-03-02', 'sent', 4711)")
    before = await whole(elsewhere)
    cut, at = 0, 10
    while True:
        try:
            with cut_off_after(at):
                await migrate(elsewhere.database_url)
            break
        except InterruptedError:
            assert await whole(elsewhere) == before
        cut, at = cut + 1, at * 2
    assert cut > 3
    await database.check()
    await database.close()
    assert (await whole(elsewhere))[0]["tally"] == before[0]["tally"]
