"""A key file that is not the key store's own stops the start, and nothing is written by then."""

from __future__ import annotations

import asyncio
import json
import shutil
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest

from storage.database import Database
from storage.errors import NotMigrated, WrongKey
from storage.keyfile import KeyFile
from storage.keystore import KeyStore
from storage.schema import Schema
from tests.databases import NOW, Place, rows_of
from tests.storage.made import new_id
from tests.storage.stores import everything_in, opened

PLACE = ("message", "body", UUID(int=7))


def exchanged(name: str) -> Callable[[Path], None]:
    """Give another key in the place of one."""

    def change(path: Path) -> None:
        found = json.loads(path.read_text())
        other = b64encode(b"x" * 32).decode()
        found[name] = {found["primary"]: other} if name == "kek" else other
        path.write_text(json.dumps(found))

    return change


def renamed(path: Path) -> None:
    path.write_text(path.read_text().replace("k2026a", "k2031a"))


def missing(path: Path) -> None:
    path.unlink()


WRONG = [exchanged("kek"), exchanged("index"), exchanged("system"), renamed, missing]


@pytest.mark.parametrize("spoil", WRONG, ids=["kek", "index", "system", "name", "missing"])
async def test_a_wrong_key_file_stops_everything_and_changes_nothing(
    place: Place, keystore: KeyStore, keys: Database, spoil: Callable[[Path], None]
) -> None:
    await keystore.make([new_id()])
    await keystore.close()
    spoil(place.key_path)
    before = await everything_in(keys)
    files = {path: path.read_bytes() for path in place.key_path.parent.iterdir()}
    with pytest.raises(WrongKey, match=r"master\.json"):
        await opened(place)
    assert await everything_in(keys) == before
    assert {path: path.read_bytes() for path in place.key_path.parent.iterdir()} == files


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
async def test_a_wrong_key_file_leaves_every_byte_of_the_key_store(
    place: Place, keystore: KeyStore
) -> None:
    await keystore.make([new_id()])
    await keystore.close()
    place.key_path.unlink()
    before = place.keys_path.read_bytes()
    with pytest.raises(WrongKey):
        await opened(place)
    assert place.keys_path.read_bytes() == before


async def test_the_key_file_that_was_put_back_is_right_again(
    place: Place, keystore: KeyStore, tmp_path: Path
) -> None:
    await keystore.close()
    shutil.move(place.key_path, tmp_path / "elsewhere")
    with pytest.raises(WrongKey):
        await opened(place)
    shutil.move(tmp_path / "elsewhere", place.key_path)
    again = await opened(place)
    await again.close()


async def test_a_changed_canary_is_a_wrong_key(
    place: Place, keystore: KeyStore, keys: Database
) -> None:
    await keystore.close()
    async with keys.begin() as db:
        connection = await db.connection()
        table = Schema.KEYS.tables.tables["canary"]
        await connection.execute(table.update().values(blob=b"short"))
    with pytest.raises(WrongKey):
        await opened(place)


async def test_a_newer_master_key_gets_a_canary_and_older_keys_still_open(
    place: Place, keystore: KeyStore, keys: Database
) -> None:
    anna, bram = new_id(), new_id()
    await keystore.make([anna])
    blob = (await keystore.seal_of(anna)).seal(*PLACE, "woorden")
    await keystore.close()
    found = json.loads(place.key_path.read_text())
    found["kek"]["k2027a"] = b64encode(b"n" * 32).decode()
    place.key_path.write_text(json.dumps(found | {"primary": "k2027a"}))
    again = await opened(place)
    await again.make([bram])
    assert (await again.seal_of(anna)).open(*PLACE, blob) == "woorden"
    await again.close()
    assert await rows_of(keys, "SELECT kek_id FROM canary ORDER BY kek_id") == [
        ("k2026a",),
        ("k2027a",),
    ]


async def test_of_two_machines_with_keys_of_their_own_one_does_not_start(place: Place) -> None:
    one = KeyFile.load_or_make(place.folder / "one.json").keep(NOW)
    other = KeyFile.load_or_make(place.folder / "other.json").keep(NOW)
    started = await asyncio.gather(
        *(KeyStore.open(place.keys_url, each, now=NOW) for each in (one, other)),
        return_exceptions=True,
    )
    kinds = {type(each) for each in started}
    assert kinds == {KeyStore, WrongKey}
    for each in started:
        if isinstance(each, KeyStore):
            await each.close()


async def test_two_processes_that_begin_at_once_on_nothing_have_the_same_keys(place: Place) -> None:
    files = [KeyFile.load_or_make(place.key_path) for _ in range(2)]
    stores = [await KeyStore.open(place.keys_url, each, now=NOW) for each in files]
    assert len({each.derive("webhook") for each in stores}) == 1
    for each in stores:
        await each.close()


async def test_a_key_store_that_is_not_migrated_gets_no_key_file(tmp_path: Path) -> None:
    new = KeyFile.load_or_make(tmp_path / "master.json")
    with pytest.raises(NotMigrated):
        await KeyStore.open(f"sqlite+aiosqlite:///{tmp_path / 'keys.db'}", new, now=NOW)
    assert not (tmp_path / "master.json").exists()


async def test_a_key_store_can_be_checked(keystore: KeyStore) -> None:
    await keystore.check()
