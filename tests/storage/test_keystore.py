"""The key store: one key a person, wrapped by a master key, and destroyed for good."""

from __future__ import annotations

import asyncio
from uuid import UUID

import pytest

from storage import statements
from storage.database import Database
from storage.errors import NotFound, NotMigrated, StorageError, Unreadable, WrongKey
from storage.keystore import KeyStore
from storage.recent import SECONDS
from storage.schema import Schema
from storage.sealed import SYSTEM
from tests.databases import NOW, Place, rows_of
from tests.storage.made import new_id
from tests.storage.stores import everything_in, opened

PLACE = ("message", "body", UUID(int=7))


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


async def test_keys_of_more_people_than_fit_in_a_statement_are_given(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(statements, "MOST_VALUES", 2)
    people = [new_id() for _ in range(5)]
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
