"""A draft is its writer's alone, and goes when it is sent, or when nothing is sent any more."""

from __future__ import annotations

from uuid import UUID

import pytest

from dialogs.values import Purpose
from storage import drafts, people, referrals
from storage.database import Database
from storage.drafts import Kind, Slot
from storage.keystore import KeyStore
from storage.staff import Member
from tests.databases import NOW, rows_of
from tests.storage.made import SENTINEL, Known, colleague, new_id, opened, person


@pytest.fixture
async def anna(database: Database, keystore: KeyStore) -> Known:
    return await person(database, keystore)


@pytest.fixture
async def carla(database: Database, keystore: KeyStore) -> Member:
    return await colleague(database, keystore)


async def kept(database: Database, known: Known, slot: Slot, words: str = SENTINEL) -> None:
    async with database.begin() as db:
        await drafts.keep(db, known.seal, slot, new_id(), words)


async def read(database: Database, known: Known, slot: Slot) -> str:
    async with database.reading() as db:
        return await drafts.find(db, known.seal, slot)


async def claimed(database: Database, known: Known, by: Member) -> UUID:
    referral_id = await opened(database, known)
    async with database.begin() as db:
        await referrals.claim(db, by, referral_id, NOW)
    return referral_id


async def test_of_each_kind_there_is_one_draft_for_each_colleague(
    database: Database, keystore: KeyStore, anna: Known, carla: Member
) -> None:
    referral_id = await opened(database, anna)
    dirk = await colleague(database, keystore, "Testcollega Dirk")
    slots = [Slot(referral_id, each.id, kind) for each in (carla, dirk) for kind in Kind]
    for number, slot in enumerate(slots):
        await kept(database, anna, slot, "nog niet")
        await kept(database, anna, slot, f"{number}")
    assert [await read(database, anna, slot) for slot in slots] == ["0", "1", "2", "3"]
    async with database.begin() as db:
        await drafts.drop(db, slots[1])
    assert [await read(database, anna, slot) for slot in slots] == ["0", "", "2", "3"]


async def test_a_draft_is_sealed(database: Database, anna: Known, carla: Member) -> None:
    slot = Slot(await opened(database, anna), carla.id, Kind.ANSWER)
    await kept(database, anna, slot)
    ((words,),) = await rows_of(database, "SELECT words FROM draft")
    assert isinstance(words, bytes)
    assert SENTINEL.encode() not in words
    assert await read(database, anna, slot) == SENTINEL


@pytest.mark.parametrize("end", ["close", "leave", "withdraw", "erase"])
async def test_a_draft_goes_with_the_request(
    database: Database, anna: Known, carla: Member, end: str
) -> None:
    slot = Slot(await claimed(database, anna, carla), carla.id, Kind.NOTE)
    await kept(database, anna, slot)
    async with database.begin() as db:
        match end:
            case "close":
                await referrals.close(db, carla, slot.referral_id, NOW)
            case "leave":
                await referrals.person_left(db, anna.id, NOW)
            case "withdraw":
                await referrals.withdraw(db, anna.seal, Purpose.DATA, NOW)
            case _:
                await people.erase(db, anna.id, NOW)
    assert await rows_of(database, "SELECT id FROM draft") == []
