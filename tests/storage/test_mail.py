"""Letters go out in order for each person, one at a time, and are lost by nobody's death."""

from __future__ import annotations

import asyncio
from uuid import UUID

import pytest

from storage import mail, messages
from storage.database import Database
from storage.doors import Door
from storage.errors import NotFound
from storage.keystore import KeyStore
from storage.mail import Letter, MailCounts, NewLetter
from storage.messages import Author, NewMessage
from tests.databases import NOW
from tests.storage.made import SENTINEL, Known, colleague, later, new_id, opened, person, words


@pytest.fixture
async def anna(database: Database, keystore: KeyStore) -> Known:
    return await person(database, keystore)


@pytest.fixture
async def bram(database: Database, keystore: KeyStore) -> Known:
    return await person(database, keystore)


def letter(known: Known, body: str = "{}", message_id: UUID | None = None) -> NewLetter:
    return NewLetter(new_id(), known.index, known.id, Door.TELEGRAM, body, message_id)


async def put(database: Database, keystore: KeyStore, *letters: NewLetter) -> None:
    async with database.begin() as db:
        await mail.put(db, keystore, letters, NOW)


async def written_to(database: Database, keystore: KeyStore, known: Known) -> NewMessage:
    """Let a colleague write to somebody."""
    said = words(
        await opened(database, known), Author.STAFF, by=await colleague(database, keystore)
    )
    async with database.begin() as db:
        await messages.add(db, known.seal, said)
    return said


async def leased(
    database: Database, keystore: KeyStore, minutes: float = 0, limit: int = 10
) -> list[Letter]:
    async with database.begin() as db:
        return await mail.lease(db, keystore, limit, later(minutes), later(minutes + 1))


async def test_letters_of_one_person_go_one_after_the_other(
    database: Database, keystore: KeyStore, anna: Known, bram: Known
) -> None:
    first, second, his = letter(anna, "1"), letter(anna, "2"), letter(bram, "3")
    await put(database, keystore, first, second, his)
    out = await leased(database, keystore)
    assert [(each.id, each.body, each.attempts) for each in out] == [
        (first.id, "1", 1),
        (his.id, "3", 1),
    ]
    assert await leased(database, keystore) == []
    async with database.begin() as db:
        await mail.done(db, [first.id], NOW)
    (following,) = await leased(database, keystore)
    assert following.id == second.id


async def test_a_leased_letter_is_what_was_put(
    database: Database, keystore: KeyStore, anna: Known
) -> None:
    said = await written_to(database, keystore, anna)
    new = letter(anna, SENTINEL, said.id)
    await put(database, keystore, new)
    (out,) = await leased(database, keystore)
    assert (out.recipient, out.person_id, out.door, out.body, out.message_id) == (
        new.recipient,
        new.person_id,
        new.door,
        new.body,
        said.id,
    )
    assert SENTINEL not in repr(new) + repr(out)


async def test_nothing_is_put_and_nothing_leased_when_there_is_nothing(
    database: Database, keystore: KeyStore
) -> None:
    await put(database, keystore)
    assert await leased(database, keystore) == []


async def test_whoever_a_colleague_wrote_to_waits_behind_no_flood_and_reads_in_order(
    database: Database, keystore: KeyStore, anna: Known, bram: Known
) -> None:
    said = await written_to(database, keystore, anna)
    newcomers = [await person(database, keystore) for _ in range(3)]
    flood = [letter(each) for each in (bram, *newcomers)]
    picked_up, hers = letter(anna, "1"), letter(anna, "2", said.id)
    await put(database, keystore, *flood, picked_up, hers)
    out = await leased(database, keystore, limit=3)
    assert [each.id for each in out] == [picked_up.id, flood[0].id, flood[1].id]
    async with database.begin() as db:
        await mail.done(db, [picked_up.id], NOW)
    assert [each.id for each in await leased(database, keystore, limit=1)] == [hers.id]


async def test_two_couriers_never_carry_the_same_letter(
    database: Database, keystore: KeyStore
) -> None:
    everybody = [await person(database, keystore) for _ in range(6)]
    await put(database, keystore, *[letter(each) for each in everybody for _ in range(2)])
    taken = await asyncio.gather(*(leased(database, keystore, limit=3) for _ in range(4)))
    ids = [each.id for letters in taken for each in letters]
    assert len(ids) == len(set(ids)) == 6


