"""A consent can be shown to have been one: who, when, to which words."""

from __future__ import annotations

from datetime import datetime

import pytest

from dialogs.values import Purpose
from storage import consents
from storage.consents import Consent, ConsentText
from storage.database import Database
from storage.doors import Door
from storage.keystore import KeyStore
from tests.databases import NOW, rows_of
from tests.storage.made import Known, later, new_id, person


@pytest.fixture
async def anna(database: Database, keystore: KeyStore) -> Known:
    return await person(database, keystore)


def given(purpose: Purpose, at: datetime = NOW, version: str = "1") -> Consent:
    return Consent(new_id(), purpose, version, "nl", Door.WEB, b"hash", at)


async def test_a_consent_stands_until_it_is_withdrawn(
    database: Database, keystore: KeyStore, anna: Known
) -> None:
    bram = await person(database, keystore)
    data, contact, brams = given(Purpose.DATA), given(Purpose.CONTACT), given(Purpose.DATA)
    async with database.begin() as db:
        await consents.record(db, [(anna.id, data), (anna.id, contact), (bram.id, brams)])
        assert {each.id for each in await consents.held(db, anna.id)} == {data.id, contact.id}
        await consents.withdraw(db, anna.id, Purpose.DATA, later(5))
        await consents.withdraw(db, anna.id, Purpose.DATA, later(9))
        assert await consents.held(db, anna.id) == [contact]
        assert await consents.held(db, bram.id) == [brams]
        ended = [each.ended_at for each in await consents.history(db, anna.id)]
    assert sorted(map(str, ended)) == sorted(map(str, [later(5), None]))


async def test_a_newer_consent_takes_the_place_of_the_one_before(
    database: Database, anna: Known
) -> None:
    old, new = given(Purpose.DATA), given(Purpose.DATA, later(1), "2")
    async with database.begin() as db:
        await consents.record(db, [(anna.id, old)])
        await consents.record(db, [(anna.id, new)])
        assert await consents.held(db, anna.id) == [new]
        assert [each.ended_at for each in await consents.history(db, anna.id)] == [later(1), None]


async def test_a_consent_to_a_purpose_that_is_gone_permits_nothing(
    database: Database, anna: Known
) -> None:
    async with database.begin() as db:
        await consents.record(db, [(anna.id, given(Purpose.DATA))])
        connection = await db.connection()
        await connection.exec_driver_sql("UPDATE consent SET purpose = 'marketing'")
        assert await consents.held(db, anna.id) == []


async def test_a_text_is_kept_once_and_has_one_hash(database: Database) -> None:
    once, again = (ConsentText(Purpose.DATA, "1", "nl", "Mogen wij?") for _ in range(2))
    other = ConsentText(Purpose.CONTACT, "1", "nl", "Mogen wij?")
    async with database.begin() as db:
        await consents.keep_texts(db, [once, again])
        await consents.keep_texts(db, [again, other])
    assert once.sha256 == again.sha256 != other.sha256
    assert await rows_of(database, "SELECT count(*) FROM consent_text") == [(2,)]


async def test_every_text_that_somebody_agreed_to_is_kept(database: Database) -> None:
    texts = [
        ConsentText(Purpose.DATA, "1", "nl", f"Mag bureau {name} het?") for name in ("Een", "Twee")
    ]
    async with database.begin() as db:
        await consents.keep_texts(db, texts)
    assert await rows_of(database, "SELECT count(*) FROM consent_text") == [(2,)]
