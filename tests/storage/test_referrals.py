"""A request exists exactly once, and holds what the person agreed to and no longer."""

from __future__ import annotations

import asyncio
from uuid import UUID

import pytest
from sqlalchemy.exc import IntegrityError

from dialogs.values import Agreement, Answer, Purpose, Role
from storage import mail, messages, referrals
from storage.database import Database
from storage.doors import Door
from storage.errors import NotFound
from storage.keystore import KeyStore
from storage.mail import NewLetter
from storage.messages import Author
from storage.referrals import Asked, Status
from tests.databases import NOW, rows_of
from tests.storage.made import (
    SENTINEL,
    Known,
    colleague,
    later,
    new_id,
    opened,
    person,
    request,
    words,
)

WARNING = (Agreement(Purpose.WARNING, "warning-1"),)


async def opened_warning(database: Database, known: Known) -> UUID:
    return await opened(database, known, role=Role.UNDISCLOSED, answers=(), agreements=WARNING)


@pytest.fixture
async def anna(database: Database, keystore: KeyStore) -> Known:
    return await person(database, keystore)


async def test_a_request_is_opened_exactly_once(database: Database, anna: Known) -> None:
    new = request(reference="K7P4-2M9X")
    async with database.begin() as db:
        assert await referrals.open(db, anna.seal, new)
        assert not await referrals.open(db, anna.seal, request(reference="K7P4-2M9X"))
        assert await referrals.open(db, anna.seal, request(reference="K7P4-2M9Y"))
    assert await rows_of(database, "SELECT count(*) FROM referral") == [(2,)]


async def test_two_processes_open_the_same_request_once(database: Database, anna: Known) -> None:
    async def send() -> bool:
        async with database.begin() as db:
            return await referrals.open(db, anna.seal, request(reference="K7P4-2M9X"))

    assert sorted(await asyncio.gather(send(), send())) == [False, True]


async def test_what_was_said_is_opened_with_the_key_of_who_said_it(
    database: Database, keystore: KeyStore, anna: Known
) -> None:
    bram = await person(database, keystore)
    new = request()
    async with database.begin() as db:
        await referrals.open(db, anna.seal, new)
        asked = await referrals.answers(db, anna.seal, new.id)
        assert (asked.role, asked.answers, asked.agreements) == (
            new.role,
            new.answers,
            new.agreements,
        )
        with pytest.raises(NotFound):
            await referrals.answers(db, bram.seal, new.id)
        with pytest.raises(NotFound):
            await referrals.answers(db, anna.seal, new_id())


async def test_a_role_that_a_release_took_away_is_undisclosed(
    database: Database, anna: Known
) -> None:
    new = request(role="astronaut")
    async with database.begin() as db:
        await referrals.open(db, anna.seal, new)
        assert (await referrals.answers(db, anna.seal, new.id)).role is Role.UNDISCLOSED


async def test_a_request_is_found_while_staff_work_on_it(
    database: Database, keystore: KeyStore, anna: Known
) -> None:
    carla = await colleague(database, keystore)
    async with database.begin() as db:
        assert await referrals.find_open(db, anna.id) is None
    first, second = await opened(database, anna), await opened(database, anna, at=later(1))
    async with database.begin() as db:
        found = await referrals.find_open(db, anna.id)
        assert found is not None
        assert found.id == second
        assert (found.status, found.door, found.opened_at) == (
            Status.WAITING,
            Door.TELEGRAM,
            later(1),
        )
        await referrals.claim(db, carla, second, NOW)
        await referrals.close(db, carla, second, NOW)
        found = await referrals.find_open(db, anna.id)
        assert found is not None
        assert found.id == first


async def test_whoever_leaves_waits_no_more_and_staff_see_it(
    database: Database, keystore: KeyStore, anna: Known
) -> None:
    carla = await colleague(database, keystore)
    waiting, owned, closed = [await opened(database, anna) for _ in range(3)]
    async with database.begin() as db:
        for each in (owned, closed):
            await referrals.claim(db, carla, each, NOW)
        await referrals.close(db, carla, closed, NOW)
        await referrals.person_left(db, anna.id, later(5))
        found = {each: await referrals.get(db, carla, each) for each in (waiting, owned, closed)}
    assert [found[each].status for each in (waiting, owned, closed)] == [
        Status.LEFT,
        Status.LEFT,
        Status.CLOSED,
    ]
    assert found[waiting].waiting_since is None
    assert found[owned].closed_at == later(5)
    assert found[owned].owner_name == carla.name


