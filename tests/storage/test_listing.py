"""Lists are in order of urgency, page by page; who waits has the moment that was promised."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import pytest

from dialogs.frozen import replace
from dialogs.values import Service
from storage import messages, referrals, waiting
from storage.database import Database
from storage.doors import Door
from storage.keystore import KeyStore
from storage.messages import Author
from storage.referrals import Filter, View
from storage.staff import Member
from tests.databases import NOW
from tests.storage.made import Known, later, new_id, opened, person, seen_by, words


async def test_who_waits_longest_comes_first_and_who_waits_for_nothing_last(
    database: Database, anna: Known, carla: Member
) -> None:
    second, first, answered, third = [
        await opened(database, anna, at=later(minutes)) for minutes in (2, 1, 0, 3)
    ]
    async with database.begin() as db:
        await referrals.claim(db, carla, answered, NOW)
        await messages.add(db, anna.seal, words(answered, Author.STAFF, by=carla))
    assert await seen_by(database, carla) == [first, second]
    assert await seen_by(database, carla, after=second) == [third, answered]
    assert await seen_by(database, carla, after=answered) == []


async def test_a_threat_comes_first_then_the_term_and_then_the_wait(
    database: Database, keystore: KeyStore, anna: Known, carla: Member
) -> None:
    bram = await person(database, keystore)
    threatened = await opened(database, bram, at=later(9), due_at=later(99))
    async with database.begin() as db:
        await referrals.raise_alarm(db, bram.id, later(9))
    without_term = [await opened(database, anna, at=later(minutes)) for minutes in (1, 2)]
    soon = await opened(database, anna, at=later(4), due_at=later(30))
    sooner = await opened(database, anna, at=later(5), due_at=later(20))
    in_order = [threatened, sooner, soon, *without_term]
    listed: list[UUID] = []
    while page := await seen_by(database, carla, after=listed[-1] if listed else None):
        listed += page
    assert listed == in_order


async def test_a_list_may_be_of_one_queue_language_or_door(
    database: Database, anna: Known, carla: Member
) -> None:
    both = replace(carla, queues=frozenset({"noord", "zuid"}))
    made = {
        only: await opened(database, anna, **given)
        for only, given in (
            (Filter(queue="zuid"), {"queue": "zuid"}),
            (Filter(language="en"), {"language": "en"}),
            (Filter(door=Door.WEB), {"door": Door.WEB}),
        )
    }
    async with database.reading() as db:
        for only, referral_id in made.items():
            found = await referrals.listing(db, both, View.WAITING, only=only)
            assert [each.id for each in found] == [referral_id]
        none = Filter(queue="zuid", language="en")
        assert await referrals.listing(db, both, View.WAITING, only=none) == []
        # A filter opens no queue that is not the member's.
        assert await referrals.listing(db, carla, View.ALL, only=Filter(queue="zuid")) == []


async def test_who_waits_already_keeps_the_term_they_have(
    database: Database, anna: Known, carla: Member
) -> None:
    referral_id = await opened(database, anna, due_at=later(60))
    async with database.begin() as db:

        async def due() -> datetime | None:
            return (await referrals.get(db, carla, referral_id)).due_at

        await messages.add(db, anna.seal, words(referral_id, due_at=later(99)))
        assert await due() == later(60)
        await referrals.claim(db, carla, referral_id, NOW)
        assert await due() == later(60)
        await messages.add(db, anna.seal, words(referral_id, Author.STAFF, by=carla))
        assert await due() is None
        await messages.add(db, anna.seal, words(referral_id, due_at=later(99)))
        assert await due() == later(99)
        await messages.add(db, anna.seal, words(referral_id, Author.STAFF, by=carla))
        await referrals.release(db, carla, referral_id, later(5), later(65))
        assert await due() == later(65)


async def test_another_term_is_set_for_who_still_waits_only(
    database: Database, anna: Known, carla: Member
) -> None:
    referral_id = await opened(database, anna, due_at=later(60))
    async with database.begin() as db:
        (before,) = await waiting.everybody(db)
        assert (before.service, before.since, before.due_at) == (Service.MEDIATION, NOW, later(60))
        await waiting.set_due(db, before, later(10))
        assert (await referrals.get(db, carla, referral_id)).due_at == later(10)
        await referrals.claim(db, carla, referral_id, NOW)
        await messages.add(db, anna.seal, words(referral_id, Author.STAFF, by=carla))
        await waiting.set_due(db, before, later(20))
        assert (await referrals.get(db, carla, referral_id)).due_at is None
        assert await waiting.everybody(db) == []


async def test_what_ended_last_comes_first(database: Database, anna: Known, carla: Member) -> None:
    ended = [await opened(database, anna) for _ in range(3)]
    for minutes, referral_id in enumerate(ended):
        async with database.begin() as db:
            await referrals.claim(db, carla, referral_id, NOW)
            await referrals.close(db, carla, referral_id, later(minutes))
    assert await seen_by(database, carla, View.CLOSED) == [ended[2], ended[1]]
    assert await seen_by(database, carla, View.CLOSED, after=ended[1]) == [ended[0]]


@pytest.mark.parametrize("view", [View.ALL, View.CLOSED])
async def test_no_page_leaves_out_or_repeats_what_has_the_same_time(
    database: Database, anna: Known, carla: Member, view: View
) -> None:
    everything = {await opened(database, anna) for _ in range(5)}
    if view is View.CLOSED:
        async with database.begin() as db:
            await referrals.person_left(db, anna.id, NOW)
    listed: list[UUID] = []
    while page := await seen_by(database, carla, view, listed[-1] if listed else None):
        listed += page
    assert len(listed) == 5
    assert set(listed) == everything


async def test_a_page_behind_a_request_that_is_gone_begins_anew(
    database: Database, anna: Known, carla: Member
) -> None:
    referral_id = await opened(database, anna)
    assert await seen_by(database, carla, after=new_id()) == [referral_id]


async def test_every_view_is_counted(
    database: Database, anna: Known, carla: Member, dirk: Member, stranger: Member
) -> None:
    hers, his, closed, _waiting = [await opened(database, anna) for _ in range(4)]
    await opened(database, anna, queue="zuid")
    async with database.begin() as db:
        await referrals.claim(db, carla, hers, NOW)
        await referrals.claim(db, dirk, his, NOW)
        await referrals.claim(db, carla, closed, NOW)
        await referrals.close(db, carla, closed, NOW)
        assert await referrals.counts(db, carla) == {
            View.WAITING: 1,
            View.MINE: 1,
            View.ALL: 3,
        }
        assert (await referrals.counts(db, stranger))[View.ALL] == 1
        assert set((await referrals.counts(db, replace(carla, active=False))).values()) == {0}
