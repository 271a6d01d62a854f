"""Turns of two processes do not get stuck on each other, and what is erased is gone for good."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable
from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.envelopes import Envelope, Outcome
from bot.house import House
from bot.opening import opened
from bot.settings import Settings
from bot.workers import keeper_of
from dialogs.events import Chose, StaffTook, StaffWrote
from storage import messages, referrals
from storage.database import Database
from storage.keystore import KeyStore
from storage.messages import Author, Delivery, NewMessage
from storage.staff_values import Member
from tests.databases import rows_of
from tests.houses import StillClock, Visitor
from tests.storage.made import colleague

ROUNDS = 20


@pytest.fixture
async def other(house: House, settings: Settings, clock: StillClock) -> AsyncIterator[House]:
    """The same house in another process."""
    async with opened(settings, clock) as other:
        assert other.conductor is not house.conductor
        yield other


async def taken(house: House, member: Member) -> tuple[UUID, UUID]:
    """Let staff take the only request there is."""
    ((referral_id, person_id),) = await rows_of(
        house.database, "SELECT id, person_id FROM referral"
    )
    referral, person = UUID(str(referral_id)), UUID(str(person_id))

    async def first(db: AsyncSession) -> None:
        await referrals.claim(db, member, referral, house.clock.now())

    await house.conductor.hear(Envelope(person, "staff:took", StaffTook("Anna"), first))
    return referral, person


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
async def test_a_person_and_staff_who_write_at_once_are_both_heard(
    house: House, other: House
) -> None:
    member = await colleague(house.database, house.keystore, queues=frozenset({"intake"}))
    visitor = Visitor(house)
    await visitor.sends_a_request()
    referral_id, person_id = await taken(other, member)
    seal = await other.keystore.seal_of(person_id)
    tried: list[int] = []

    async def write(number: int) -> Outcome:
        new = NewMessage(
            other.clock.new_id(),
            referral_id,
            Author.STAFF,
            other.clock.now(),
            "Dag.",
            member.id,
            Delivery.WAITING,
        )

        async def first(db: AsyncSession) -> None:
            tried.append(number)
            await messages.add(db, seal, new)
            await referrals.seen(db, member, referral_id)

        wrote = StaffWrote("Anna", "Dag.")
        envelope = Envelope(person_id, f"staff:{number}", wrote, first, new.id)
        return await other.conductor.hear(envelope)

    for number in range(ROUNDS):
        await both(visitor.says(f"Woorden {number}"), write(number))
    async with house.database.reading() as db:
        thread = await messages.thread(db, seal, referral_id)
    written = [each for each in thread if each.author in (Author.PERSON, Author.STAFF)]
    assert len(written) == 2 * ROUNDS
    assert tried == list(range(ROUNDS))
    assert await rows_of(house.database, "SELECT * FROM set_aside") == []


async def both(one: Awaitable[Outcome], other: Awaitable[Outcome]) -> None:
    for outcome in await asyncio.gather(one, other):
        assert outcome.screen is None or outcome.screen.lines[0].id != "problem.went_wrong"


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
async def test_who_comes_back_while_they_are_forgotten_is_a_newcomer(
    house: House, other: House, clock: StillClock
) -> None:
    crowd = [Visitor(house) for _ in range(10)]
    for visitor in crowd:
        await visitor.starts()
    clock.pass_by(timedelta(days=2))
    _, *outcomes = await asyncio.gather(
        keeper_of(other).round(),
        *(visitor.does(Chose("everywhere.go", "menu")) for visitor in crowd),
    )
    assert len(outcomes) == len(crowd)
    assert await rows_of(house.database, "SELECT * FROM set_aside") == []
    assert len(await rows_of(house.database, "SELECT * FROM conversation")) == len(crowd)


async def test_somebody_stays_to_be_erased_until_their_key_has_left_the_files(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor = Visitor(house)
    await visitor.starts()
    scrub = Database.scrub

    async def busy(*_tables: object) -> bool:
        return False

    monkeypatch.setattr(Database, "scrub", busy)
    await visitor.presses("everywhere.go:rights", "rights.overview:erase")
    ((person_id,),) = await rows_of(house.database, "SELECT person_id FROM erasure")
    monkeypatch.setattr(Database, "scrub", scrub)
    assert await keeper_of(house).round() == 1
    assert await rows_of(house.database, "SELECT * FROM erasure") == []
    assert UUID(str(person_id)) in await house.keystore.erased([UUID(str(person_id))])


async def test_a_key_is_destroyed_before_its_person_is_no_longer_to_be_erased(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor = Visitor(house)
    await visitor.starts()
    seen: list[int] = []
    erase = KeyStore.erase

    async def watched(self: KeyStore, *given: object) -> bool:
        seen.append(len(await rows_of(house.database, "SELECT * FROM erasure")))
        return await erase(self, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(KeyStore, "erase", watched)
    await visitor.presses("everywhere.go:rights", "rights.overview:erase")
    assert seen == [1]
    assert await rows_of(house.database, "SELECT * FROM erasure") == []