async def test_withdrawing_the_data_erases_what_was_said_and_written(
    database: Database, keystore: KeyStore, anna: Known
) -> None:
    bram = await person(database, keystore)
    carla = await colleague(database, keystore)
    hers, his = await opened(database, anna), await opened(database, bram)
    said = words(hers, Author.STAFF, by=carla)
    letter = NewLetter(new_id(), anna.index, anna.id, Door.TELEGRAM, "{}", said.id)
    async with database.begin() as db:
        await messages.add(db, anna.seal, said)
        await messages.add(db, bram.seal, words(his))
        await mail.put(db, keystore, [letter], NOW)
        await referrals.withdraw(db, anna.seal, Purpose.DATA, NOW)
        with pytest.raises(NotFound):
            await referrals.answers(db, anna.seal, hers)
        assert await messages.thread(db, anna.seal, hers) == []
        assert (await mail.counts(db)).waiting == 0
        assert (await referrals.get(db, carla, hers)).status is Status.WITHDRAWN
        assert (await referrals.answers(db, bram.seal, his)).answers
        assert len(await messages.thread(db, bram.seal, his)) == 1


async def test_withdrawing_a_warning_erases_it_and_no_other_request(
    database: Database, keystore: KeyStore, anna: Known
) -> None:
    carla = await colleague(database, keystore)
    warned, sent = await opened_warning(database, anna), await opened(database, anna)
    async with database.begin() as db:
        await messages.add(db, anna.seal, words(warned))
        await messages.add(db, anna.seal, words(sent))
        for _ in range(2):
            await referrals.withdraw(db, anna.seal, Purpose.WARNING, NOW)
        with pytest.raises(NotFound):
            await referrals.answers(db, anna.seal, warned)
        assert await messages.thread(db, anna.seal, warned) == []
        assert (await referrals.get(db, carla, warned)).status is Status.WITHDRAWN
        assert (await referrals.answers(db, anna.seal, sent)).answers
        assert len(await messages.thread(db, anna.seal, sent)) == 1


async def test_answers_are_laid_with_what_is_there_and_their_person_waits(
    database: Database, keystore: KeyStore, anna: Known
) -> None:
    carla = await colleague(database, keystore)
    id = await opened_warning(database, anna)
    first, again = (Answer("name", words=each) for each in ("Een", "Twee"))
    data = (Agreement(Purpose.DATA, "data-3"),)
    async with database.begin() as db:
        for answers, now in (((first, Answer("period", "weeks")), NOW), ((again,), later(5))):
            asked = Asked(Role.VICTIM, answers, data)
            await referrals.add_answers(db, anna.seal, id, asked, now=now, due_at=later(9))
        found = await referrals.answers(db, anna.seal, id)
        listed = await referrals.get(db, carla, id)
    assert found == Asked(Role.VICTIM, (Answer("period", "weeks"), again), data)
    assert not found.is_warning
    assert listed.waiting_since == NOW


async def test_withdrawing_contact_erases_by_what_they_could_be_reached(
    database: Database, anna: Known
) -> None:
    gone = await opened(database, anna)
    async with database.begin() as db:
        await referrals.withdraw(db, anna.seal, Purpose.DATA, NOW)
    referral_id = await opened(database, anna)
    async with database.begin() as db:
        await referrals.withdraw(db, anna.seal, Purpose.CONTACT, NOW, {"phone", "email"})
        with pytest.raises(NotFound):
            await referrals.answers(db, anna.seal, gone)
        asked = await referrals.answers(db, anna.seal, referral_id)
    assert [answer.step for answer in asked.answers] == ["name", "relationship", "story"]
    assert [agreement.purpose for agreement in asked.agreements] == [Purpose.DATA]


@pytest.mark.parametrize(
    "change", ["status = 'owned'", "owner_id = (SELECT id FROM staff)"], ids=["no owner", "two"]
)
async def test_the_database_itself_refuses_a_request_without_exactly_one_owner(
    database: Database, keystore: KeyStore, anna: Known, change: str
) -> None:
    await colleague(database, keystore)
    await opened(database, anna)

    async def spoil() -> None:
        async with database.begin() as db:
            await (await db.connection()).exec_driver_sql(f"UPDATE referral SET {change}")  # noqa: S608 - a statement of our own

    with pytest.raises(IntegrityError):
        await spoil()


def test_nothing_the_person_said_shows_in_a_new_request() -> None:
    assert SENTINEL not in repr(request())
