"""A conversation goes on where it stood, and no two processes carry it on at once."""

from __future__ import annotations

import asyncio
from datetime import UTC, timedelta, timezone

import pytest

from dialogs.values import Answer, Handoff, Place, Session, Topic
from storage import conversations
from storage.conversations import NEW, Change, Conversation
from storage.database import Database
from storage.errors import Conflict, Unreadable
from storage.keystore import KeyStore
from tests.databases import NOW
from tests.storage.made import Known, later, person

SESSION = Session(Place(Topic.INTAKE, "name"), answers=(Answer("story", words="Woorden"),))
FURTHER = Session(Place(Topic.INTAKE, "phone"))


@pytest.fixture
async def anna(database: Database, keystore: KeyStore) -> Known:
    return await person(database, keystore)


@pytest.fixture
async def bram(database: Database, keystore: KeyStore) -> Known:
    return await person(database, keystore)


async def begun(database: Database, *known: Known, session: Session = SESSION) -> None:
    async with database.begin() as db:
        for each in known:
            await conversations.add(db, each.seal, session, NOW)


async def read(database: Database, known: Known) -> Conversation:
    async with database.reading() as db:
        return (await conversations.find(db, {known.id: known.seal}))[known.id]


async def test_a_conversation_stands_where_it_was_left(
    database: Database, anna: Known, bram: Known
) -> None:
    await begun(database, anna)
    hour = NOW.replace(minute=0)
    assert await read(database, anna) == Conversation(anna.id, SESSION, 1, hour)
    async with database.reading() as db:
        both = await conversations.find(db, {each.id: each.seal for each in (anna, bram)})
        assert set(both) == {anna.id}
        assert await conversations.find(db, {}) == {}


async def test_a_conversation_is_saved_over_the_version_it_was_read_at(
    database: Database, anna: Known
) -> None:
    await begun(database, anna)
    read_once = await read(database, anna)
    async with database.begin() as db:
        await conversations.save(db, anna.seal, read_once, FURTHER, later(60))
    saved = await read(database, anna)
    assert (saved.session, saved.version) == (FURTHER, 2)
    with pytest.raises(Conflict):
        async with database.begin() as db:
            await conversations.save(db, anna.seal, read_once, SESSION, later(60))
    assert await read(database, anna) == saved


async def test_a_conversation_begins_once(database: Database, anna: Known) -> None:
    await begun(database, anna)
    with pytest.raises(Conflict):
        await begun(database, anna, session=FURTHER)
    assert (await read(database, anna)).session == SESSION


async def test_of_two_processes_that_carry_it_on_one_is_told(
    database: Database, anna: Known
) -> None:
    await begun(database, anna)
    there = await read(database, anna)

    async def go_on(session: Session) -> bool:
        async with database.begin() as db:
            try:
                await conversations.save(db, anna.seal, there, session, NOW)
            except Conflict:
                return False
            return True

    assert sorted(await asyncio.gather(go_on(FURTHER), go_on(FURTHER))) == [False, True]
    assert (await read(database, anna)).version == 2


async def test_many_are_saved_at_once_and_those_who_went_on_elsewhere_are_named(
    database: Database, keystore: KeyStore, anna: Known, bram: Known
) -> None:
    await begun(database, anna, bram)
    carla = await person(database, keystore)
    changes = [
        Change(anna.seal, 1, FURTHER),
        Change(bram.seal, 7, FURTHER),
        Change(carla.seal, NEW, FURTHER),
    ]
    async with database.begin() as db:
        assert await conversations.save_all(db, [], NOW) == set()
        assert await conversations.save_all(db, changes, NOW) == {bram.id}
    assert (await read(database, anna)).session == FURTHER
    assert (await read(database, bram)).session == SESSION
    assert (await read(database, carla)).version == 1


async def test_nobody_reads_the_conversation_of_another(
    database: Database, anna: Known, bram: Known
) -> None:
    await begun(database, anna)
    async with database.reading() as db:
        with pytest.raises(Unreadable):
            await conversations.find(db, {anna.id: bram.seal})


async def test_a_draft_that_nobody_comes_back_for_expires_and_a_request_does_not(
    database: Database, anna: Known, bram: Known
) -> None:
    await begun(database, anna)
    await begun(database, bram, session=Session(handoff=Handoff.LEFT))
    async with database.begin() as db:
        assert await conversations.expired(db, NOW, NOW) == []
        assert await conversations.expired(db, later(60), NOW) == [anna.id]


async def test_the_time_is_the_same_whatever_zone_it_is_given_in(
    database: Database, anna: Known
) -> None:
    summer = timezone(timedelta(hours=2))
    async with database.begin() as db:
        await conversations.add(db, anna.seal, SESSION, NOW.astimezone(summer))
    touched = (await read(database, anna)).touched
    assert touched == NOW.replace(minute=0)
    assert touched.tzinfo is UTC


def test_no_key_shows_in_a_change(keystore: KeyStore) -> None:
    assert "Seal" not in repr(Change(keystore.system, NEW, SESSION))
