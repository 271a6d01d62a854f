"""The key store: one key a person, destroyed for good, and never touched by the wrong key file."""

from __future__ import annotations

import asyncio
import json
import shutil
from base64 import b64encode
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from uuid import UUID

import pytest

from storage.database import Database
from storage.errors import NotFound, NotMigrated, StorageError, Unreadable, WrongKey
from storage.keyfile import KeyFile
from storage.keystore import KeyStore
from storage.recent import SECONDS
from storage.schema import Schema
from storage.sealed import SYSTEM
from tests.databases import NOW, Place, rows_of
from tests.storage.made import new_id

PLACE = ("message", "body", UUID(int=7))


@pytest.fixture
async def keys(place: Place) -> AsyncIterator[Database]:
    """The key store's database, past everything that the key store does."""
    database = Database.at(place.keys_url, Schema.KEYS)
    yield database
    await database.close()


async def everything_in(keys: Database) -> list[object]:
    tables = [table.name for table in Schema.KEYS.tables.sorted_tables]
    return [await rows_of(keys, f"SELECT * FROM {table}") for table in tables]  # noqa: S608 - names of our own


async def opened(place: Place, monotonic: Callable[[], float] = lambda: 0.0) -> KeyStore:
    key_file = KeyFile.load_or_make(place.key_path)
    return await KeyStore.open(place.keys_url, key_file, now=NOW, monotonic=monotonic)


# --- keys of people ------------------------------------------------------------------------------


async def test_everybody_has_a_key_of_their_own_that_lasts(
    place: Place, keystore: KeyStore
) -> None:
    anna, bram = new_id(), new_id()
    await keystore.make([anna, bram])
    blob = (await keystore.seal_of(anna)).seal(*PLACE, "woorden")
    again = await opened(place)
    assert (await again.seal_of(anna)).open(*PLACE, blob) == "woorden"
    with pytest.raises(Unreadable):
        (await again.seal_of(bram)).open(*PLACE, blob)
    await again.close()


async def test_whoever_has_a_key_keeps_it(place: Place, keystore: KeyStore) -> None:
    anna = new_id()
    await keystore.make([anna])
    blob = (await keystore.seal_of(anna)).seal(*PLACE, "woorden")
    again = await opened(place)
    await again.make([anna])
    await keystore.make([anna])
    await keystore.make([])
    assert (await again.seal_of(anna)).open(*PLACE, blob) == "woorden"
    await again.close()


async def test_two_processes_that_make_the_same_key_end_with_one(place: Place) -> None:
    anna = new_id()
    one, other = await opened(place), await opened(place)
    await asyncio.gather(one.make([anna]), other.make([anna]))
    blob = (await one.seal_of(anna)).seal(*PLACE, "woorden")
    assert (await other.seal_of(anna)).open(*PLACE, blob) == "woorden"
    await one.close()
    await other.close()


async def test_whoever_is_not_known_has_no_key(keystore: KeyStore) -> None:
    anna, stranger = new_id(), new_id()
    await keystore.make([anna])
    assert set(await keystore.seals([anna, stranger])) == {anna}
    with pytest.raises(NotFound):
        await keystore.seal_of(stranger)


async def test_keys_of_thousands_are_given_at_once(place: Place) -> None:
    people = [new_id() for _ in range(5_001)]
    keystore = await opened(place)
    await keystore.make(people)
    again = await opened(place)
    assert set(await again.seals(people)) == set(people)
    await again.close()
    await keystore.close()


async def test_a_key_that_was_moved_to_another_person_does_not_open(
    keystore: KeyStore, keys: Database, place: Place
) -> None:
    anna, bram = new_id(), new_id()
    await keystore.make([anna])
    await keystore.close()
    async with keys.begin() as db:
        connection = await db.connection()
        table = Schema.KEYS.tables.tables["person_key"]
        await connection.execute(table.update().values(person_id=bram))
    again = await opened(place)
    with pytest.raises(Unreadable):
        await again.seal_of(bram)
    await again.close()


