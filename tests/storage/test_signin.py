"""Tries are counted before they are checked, sessions end on time, links open once."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import retention, signin, staff
from storage.database import Database
from storage.errors import NotFound
from storage.keystore import KeyStore
from storage.signin import ABSOLUTE, IDLE, IN_A_ROW, MOST_SESSIONS, Attempts, StaffSession
from storage.staff import Member
from storage.staff_tables import AttemptRow, SetUpLinkRow, StaffSessionRow
from tests.databases import NOW, rows_of
from tests.storage.made import colleague, later

SECOND = timedelta(seconds=1)
HERE, THERE = b"network one", b"network two"


@pytest.fixture
async def carla(database: Database, keystore: KeyStore) -> Member:
    return await colleague(database, keystore, "Testcollega Carla")


@pytest.fixture
def account(keystore: KeyStore, carla: Member) -> bytes:
    return keystore.index("email", carla.email)


async def tried(
    database: Database, account: bytes, address: bytes = HERE, at: datetime = NOW
) -> Attempts:
    async with database.begin() as db:
        return await signin.record(db, account, address, at)


# --- tries ---------------------------------------------------------------------------------------


async def test_a_try_is_counted_by_account_and_by_address(
    database: Database, account: bytes
) -> None:
    assert await tried(database, account) == Attempts(1, 1, 1, 1)
    assert await tried(database, account, THERE, later(0.5)) == Attempts(2, 2, 1, 2)
    assert await tried(database, b"nobody", HERE, later(1)) == Attempts(1, 1, 2, 0)
    assert await tried(database, account, HERE, later(1)) == Attempts(2, 3, 3, 3)
    assert await tried(database, account, THERE, later(60)) == Attempts(1, 3, 2, 4)


async def test_of_tries_at_the_same_moment_each_is_counted(
    database: Database, account: bytes
) -> None:
    all_of_them = await asyncio.gather(*(tried(database, account) for _ in range(8)))
    assert sorted(each.account_minute for each in all_of_them) == list(range(1, 9))
    assert sum(not each.too_many for each in all_of_them) == signin.ACCOUNT_A_MINUTE


@pytest.mark.parametrize(
    ("minutes", "spread", "most"),
    [(0.1, False, signin.ACCOUNT_A_MINUTE), (2, False, signin.ADDRESS_AN_HOUR), (2, True, 20)],
    ids=["account a minute", "address an hour", "account an hour"],
)
async def test_too_many_tries_are_not_checked(
    database: Database, account: bytes, minutes: float, most: int, *, spread: bool
) -> None:
    checked = 0
    for number in range(25):
        address = str(number).encode() if spread else HERE
        attempts = await tried(database, account, address, later(number * minutes))
        checked += not attempts.too_many
    assert checked == most


async def test_after_a_hundred_failures_in_a_row_somebody_has_to_help(
    database: Database, keystore: KeyStore, carla: Member, account: bytes
) -> None:
    async with database.begin() as db:
        connection = await db.connection()
        await connection.exec_driver_sql(f"UPDATE staff SET failures = {IN_A_ROW - 1}")  # noqa: S608 - a number of our own
    assert not (await tried(database, account)).too_many
    assert (await tried(database, account, THERE, later(120))).too_many
    async with database.begin() as db:
        await staff.set_password(db, keystore.system, carla.id, "hash")
    assert not (await tried(database, account, THERE, later(240))).too_many


async def test_knocking_fast_locks_nobody_out_for_good(
    database: Database, keystore: KeyStore, carla: Member, account: bytes
) -> None:
    for number in range(30):
        await tried(database, account, str(number).encode())
    async with database.reading() as db:
        found = await staff.credentials(db, keystore.system, carla.id)
    assert found.failures == signin.ACCOUNT_A_MINUTE


async def test_a_try_that_was_right_is_taken_back(database: Database, account: bytes) -> None:
    await tried(database, account)
    await tried(database, b"another", HERE, later(1))
    async with database.begin() as db:
        await signin.forgive(db, account, HERE, NOW)
        await signin.forgive(db, b"nobody", b"nowhere", NOW)
        await signin.forgive(db, account, HERE, later(9))
    assert await tried(database, account, HERE, later(2)) == Attempts(1, 1, 2, 2)


# --- sessions ------------------------------------------------------------------------------------


async def found(database: Database, at: datetime, token: bytes = b"token") -> StaffSession | None:
    async with database.reading() as db:
        return await signin.find(db, token, at)


async def test_a_session_ends_when_nobody_is_there(database: Database, carla: Member) -> None:
    async with database.begin() as db:
        await signin.start(db, b"token", carla.id, NOW)
    assert await found(database, NOW + IDLE - SECOND) == StaffSession(carla.id, NOW, NOW, NOW)
    assert await found(database, NOW + IDLE) is None
    assert await found(database, NOW, b"another") is None


async def test_a_session_ends_after_a_working_day_though_somebody_is_there(
    database: Database, carla: Member
) -> None:
    async with database.begin() as db:
        await signin.start(db, b"token", carla.id, NOW)
        moment = NOW
        while moment < NOW + ABSOLUTE:
            moment += IDLE - SECOND
            await signin.touch(db, b"token", moment)
    assert await found(database, NOW + ABSOLUTE - SECOND) is not None
    assert await found(database, NOW + ABSOLUTE) is None


async def test_being_there_is_noted_once_a_minute(database: Database, carla: Member) -> None:
    async with database.begin() as db:
        await signin.start(db, b"token", carla.id, NOW)
        await signin.touch(db, b"token", NOW + signin.MINUTE)
        seen = await signin.find(db, b"token", NOW)
        assert seen is not None
        assert seen.seen_at == NOW
        await signin.touch(db, b"token", later(2))
        seen = await signin.find(db, b"token", later(2))
        assert seen is not None
        assert (seen.started_at, seen.seen_at) == (NOW, later(2))


async def test_of_more_than_three_sessions_the_longest_idle_ends(
    database: Database, keystore: KeyStore, carla: Member
) -> None:
    dirk = await colleague(database, keystore, "Testcollega Dirk")
    tokens = [str(number).encode() for number in range(MOST_SESSIONS + 1)]
    async with database.begin() as db:
        await signin.start(db, b"dirk", dirk.id, NOW)
        for minutes, token in enumerate(tokens):
            await signin.start(db, token, carla.id, later(minutes))
    there = [await found(database, later(5), token) for token in [b"dirk", *tokens]]
    assert [each is not None for each in there] == [True, False, True, True, True]


async def test_signing_in_ends_the_count_of_failures(
    database: Database, keystore: KeyStore, carla: Member, account: bytes
) -> None:
    await tried(database, account)
    async with database.begin() as db:
        await signin.start(db, b"token", carla.id, NOW)
        assert (await staff.credentials(db, keystore.system, carla.id)).failures == 0


async def test_signing_out_ends_every_copy_of_a_session(database: Database, carla: Member) -> None:
    async with database.begin() as db:
        for token in (b"one", b"two", b"three"):
            await signin.start(db, token, carla.id, NOW)
        await signin.end(db, b"one")
    assert [await found(database, NOW, each) is None for each in (b"one", b"two")] == [True, False]
    async with database.begin() as db:
        await signin.end_all(db, carla.id)
    assert [await found(database, NOW, each) for each in (b"two", b"three")] == [None, None]


async def test_whoever_left_is_signed_in_nowhere(database: Database, carla: Member) -> None:
    async with database.begin() as db:
        await staff.change(db, carla.id, active=False)
        await signin.start(db, b"token", carla.id, NOW)
    assert await found(database, NOW) is None


# --- links ---------------------------------------------------------------------------------------


async def test_a_link_opens_once_and_in_time(database: Database, carla: Member) -> None:
    async with database.begin() as db:
        await signin.add_link(db, b"link", carla.id, later(60))
        assert await signin.find_link(db, b"link", NOW) == carla.id
        assert await signin.find_link(db, b"link", later(60)) is None
        with pytest.raises(NotFound):
            await signin.use_link(db, b"link", later(60))
        assert await signin.use_link(db, b"link", NOW) == carla.id
        with pytest.raises(NotFound):
            await signin.use_link(db, b"link", NOW)
        assert await signin.find_link(db, b"link", NOW) is None


async def test_of_two_who_use_a_link_at_once_one_gets_in(database: Database, carla: Member) -> None:
    async with database.begin() as db:
        await signin.add_link(db, b"link", carla.id, later(60))

    async def use() -> bool:
        async with database.begin() as db:
            try:
                await signin.use_link(db, b"link", NOW)
            except NotFound:
                return False
            return True

    assert sorted(await asyncio.gather(use(), use())) == [False, True]


async def test_a_new_link_makes_the_one_before_worthless(database: Database, carla: Member) -> None:
    async with database.begin() as db:
        await signin.add_link(db, b"old", carla.id, later(60))
        await signin.add_link(db, b"new", carla.id, later(60))
        assert await signin.find_link(db, b"old", NOW) is None
        assert await signin.find_link(db, b"new", NOW) == carla.id


async def forget(db: AsyncSession, before: datetime) -> None:
    for table in (AttemptRow, SetUpLinkRow, StaffSessionRow):
        await retention.forget(db, table, before)


async def test_what_is_too_old_to_matter_is_forgotten(
    database: Database, carla: Member, account: bytes
) -> None:
    await tried(database, account)
    async with database.begin() as db:
        await signin.add_link(db, b"link", carla.id, NOW)
        await signin.start(db, b"token", carla.id, NOW)
        await forget(db, NOW)
    tables = ("attempt", "set_up_link", "staff_session")
    kept = [await rows_of(database, f"SELECT * FROM {table}") for table in tables]  # noqa: S608 - names of our own
    assert all(kept)
    async with database.begin() as db:
        await forget(db, NOW + SECOND)
    kept = [await rows_of(database, f"SELECT * FROM {table}") for table in tables]  # noqa: S608 - names of our own
    assert kept == [[], [], []]
