"""Ended cases are drawn for somebody whose case they were not, and a note goes with its person."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from dialogs.frozen import replace
from dialogs.values import Purpose
from storage import people, referrals, reviews
from storage.database import Database
from storage.errors import Conflict, NotFound
from storage.keystore import KeyStore
from storage.reviews import Noted
from storage.staff_values import Member
from tests.databases import NOW, rows_of
from tests.storage.made import SENTINEL, Known, colleague, new_id, opened, person

NOTED = Noted("Rustig uitgelegd.", SENTINEL)
LATER = NOW + timedelta(days=1)


async def closed(
    database: Database, keystore: KeyStore, owner: Member, queue: str = "noord"
) -> tuple[Known, UUID]:
    known = await person(database, keystore)
    referral_id = await opened(database, known, queue)
    async with database.begin() as db:
        await referrals.claim(db, owner, referral_id, NOW)
        await referrals.close(db, owner, referral_id, NOW)
    return known, referral_id


async def drawn(database: Database, *referral_ids: UUID) -> list[UUID]:
    ids = {referral_id: new_id() for referral_id in referral_ids}
    async with database.begin() as db:
        await reviews.draw(db, ids, NOW)
    return list(ids.values())


async def test_only_what_another_closed_lately_is_drawn_and_only_once(
    database: Database, keystore: KeyStore
) -> None:
    noor, carla = await colleague(database, keystore), await colleague(database, keystore)
    _, others = await closed(database, keystore, noor)
    await closed(database, keystore, carla)
    await opened(database, await person(database, keystore))
    async with database.reading() as db:
        assert await reviews.candidates(db, carla, NOW - timedelta(days=1)) == [others]
        assert await reviews.candidates(db, carla, NOW + timedelta(days=1)) == []
        elsewhere = replace(carla, queues=frozenset({"zuid"}))
        assert await reviews.candidates(db, elsewhere, NOW - timedelta(days=1)) == []
    await drawn(database, others)
    await drawn(database, others)
    async with database.reading() as db:
        assert await reviews.candidates(db, carla, NOW - timedelta(days=1)) == []
        assert len(await reviews.listing(db, keystore, carla)) == 1


async def test_a_note_is_kept_once_and_with_the_name_of_who_wrote_it(
    database: Database, keystore: KeyStore
) -> None:
    noor, carla, els = [await colleague(database, keystore, name) for name in ("N", "C", "E")]
    known, referral_id = await closed(database, keystore, noor)
    (id,) = await drawn(database, referral_id)
    async with database.begin() as db:
        await reviews.note(db, carla, known.seal, id, NOTED, at=LATER)
        with pytest.raises(Conflict):
            await reviews.note(db, els, known.seal, id, Noted("Anders.", ""), at=LATER)
    async with database.reading() as db:
        (review,) = await reviews.listing(db, keystore, els)
    assert (review.noted, review.staff_name, review.reviewed_at) == (NOTED, "C", LATER)


async def test_whose_case_it_was_neither_sees_nor_writes_it(
    database: Database, keystore: KeyStore
) -> None:
    noor = await colleague(database, keystore)
    known, referral_id = await closed(database, keystore, noor)
    (id,) = await drawn(database, referral_id)
    async with database.begin() as db:
        assert await reviews.listing(db, keystore, noor) == []
        with pytest.raises(NotFound):
            await reviews.get(db, keystore, noor, id)
        with pytest.raises(Conflict):
            await reviews.note(db, noor, known.seal, id, NOTED, at=LATER)


async def test_what_is_still_to_be_read_stands_first(
    database: Database, keystore: KeyStore
) -> None:
    noor, carla = await colleague(database, keystore), await colleague(database, keystore)
    cases = [await closed(database, keystore, noor) for _ in range(3)]
    ids = await drawn(database, *(referral_id for _, referral_id in cases))
    async with database.begin() as db:
        for number, days in ((0, 1), (2, 2)):
            seal, at = cases[number][0].seal, NOW + timedelta(days=days)
            await reviews.note(db, carla, seal, ids[number], NOTED, at=at)
    async with database.reading() as db:
        listed = [each.id for each in await reviews.listing(db, keystore, carla)]
    assert listed == [ids[1], ids[2], ids[0]]


@pytest.mark.parametrize("goes", ["erased", "withdrawn"])
async def test_a_note_goes_with_the_person_or_their_consent(
    database: Database, keystore: KeyStore, goes: str
) -> None:
    noor, carla = await colleague(database, keystore), await colleague(database, keystore)
    known, referral_id = await closed(database, keystore, noor)
    (id,) = await drawn(database, referral_id)
    async with database.begin() as db:
        await reviews.note(db, carla, known.seal, id, NOTED, at=LATER)
        if goes == "erased":
            await people.erase(db, known.id, LATER)
        else:
            await referrals.withdraw(db, known.seal, Purpose.DATA, LATER)
    assert await rows_of(database, "SELECT id FROM review") == []
    assert len(await rows_of(database, "SELECT id FROM referral")) == 1


async def test_a_note_is_sealed(database: Database, keystore: KeyStore) -> None:
    noor, carla = await colleague(database, keystore), await colleague(database, keystore)
    known, referral_id = await closed(database, keystore, noor)
    (id,) = await drawn(database, referral_id)
    async with database.begin() as db:
        await reviews.note(db, carla, known.seal, id, NOTED, at=LATER)
    ((body,),) = await rows_of(database, "SELECT body FROM review")
    assert isinstance(body, bytes)
    assert SENTINEL.encode() not in body
    assert SENTINEL not in repr(NOTED)