async def test_a_key_under_a_master_key_that_is_gone_is_named(
    keystore: KeyStore, keys: Database, place: Place
) -> None:
    anna = new_id()
    await keystore.make([anna])
    await keystore.close()
    async with keys.begin() as db:
        connection = await db.connection()
        table = Schema.KEYS.tables.tables["person_key"]
        await connection.execute(table.update().values(kek_id="k2020a"))
    again = await opened(place)
    with pytest.raises(Unreadable, match="k2020a"):
        await again.seals([anna])
    await again.close()


async def test_keys_are_remembered_for_five_minutes(keys: Database, place: Place) -> None:
    times = [0.0]
    keystore = await opened(place, lambda: times[0])
    anna = new_id()
    await keystore.make([anna])
    async with keys.begin() as db:
        connection = await db.connection()
        await connection.execute(Schema.KEYS.tables.tables["person_key"].delete())
    assert set(await keystore.seals([anna])) == {anna}
    times[0] += SECONDS
    assert await keystore.seals([anna]) == {}
    await keystore.close()


# --- erasing -------------------------------------------------------------------------------------


async def test_an_erased_person_has_no_key_and_gets_none(keystore: KeyStore) -> None:
    anna, bram = new_id(), new_id()
    await keystore.make([anna, bram])
    await keystore.erase(anna, NOW)
    await keystore.erase(anna, NOW)
    await keystore.make([anna])
    assert set(await keystore.seals([anna, bram])) == {bram}
    assert await keystore.erased([anna, bram]) == {anna}
    assert await keystore.erased([]) == set()


async def test_of_an_erased_person_a_hash_is_left(keystore: KeyStore, keys: Database) -> None:
    anna = new_id()
    await keystore.make([anna])
    await keystore.erase(anna, NOW)
    left = repr(await everything_in(keys))
    assert anna.hex not in left
    assert str(anna) not in left
    assert len(await rows_of(keys, "SELECT * FROM erased")) == 1


# --- the right key file --------------------------------------------------------------------------


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


async def test_a_key_store_that_is_not_migrated_gets_no_key_file(tmp_path: Path) -> None:
    new = KeyFile.load_or_make(tmp_path / "master.json")
    with pytest.raises(NotMigrated):
        await KeyStore.open(f"sqlite+aiosqlite:///{tmp_path / 'keys.db'}", new, now=NOW)
    assert not (tmp_path / "master.json").exists()


async def test_a_key_store_can_be_checked(keystore: KeyStore) -> None:
    await keystore.check()


# --- what is derived -----------------------------------------------------------------------------


async def test_an_index_is_the_same_for_the_same_address_only(
    place: Place, keystore: KeyStore
) -> None:
    again = await opened(place)
    assert keystore.index("telegram", "123") == again.index("telegram", "123")
    await again.close()
    others = {
        keystore.index(*parts)
        for parts in (("telegram", "123"), ("telegram", "124"), ("web", "123"), ("telegram1", "23"))
    }
    assert {len(each) for each in others} == {16}
    assert len(others) == 4


async def test_each_purpose_has_a_secret_of_its_own(keystore: KeyStore) -> None:
    secrets = {keystore.derive(purpose) for purpose in ("webhook", "cookies")}
    assert len(secrets) == 2
    assert {len(secret) for secret in secrets} == {32}
    assert keystore.derive("webhook") in secrets


async def test_the_house_has_a_seal_of_its_own(keystore: KeyStore) -> None:
    assert keystore.system.person_id == SYSTEM
    blob = keystore.system.seal("staff", "email", UUID(int=7), "een@voorbeeld.invalid")
    assert keystore.system.open("staff", "email", UUID(int=7), blob) == "een@voorbeeld.invalid"


def test_everything_that_goes_wrong_here_is_a_storage_error() -> None:
    assert all(issubclass(each, StorageError) for each in (NotFound, WrongKey, NotMigrated))
