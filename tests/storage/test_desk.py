"""Staff see the requests of their queues and no other, and one of them takes each."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from uuid import UUID

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from dialogs.frozen import replace
from storage import messages, people, referrals
from storage.database import Database
from storage.errors import Conflict, NotFound
from storage.messages import Author
from storage.referrals import Status, View
from storage.staff import Member
from tests.databases import NOW
from tests.storage.made import Known, later, new_id, opened, seen_by, words

Act = Callable[[AsyncSession, Member, UUID, datetime], Awaitable[None]]


# --- who sees what -------------------------------------------------------------------------------


@pytest.mark.parametrize("view", View)
async def test_no_view_shows_another_queue(
    database: Database, anna: Known, carla: Member, stranger: Member, view: View
) -> None:
    both = carla.queues | stranger.queues
    referral_id = await opened(database, anna)
    async with database.begin() as db:
        if view in {View.MINE, View.CLOSED}:
            await referrals.claim(db, carla, referral_id, NOW)
        if view is View.CLOSED:
            await referrals.close(db, carla, referral_id, NOW)
    assert await seen_by(database, carla, view) == [referral_id]
    moved = replace(carla, queues=frozenset({"zuid"}))
    for member in (stranger, moved, replace(carla, queues=frozenset())):
        assert await seen_by(database, member, view) == []
    assert await seen_by(database, replace(carla, queues=both), view) == [referral_id]
    assert await seen_by(database, replace(carla, active=False), view) == []


ACTS: dict[str, Act] = {
    "get": lambda db, staff, id, _now: _nothing(referrals.get(db, staff, id)),
    "claim": referrals.claim,
    "release": referrals.release,
    "close": referrals.close,
    "require_owner": lambda db, staff, id, _now: referrals.require_owner(db, staff, id),
}


async def _nothing(asked: Awaitable[object]) -> None:
    await asked


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
async def test_another_queues_request_is_as_absent_as_one_that_never_was(
    database: Database, anna: Known, stranger: Member, act: Act
) -> None:
    referral_id = await opened(database, anna)
    told = []
    for each in (referral_id, new_id()):
        async with database.begin() as db:
            with pytest.raises(NotFound) as refused:
                await act(db, stranger, each, NOW)
        told.append(str(refused.value))
    assert len(set(told)) == 1


async def test_an_erased_request_is_not_there_for_anybody(
    database: Database, anna: Known, carla: Member
) -> None:
    referral_id = await opened(database, anna)
    async with database.begin() as db:
        await people.erase(db, anna.id, NOW)
        with pytest.raises(NotFound):
            await referrals.get(db, carla, referral_id)
        (shell,) = await referrals.everything(db)
    assert (shell.status, shell.person_id, shell.reference) == (Status.ERASED, None, None)


async def test_a_request_says_whether_its_person_can_still_be_reached(
    database: Database, anna: Known, carla: Member
) -> None:
    referral_id = await opened(database, anna)
    async with database.begin() as db:
        assert not (await referrals.get(db, carla, referral_id)).way_closed
        await people.close_way(db, anna.index)
        assert (await referrals.get(db, carla, referral_id)).way_closed


# --- who takes what ------------------------------------------------------------------------------


async def test_a_colleague_who_was_slower_is_told_by_whom(
    database: Database, anna: Known, carla: Member, dirk: Member
) -> None:
    referral_id = await opened(database, anna)

    async def take(member: Member) -> str | None:
        async with database.begin() as db:
            try:
                await referrals.claim(db, member, referral_id, NOW)
            except Conflict as slower:
                return slower.by
            return None

    told = await asyncio.gather(take(carla), take(dirk))
    async with database.reading() as db:
        owner = (await referrals.get(db, carla, referral_id)).owner_name
    assert sorted(told, key=str) == sorted([None, owner], key=str)
    assert told.index(None) == (carla.name, dirk.name).index(owner or "")


async def test_a_request_has_an_owner_until_it_is_given_back(
    database: Database, anna: Known, carla: Member, dirk: Member
) -> None:
    referral_id = await opened(database, anna)
    async with database.begin() as db:
        await referrals.claim(db, carla, referral_id, later(1))
        await referrals.require_owner(db, carla, referral_id)
        taken = await referrals.get(db, dirk, referral_id)
        assert (taken.status, taken.owner_id, taken.owner_name, taken.waiting_since) == (
            Status.OWNED,
            carla.id,
            carla.name,
            NOW,
        )
        await messages.add(db, anna.seal, words(referral_id, Author.STAFF, by=carla))
        await referrals.release(db, carla, referral_id, later(2))
        free = await referrals.get(db, dirk, referral_id)
        assert (free.status, free.owner_id, free.waiting_since) == (
            Status.WAITING,
            None,
            later(2),
        )
        assert free.version > taken.version
        await referrals.claim(db, dirk, referral_id, later(3))


async def test_a_request_that_is_closed_waits_for_nobody(
    database: Database, anna: Known, carla: Member
) -> None:
    referral_id = await opened(database, anna)
    async with database.begin() as db:
        await referrals.claim(db, carla, referral_id, NOW)
        await messages.add(db, anna.seal, words(referral_id))
        await referrals.close(db, carla, referral_id, later(1))
        closed = await referrals.get(db, carla, referral_id)
    assert (closed.status, closed.closed_at, closed.waiting_since, closed.unread) == (
        Status.CLOSED,
        later(1),
        None,
        0,
    )


@pytest.mark.parametrize("act", ["release", "close", "require_owner"])
async def test_only_the_owner_changes_a_request(
    database: Database, anna: Known, carla: Member, dirk: Member, act: str
) -> None:
    referral_id = await opened(database, anna)
    async with database.begin() as db:
        with pytest.raises(Conflict) as free:
            await ACTS[act](db, dirk, referral_id, NOW)
        await referrals.claim(db, carla, referral_id, NOW)
        with pytest.raises(Conflict) as taken:
            await ACTS[act](db, dirk, referral_id, NOW)
    assert (free.value.by, taken.value.by) == (None, carla.name)


async def test_what_is_closed_is_not_taken_again(
    database: Database, anna: Known, carla: Member, dirk: Member
) -> None:
    referral_id = await opened(database, anna)
    async with database.begin() as db:
        await referrals.claim(db, carla, referral_id, NOW)
        await referrals.close(db, carla, referral_id, NOW)
        for member in (carla, dirk):
            with pytest.raises(Conflict):
                await referrals.claim(db, member, referral_id, NOW)
        with pytest.raises(Conflict):
            await referrals.close(db, carla, referral_id, NOW)


async def test_words_stay_unread_until_their_owner_looks(
    database: Database, anna: Known, carla: Member, dirk: Member
) -> None:
    referral_id = await opened(database, anna)
    async with database.begin() as db:
        await referrals.claim(db, carla, referral_id, NOW)
        await messages.add(db, anna.seal, words(referral_id))
        await referrals.seen(db, dirk, referral_id)
        assert (await referrals.get(db, carla, referral_id)).unread == 1
        await referrals.seen(db, carla, referral_id)
        assert (await referrals.get(db, carla, referral_id)).unread == 0
