"""Who counts as having the key of a letterbox opens it; no key of before is kept or given."""

from __future__ import annotations

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import letterbox, own_keys, staff
from storage.database import Database
from storage.errors import Conflict, NotFound
from storage.own_keys import KeptKey
from storage.pairs import PrivateKey
from storage.staff import Member
from tests.storage.made import was_given

QUEUE = "intake"


async def has_pair(db: AsyncSession, member: Member) -> PrivateKey:
    """Give a colleague a pair of their own, in the place of what they had."""
    own = PrivateKey.new()
    await own_keys.forget_own(db, member.id)
    await own_keys.keep_own(db, member.id, KeptKey.of(own, b"slow hash", b"salt", (1, 8, 1)))
    return own


async def is_made(db: AsyncSession, member: Member) -> tuple[PrivateKey, PrivateKey]:
    """Make a letterbox with a first colleague; give their own key, and what it opens."""
    own = await has_pair(db, member)
    assert await letterbox.make(db, QUEUE, member.id)
    return own, (await letterbox.keys_of(db, member.id, own))[QUEUE]


async def holders(db: AsyncSession) -> frozenset[object]:
    return (await letterbox.holders(db))[QUEUE]


async def test_what_is_put_in_opens_to_who_was_given_the_key(
    database: Database, carla: Member, dirk: Member
) -> None:
    async with database.begin() as db:
        _, key = await is_made(db, carla)
        own = await has_pair(db, dirk)
        await letterbox.give(db, QUEUE, key, dirk.id)
        found = await letterbox.find(db, QUEUE)
        assert found is not None
        letter = found.put("Een zin.")
        assert letter.words(await letterbox.keys_of(db, dirk.id, own)) == "Een zin."
        assert await holders(db) == {carla.id, dirk.id}


async def test_who_has_no_pair_gets_no_key_and_makes_no_letterbox(
    database: Database, carla: Member, dirk: Member
) -> None:
    async with database.begin() as db:
        assert not await letterbox.make(db, QUEUE, dirk.id)
        _, key = await is_made(db, carla)
        with pytest.raises(NotFound):
            await letterbox.give(db, QUEUE, key, dirk.id)
        assert await holders(db) == {carla.id}


async def test_whose_pair_is_forgotten_does_not_count_whatever_lies_there_for_it(
    database: Database, carla: Member, dirk: Member
) -> None:
    async with database.begin() as db:
        _, key = await is_made(db, carla)
        await was_given(db, dirk.id, PrivateKey.new().public, key)
        assert await holders(db) == {carla.id}
        await staff.change(db, carla.id, active=False)
        assert await letterbox.find(db, QUEUE) is None


async def test_a_key_of_before_opens_no_letterbox_that_was_made_anew(
    database: Database, carla: Member, dirk: Member
) -> None:
    async with database.begin() as db:
        _, before = await is_made(db, carla)
        await letterbox.take_away(db, carla.id, even_the_last=True)
        _, key = await is_made(db, dirk)
        spare, own = PrivateKey.new(), await has_pair(db, carla)
        with pytest.raises(Conflict):
            await letterbox.give(db, QUEUE, before, dirk.id)
        with pytest.raises(Conflict):
            await letterbox.give(db, "zuid", key, dirk.id)
        await letterbox.lay_aside(db, QUEUE, before, spare.public)
        assert await letterbox.laid_aside(db) == {QUEUE: None}
        await was_given(db, carla.id, own.public, before)
        await letterbox.forget_stale(db, carla.id, own)
        assert await holders(db) == {dirk.id}


async def test_what_a_pair_does_not_open_is_forgotten_and_the_rest_stays(
    database: Database, carla: Member, dirk: Member
) -> None:
    async with database.begin() as db:
        theirs, key = await is_made(db, carla)
        await was_given(db, dirk.id, PrivateKey.new().public, key)
        own = await has_pair(db, dirk)
        await was_given(db, dirk.id, PrivateKey.new().public, key)
        assert await holders(db) == {carla.id, dirk.id}, "nobody else can see that"
        for member, pair in ((carla, theirs), (dirk, own)):
            await letterbox.forget_stale(db, member.id, pair)
        assert await holders(db) == {carla.id}
        await letterbox.give(db, QUEUE, key, dirk.id)
        await letterbox.forget_stale(db, dirk.id, own)
        assert await holders(db) == {carla.id, dirk.id}


async def test_who_comes_with_a_pair_of_before_forgets_nothing(
    database: Database, carla: Member
) -> None:
    async with database.begin() as db:
        await is_made(db, carla)
        await letterbox.forget_stale(db, carla.id, PrivateKey.new())
        assert await holders(db) == {carla.id}
