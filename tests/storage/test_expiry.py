"""Who is forgotten without a word: a draft, and never a request that was sent before it."""

from __future__ import annotations

import asyncio

import pytest

from dialogs.values import Handoff, Purpose, Session
from storage import complaints, conversations, people, referrals
from storage import database as database_module
from storage.conversations import Change
from storage.database import Database
from storage.errors import Conflict, Entangled
from storage.keystore import KeyStore
from tests.databases import NOW, rows_of
from tests.storage.made import Known, complaint, later, opened, person
from tests.storage.stores import everything_in

DRAFT = Session()
POSTGRESQL = pytest.mark.parametrize("kind", ["postgresql"], indirect=True)


@pytest.fixture
async def anna(database: Database, keystore: KeyStore) -> Known:
    known = await person(database, keystore)
    async with database.begin() as db:
        await conversations.add(db, known.seal, DRAFT, NOW)
    return known


async def expired(database: Database) -> list[object]:
    async with database.begin() as db:
        return list(await conversations.expired(db, later(60), NOW))


async def test_a_second_draft_never_forgets_the_request_before_it(
    database: Database, anna: Known
) -> None:
    assert await expired(database) == [anna.id]
    await opened(database, anna)
    assert await expired(database) == []
    async with database.begin() as db:
        await referrals.person_left(db, anna.id, NOW)
    assert await expired(database) == []


async def test_a_request_of_which_nothing_is_left_keeps_nobody(
    database: Database, anna: Known
) -> None:
    await opened(database, anna)
    async with database.begin() as db:
        await referrals.withdraw(db, anna.seal, Purpose.DATA, NOW)
    assert await expired(database) == [anna.id]


async def test_a_complaint_is_kept_as_a_request_is(database: Database, anna: Known) -> None:
    async with database.begin() as db:
        await complaints.open(db, anna.seal, complaint())
    assert await expired(database) == []
    async with database.begin() as db:
        assert await conversations.begun_again(db, later(60)) == [anna.id]
        await complaints.withdraw(db, anna.id, NOW)
    assert await expired(database) == [anna.id]


async def test_a_request_of_somebody_else_keeps_nobody(
    database: Database, keystore: KeyStore, anna: Known
) -> None:
    await opened(database, await person(database, keystore))
    assert await expired(database) == [anna.id]


@POSTGRESQL
async def test_who_comes_back_meanwhile_is_not_forgotten(database: Database, anna: Known) -> None:
    sent = Session(handoff=Handoff.WAITING)
    async with database.begin() as coming:
        await conversations.save_all(coming, [Change(anna.seal, 1, sent)], NOW)
        looking = asyncio.create_task(expired(database))
        await until_one_waits(database)
    assert await looking == []


@POSTGRESQL
async def test_who_comes_back_behind_it_is_told(database: Database, anna: Known) -> None:
    async def come() -> None:
        async with database.begin() as db:
            await conversations.save_all(db, [Change(anna.seal, 1, DRAFT)], NOW)

    async with database.begin() as db:
        assert await conversations.expired(db, later(60), NOW) == [anna.id]
        coming = asyncio.create_task(come())
        await until_one_waits(database)
        await people.erase(db, anna.id, NOW)
    with pytest.raises(Conflict):
        await coming


@POSTGRESQL
async def test_two_that_wait_for_each_other_are_told_to_do_it_again(
    database: Database, keystore: KeyStore, anna: Known
) -> None:
    bram = await person(database, keystore)
    async with database.begin() as db:
        await conversations.add(db, bram.seal, DRAFT, NOW)
    met = asyncio.Barrier(2)

    async def hold(one: Known, then: Known) -> None:
        async with database.begin() as db:
            await conversations.lock(db, [one.id])
            await met.wait()
            await conversations.lock(db, [then.id])

    ends = await asyncio.gather(hold(anna, bram), hold(bram, anna), return_exceptions=True)
    assert [type(end) for end in ends if end is not None] == [Entangled]


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for nobody who reads."""
    monkeypatch.setitem(database_module.PRAGMAS, "busy_timeout", "20")


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
async def test_a_key_is_not_gone_while_somebody_reads_an_older_state(
    keystore: KeyStore, keys: Database, anna: Known
) -> None:
    async with keys.reading() as reader:
        connection = await reader.connection()
        await connection.exec_driver_sql("SELECT * FROM person_key")
        assert not await keystore.erase(anna.id, NOW)
    assert await keystore.erase(anna.id, NOW)
    assert str(anna.id) not in str(await everything_in(keys))


async def until_one_waits(database: Database) -> None:
    """Ask the server until one transaction waits for another."""
    waiting = "SELECT 1 FROM pg_locks WHERE NOT granted"
    async with asyncio.timeout(10):
        while not await rows_of(database, waiting):
            pass
