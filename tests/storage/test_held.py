"""Words of staff that may still be taken back reach nobody, and hold up nothing but other words."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import pytest

from storage import mail, messages, referrals, waiting
from storage.database import Database
from storage.doors import Door
from storage.errors import Conflict
from storage.keystore import KeyStore
from storage.mail import NewLetter
from storage.messages import Author, Delivery, NewMessage
from storage.staff import Member
from tests.databases import NOW
from tests.storage.made import SENTINEL, Known, colleague, later, new_id, opened, person, words


@pytest.fixture
async def anna(database: Database, keystore: KeyStore) -> Known:
    return await person(database, keystore)


@pytest.fixture
async def carla(database: Database, keystore: KeyStore) -> Member:
    return await colleague(database, keystore)


def held(referral_id: UUID, by: Member, minutes: float = 1) -> NewMessage:
    return NewMessage(
        new_id(), referral_id, Author.STAFF, NOW, SENTINEL, by.id, Delivery.WAITING,
        held_until=later(minutes),
    )  # fmt: skip


async def put(
    database: Database, keystore: KeyStore, known: Known, message: NewMessage | None = None
) -> UUID:
    """Put a letter in the box, with words or without."""
    message_id = None if message is None else message.id
    new = NewLetter(new_id(), known.index, known.id, Door.TELEGRAM, "{}", message_id)
    async with database.begin() as db:
        if message is not None:
            await messages.add(db, known.seal, message)
        await mail.put(db, keystore, [new], NOW)
    return new.id


async def leased(database: Database, keystore: KeyStore, minutes: float) -> list[UUID]:
    async with database.begin() as db:
        now = later(minutes)
        return [each.id for each in await mail.lease(db, keystore, 10, now, later(minutes + 9))]


async def recalled(
    database: Database, known: Known, message_id: UUID, by: Member, now: datetime = NOW
) -> str:
    async with database.begin() as db:
        taken_back, _at = await messages.recall(db, known.seal, message_id, by.id, now)
    return taken_back


async def test_held_words_leave_once_their_time_is_over(
    database: Database, keystore: KeyStore, anna: Known, carla: Member
) -> None:
    letter = await put(database, keystore, anna, held(await opened(database, anna), carla))
    assert await leased(database, keystore, 0.9) == []
    assert await leased(database, keystore, 1) == [letter]


async def test_a_screen_goes_past_held_words_and_other_words_do_not(
    database: Database, keystore: KeyStore, anna: Known, carla: Member
) -> None:
    referral_id = await opened(database, anna)
    first = await put(database, keystore, anna, held(referral_id, carla))
    last = words(referral_id, Author.STAFF, by=carla)
    await put(database, keystore, anna, last)
    screen = await put(database, keystore, anna)
    # The letter between them waits in order, and so does whatever came behind it.
    assert await leased(database, keystore, 0) == []
    async with database.begin() as db:
        await messages.mark(db, [last.id], Delivery.FAILED)
        await mail.take_out(db, last.id)
    assert await leased(database, keystore, 0) == [screen]
    assert await leased(database, keystore, 1) == [first]


@pytest.mark.parametrize("door", [Door.WEB, Door.TERMINAL])
async def test_held_words_are_not_fetched(
    database: Database, keystore: KeyStore, carla: Member, door: Door
) -> None:
    bram = await person(database, keystore, door)
    referral_id = await opened(database, bram)
    async with database.begin() as db:
        await messages.add(db, bram.seal, held(referral_id, carla))
        assert await messages.fetched(db, bram.id, later(0.9)) == []
        assert await messages.fetched(db, bram.id, later(1)) == [referral_id]


async def test_words_that_are_taken_back_were_never_there(
    database: Database, keystore: KeyStore, anna: Known, carla: Member
) -> None:
    referral_id = await opened(database, anna)
    async with database.begin() as db:
        await referrals.claim(db, carla, referral_id, NOW)
        await waiting.set_due(db, (await waiting.everybody(db))[0], later(90))
        before = await referrals.get(db, carla, referral_id)
    said = held(referral_id, carla)
    await put(database, keystore, anna, said)
    async with database.reading() as db:
        assert (await referrals.get(db, carla, referral_id)).waiting_since is None
    assert await recalled(database, anna, said.id, carla) == SENTINEL
    async with database.reading() as db:
        assert await referrals.get(db, carla, referral_id) == before
        assert await messages.thread(db, anna.seal, referral_id) == []
    assert await leased(database, keystore, 5) == []


async def test_who_did_not_wait_does_not_wait_afterwards(
    database: Database, keystore: KeyStore, anna: Known, carla: Member
) -> None:
    referral_id = await opened(database, anna)
    await put(database, keystore, anna, words(referral_id, Author.STAFF, by=carla))
    said = held(referral_id, carla)
    await put(database, keystore, anna, said)
    await recalled(database, anna, said.id, carla)
    async with database.reading() as db:
        assert (await referrals.get(db, carla, referral_id)).waiting_since is None


async def test_what_is_over_or_on_the_road_or_somebody_elses_is_not_taken_back(
    database: Database, keystore: KeyStore, anna: Known, carla: Member
) -> None:
    referral_id = await opened(database, anna)
    dirk = await colleague(database, keystore, "Testcollega Dirk")
    said, plain = held(referral_id, carla), words(referral_id, Author.STAFF, by=carla)
    await put(database, keystore, anna, said)
    for message_id, by, now in (
        (said.id, dirk, NOW),
        (said.id, carla, later(1)),
        (plain.id, carla, NOW),
        (new_id(), carla, NOW),
    ):
        with pytest.raises(Conflict):
            await recalled(database, anna, message_id, by, now)
    # A courier whose clock is ahead has it already.
    await leased(database, keystore, 1)
    with pytest.raises(Conflict):
        await recalled(database, anna, said.id, carla)
    async with database.reading() as db:
        assert len(await messages.thread(db, anna.seal, referral_id)) == 1
