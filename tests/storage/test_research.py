"""Only whose consent for research stands is read for it, and every export is written down."""

from __future__ import annotations

from datetime import timedelta

from dialogs.values import Purpose
from storage import consents, people, referrals, research
from storage.consents import Consent
from storage.database import Database
from storage.doors import Door
from storage.keystore import KeyStore
from storage.research import Export
from tests.databases import NOW
from tests.storage.made import Known, new_id, opened, person


async def agrees(database: Database, known: Known, purpose: Purpose = Purpose.RESEARCH) -> None:
    consent = Consent(new_id(), purpose, "1", "nl", Door.WEB, b"hash", NOW)
    async with database.begin() as db:
        await consents.record(db, [(known.seal.person_id, consent)])


async def seen(database: Database, keystore: KeyStore) -> int:
    async with database.reading() as db:
        return len(await research.observed(db, keystore))


async def test_a_consent_for_something_else_is_none(database: Database, keystore: KeyStore) -> None:
    anna = await person(database, keystore)
    await opened(database, anna)
    await agrees(database, anna, Purpose.OTHER_PARTY)
    assert await seen(database, keystore) == 0


async def test_somebody_is_seen_once_with_their_newest_request(
    database: Database, keystore: KeyStore
) -> None:
    anna = await person(database, keystore)
    for days in (2, 0, 1):
        await opened(database, anna, at=NOW + timedelta(days=days))
    await agrees(database, anna)
    async with database.reading() as db:
        (found,) = await research.observed(db, keystore)
    assert found.opened_at == NOW + timedelta(days=2)
    assert {each.step for each in found.asked.answers} == {
        *("name", "phone", "relationship", "story")
    }


async def test_who_withdrew_either_consent_or_was_erased_is_not_seen_any_more(
    database: Database, keystore: KeyStore
) -> None:
    anna, bert, carla = [await person(database, keystore) for _ in range(3)]
    for each in (anna, bert, carla):
        await opened(database, each)
        await agrees(database, each)
    assert await seen(database, keystore) == 3
    async with database.begin() as db:
        await consents.withdraw(db, anna.id, Purpose.RESEARCH, NOW)
        await referrals.withdraw(db, bert.seal, Purpose.DATA, NOW)
        await people.erase(db, carla.id, NOW)
    assert await seen(database, keystore) == 0


async def test_what_was_handed_out_stands_in_a_list(database: Database) -> None:
    first = Export(new_id(), NOW, "Vragen na afloop", 20)
    second = Export(new_id(), NOW + timedelta(days=1), "Een proef", 0)
    async with database.begin() as db:
        for each in (first, second):
            await research.note(db, each)
        assert await research.exports(db) == [second, first]