async def test_the_letter_of_a_courier_who_dies_is_carried_by_another(
    database: Database, keystore: KeyStore, anna: Known
) -> None:
    await put(database, keystore, letter(anna))
    (first,) = await leased(database, keystore)
    assert await leased(database, keystore, 0.9) == []
    (second,) = await leased(database, keystore, 1)
    assert (second.id, second.attempts) == (first.id, 2)


async def test_a_courier_who_starts_takes_up_what_another_was_killed_with(
    database: Database, keystore: KeyStore, anna: Known, bram: Known
) -> None:
    await put(database, keystore, letter(anna), letter(bram))
    carried = await leased(database, keystore, limit=1)
    assert len(await leased(database, keystore)) == 1
    async with database.begin() as db:
        await mail.free(db)
    again = await leased(database, keystore)
    assert len(again) == 2
    assert again[0].id == carried[0].id


async def test_a_letter_that_must_wait_keeps_those_behind_it_waiting(
    database: Database, keystore: KeyStore, anna: Known, bram: Known
) -> None:
    first, second, his = letter(anna), letter(anna), letter(bram)
    await put(database, keystore, first, second, his)
    await leased(database, keystore)
    async with database.begin() as db:
        await mail.retry(db, first.id, later(5))
        await mail.done(db, [his.id], NOW)
    assert await leased(database, keystore, 4) == []
    (again,) = await leased(database, keystore, 5)
    assert (again.id, again.attempts) == (first.id, 2)


async def test_whoever_blocked_us_is_written_nothing_more(
    database: Database, keystore: KeyStore, anna: Known, bram: Known
) -> None:
    said = await written_to(database, keystore, anna)
    his = letter(bram)
    await put(database, keystore, letter(anna), letter(anna, message_id=said.id), his)
    async with database.begin() as db:
        assert await mail.drop(db, anna.index, NOW) == [said.id]
        assert await mail.drop(db, anna.index, NOW) == []
        assert await mail.counts(db) == MailCounts(1, 0, 2, NOW)
    assert [each.id for each in await leased(database, keystore)] == [his.id]


async def test_letters_are_counted_also_when_they_are_gone(
    database: Database, keystore: KeyStore
) -> None:
    everybody = [await person(database, keystore) for _ in range(4)]
    letters = [letter(each) for each in everybody]
    async with database.begin() as db:
        assert await mail.counts(db) == MailCounts(0, 0, 0, None)
        await mail.put(db, keystore, letters, NOW)
        await mail.done(db, [], NOW)
        await mail.done(db, [letters[0].id], NOW)
        await mail.done(db, [letters[0].id], NOW)
        await mail.done(db, [letters[1].id], later(24 * 60))
        await mail.give_up(db, [letters[2].id, new_id()], NOW)
        assert await mail.counts(db) == MailCounts(1, 2, 1, NOW)


async def test_no_letter_is_put_for_somebody_who_was_erased(
    database: Database, keystore: KeyStore, anna: Known
) -> None:
    await keystore.erase(anna.id, NOW)
    with pytest.raises(NotFound):
        await put(database, keystore, letter(anna))


async def test_the_last_letter_to_somebody_who_was_erased_is_nobodys(
    database: Database, keystore: KeyStore, anna: Known
) -> None:
    await put(database, keystore, NewLetter(new_id(), anna.index, None, Door.TELEGRAM, "{}"))
    await keystore.erase(anna.id, NOW)
    (out,) = await leased(database, keystore)
    assert (out.person_id, out.body) == (None, "{}")


async def test_a_letter_that_does_not_open_has_no_body_and_holds_nobody_up(
    database: Database, keystore: KeyStore, anna: Known, bram: Known
) -> None:
    await put(database, keystore, letter(anna), letter(bram))
    async with database.begin() as db:
        connection = await db.connection()
        await connection.exec_driver_sql(
            "UPDATE letter SET body = (SELECT address FROM way LIMIT 1)"
        )
    await keystore.erase(bram.id, NOW)
    assert [each.body for each in await leased(database, keystore)] == [None, None]
