"""The timeline of a request: in order, for the right eyes, and known to the request at once."""

from __future__ import annotations

import asyncio

import pytest

from storage import messages, people, referrals
from storage.database import Database
from storage.doors import Door
from storage.errors import NotFound
from storage.keystore import KeyStore
from storage.messages import Author, Delivery
from storage.staff import Member
from tests.databases import NOW
from tests.storage.made import SENTINEL, Known, colleague, later, new_id, opened, person, words


@pytest.fixture
async def anna(database: Database, keystore: KeyStore) -> Known:
    return await person(database, keystore)


@pytest.fixture
async def carla(database: Database, keystore: KeyStore) -> Member:
    return await colleague(database, keystore)


async def test_a_timeline_keeps_everything_in_order(
    database: Database, anna: Known, carla: Member
) -> None:
    referral_id = await opened(database, anna)
    new = [
        words(referral_id, author, by=None if author is Author.PERSON else carla, at=later(minutes))
        for minutes, author in enumerate(Author)
    ]
    async with database.begin() as db:
        assert [await messages.add(db, anna.seal, each) for each in new] == [1, 2, 3, 4]
        thread = await messages.thread(db, anna.seal, referral_id)
        assert await messages.thread(db, anna.seal, referral_id, after=2) == thread[2:]
    assert [(m.id, m.seq, m.author, m.at, m.words, m.event, m.delivery) for m in thread] == [
        (each.id, seq, each.author, each.at, each.words, each.event, each.delivery)
        for seq, each in enumerate(new, 1)
    ]
    assert [(m.staff_id, m.staff_name) for m in thread] == [
        (None, None),
        *[(carla.id, carla.name)] * 3,
    ]


async def test_two_who_write_at_once_both_have_a_place(
    database: Database, anna: Known, carla: Member
) -> None:
    referral_id = await opened(database, anna)

    async def write(author: Author) -> int:
        async with database.begin() as db:
            return await messages.add(db, anna.seal, words(referral_id, author, by=carla))

    assert sorted(await asyncio.gather(write(Author.STAFF), write(Author.NOTE))) == [1, 2]


async def test_nobody_writes_on_the_timeline_of_another(
    database: Database, keystore: KeyStore, anna: Known
) -> None:
    bram = await person(database, keystore)
    referral_id = await opened(database, anna)
    async with database.begin() as db:
        for each in (referral_id, new_id()):
            with pytest.raises(NotFound):
                await messages.add(db, bram.seal, words(each))
        assert await messages.thread(db, bram.seal, referral_id) == []


async def test_the_person_waits_from_their_first_words_until_staff_answer(
    database: Database, anna: Known, carla: Member
) -> None:
    referral_id = await opened(database, anna)
    seen = []
    async with database.begin() as db:
        for minutes, author in enumerate(
            (Author.PERSON, Author.NOTE, Author.STAFF, Author.EVENT, Author.PERSON, Author.PERSON)
        ):
            by = None if author is Author.PERSON else carla
            await messages.add(db, anna.seal, words(referral_id, author, by=by, at=later(minutes)))
            referral = await referrals.get(db, carla, referral_id)
            seen.append((referral.waiting_since, referral.unread))
    assert seen == [(NOW, 1), (NOW, 1), (None, 1), (None, 1), (later(4), 2), (later(4), 3)]


async def test_words_of_staff_say_how_far_they_have_come(
    database: Database, anna: Known, carla: Member
) -> None:
    referral_id = await opened(database, anna)
    one, other = [words(referral_id, Author.STAFF, by=carla) for _ in range(2)]
    async with database.begin() as db:
        for each in (one, other):
            await messages.add(db, anna.seal, each)
        await messages.mark(db, [one.id, new_id()], Delivery.SENT)
        await messages.mark(db, [], Delivery.FAILED)
        thread = await messages.thread(db, anna.seal, referral_id)
    assert [each.delivery for each in thread] == [Delivery.SENT, Delivery.WAITING]


@pytest.mark.parametrize("door", Door)
async def test_words_are_fetched_where_people_come_for_them(
    database: Database, keystore: KeyStore, carla: Member, door: Door
) -> None:
    anna, bram = [await person(database, keystore, door) for _ in range(2)]
    hers, his = await opened(database, anna), await opened(database, bram)
    async with database.begin() as db:
        await messages.add(db, anna.seal, words(hers))
        for known, referral_id in ((anna, hers), (bram, his)):
            await messages.add(db, known.seal, words(referral_id, Author.STAFF, by=carla))
        expected = [hers] if door.is_fetched else []
        assert await messages.fetched(db, anna.id, NOW) == expected
        assert await messages.fetched(db, anna.id, NOW) == []
        hers_now = await messages.thread(db, anna.seal, hers)
        his_now = await messages.thread(db, bram.seal, his)
    fetched = Delivery.FETCHED if door.is_fetched else Delivery.WAITING
    assert [each.delivery for each in hers_now] == [None, fetched]
    assert [each.delivery for each in his_now] == [Delivery.WAITING]


async def test_words_cannot_be_read_once_their_person_is_erased(
    database: Database, anna: Known
) -> None:
    referral_id = await opened(database, anna)
    async with database.begin() as db:
        await messages.add(db, anna.seal, words(referral_id))
        await people.erase(db, anna.id, NOW)
        assert await messages.thread(db, anna.seal, referral_id) == []
        with pytest.raises(NotFound):
            await messages.add(db, anna.seal, words(referral_id))


async def test_no_words_show_in_a_message(database: Database, anna: Known) -> None:
    referral_id = await opened(database, anna)
    new = words(referral_id, text=SENTINEL)
    async with database.begin() as db:
        await messages.add(db, anna.seal, new)
        (message,) = await messages.thread(db, anna.seal, referral_id)
    assert message.words == SENTINEL
    assert SENTINEL not in repr(new) + repr(message)
