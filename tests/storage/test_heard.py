"""What is heard twice is done once; what spoils a turn is set aside."""

from __future__ import annotations

import asyncio

import pytest

from storage import heard, people, retention, setaside
from storage.database import Database
from storage.keystore import KeyStore
from storage.setaside import SetAside
from storage.tables import HeardRow, SetAsideRow
from tests.databases import NOW
from tests.storage.made import SENTINEL, later, new_id, person


async def test_what_was_heard_before_is_not_new(database: Database) -> None:
    async with database.begin() as db:
        assert await heard.keep(db, [], NOW) == set()
        assert await heard.keep(db, ["telegram:1", "telegram:2"], NOW) == {
            "telegram:1",
            "telegram:2",
        }
    async with database.begin() as db:
        assert await heard.keep(db, ["telegram:2", "telegram:3"], NOW) == {"telegram:3"}


async def test_the_same_thing_twice_in_one_breath_is_new_once(database: Database) -> None:
    async with database.begin() as db:
        assert await heard.keep(db, ["web:1", "web:1"], NOW) == {"web:1"}


async def test_of_two_processes_that_hear_the_same_one_hears_something_new(
    database: Database,
) -> None:
    async def hear() -> set[str]:
        async with database.begin() as db:
            return await heard.keep(db, ["a", "b"], NOW)

    assert sorted(await asyncio.gather(hear(), hear()), key=len) == [set(), {"a", "b"}]


async def test_what_is_rolled_back_was_not_heard(database: Database) -> None:
    async def hear(*, breaks: bool) -> set[str]:
        async with database.begin() as db:
            new = await heard.keep(db, ["a"], NOW)
            assert not breaks
        return new

    with pytest.raises(AssertionError):
        await hear(breaks=True)
    assert await hear(breaks=False) == {"a"}


async def test_what_is_too_old_to_come_again_is_forgotten(database: Database) -> None:
    async with database.begin() as db:
        await heard.keep(db, ["old"], NOW)
        await heard.keep(db, ["new"], later(60))
        assert await retention.forget(db, HeardRow, later(30)) == 1
        assert await heard.keep(db, ["old", "new"], later(60)) == {"old"}


async def test_what_is_set_aside_can_be_looked_at(database: Database, keystore: KeyStore) -> None:
    anna = await person(database, keystore)
    hers = SetAside(new_id(), "telegram:1", NOW, "een envelop")
    nobodys = SetAside(new_id(), "telegram:2", later(1), "nog een")
    async with database.begin() as db:
        await setaside.keep(db, anna.seal, hers)
        await setaside.keep(db, keystore.system, nobodys)
        assert await setaside.count(db) == 2
        assert await setaside.everything(db, keystore) == [hers, nobodys]
        assert await retention.forget(db, SetAsideRow, later(1)) == 1
        assert await setaside.everything(db, keystore) == [nobodys]


async def test_what_is_set_aside_of_a_person_goes_with_them(
    database: Database, keystore: KeyStore
) -> None:
    anna = await person(database, keystore)
    async with database.begin() as db:
        await setaside.keep(db, anna.seal, SetAside(new_id(), "telegram:1", NOW, SENTINEL))
    await keystore.erase(anna.id, NOW)
    async with database.begin() as db:
        assert await setaside.everything(db, keystore) == []
        await people.erase(db, anna.id, NOW)
        assert await setaside.count(db) == 0


def test_no_words_show_in_what_is_set_aside() -> None:
    assert SENTINEL not in repr(SetAside(new_id(), "telegram:1", NOW, SENTINEL))
