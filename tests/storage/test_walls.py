"""Who knows somebody, or works on one side of a matter, knows nothing of what is not theirs."""

from __future__ import annotations

from uuid import UUID

import pytest

from dialogs.frozen import replace
from dialogs.values import Purpose
from storage import everything, links, people, referrals, walls
from storage.database import Database
from storage.errors import Conflict, NotFound
from storage.keystore import KeyStore
from storage.links import NewLink
from storage.referrals import View
from storage.staff import Member, StaffRole
from tests.databases import NOW, rows_of
from tests.storage.made import SENTINEL, Known, colleague, new_id, opened, person


@pytest.fixture
async def anna(database: Database, keystore: KeyStore) -> Known:
    return await person(database, keystore)


@pytest.fixture
async def bram(database: Database, keystore: KeyStore) -> Known:
    return await person(database, keystore)


@pytest.fixture
async def carla(database: Database, keystore: KeyStore) -> Member:
    return await colleague(database, keystore, "Testcollega Carla")


@pytest.fixture
async def coordinator(database: Database, keystore: KeyStore) -> Member:
    return await colleague(
        database, keystore, "Testcollega Coo", roles=frozenset({StaffRole.COORDINATOR})
    )


@pytest.fixture
async def sides(database: Database, anna: Known, bram: Known) -> tuple[UUID, UUID]:
    """One request of each of the two people."""
    return await opened(database, anna), await opened(database, bram)


async def knows_of(database: Database, staff: Member) -> set[UUID]:
    async with database.reading() as db:
        listed = {each.id for each in await referrals.listing(db, staff, View.ALL)}
        assert (await referrals.counts(db, staff))[View.ALL] == len(listed)
        for each in listed:
            await referrals.get(db, staff, each)
    return listed


async def tied(
    database: Database, keystore: KeyStore, staff: Member, sides: tuple[UUID, UUID]
) -> None:
    async with database.begin() as db:
        await links.tie(db, keystore.system, staff, NewLink(new_id(), sides, SENTINEL, NOW))


async def linked(
    database: Database, keystore: KeyStore, staff: Member, id: UUID
) -> list[tuple[UUID, str]]:
    async with database.reading() as db:
        found = await links.of_referral(db, keystore.system, staff, id)
    assert SENTINEL not in repr(found)
    return [(each.other.id, each.reason) for each in found]


async def test_who_knows_somebody_does_not_know_of_the_request(
    database: Database, carla: Member, coordinator: Member, sides: tuple[UUID, UUID]
) -> None:
    for staff in (carla, coordinator):
        async with database.begin() as db:
            await walls.stand_aside(db, staff, sides[0])
            await walls.stand_aside(db, staff, sides[0])
            with pytest.raises(NotFound):
                await referrals.claim(db, staff, sides[0], NOW)
        assert await knows_of(database, staff) == {sides[1]}


async def test_who_works_on_one_side_does_not_know_of_the_other(
    database: Database,
    keystore: KeyStore,
    carla: Member,
    coordinator: Member,
    sides: tuple[UUID, UUID],
) -> None:
    dirk = await colleague(database, keystore, "Testcollega Dirk")
    async with database.begin() as db:
        await referrals.claim(db, carla, sides[1], NOW)
    assert await knows_of(database, carla) == set(sides)
    await tied(database, keystore, coordinator, sides)
    assert await knows_of(database, carla) == {sides[1]}
    assert await knows_of(database, dirk) == await knows_of(database, coordinator) == set(sides)
    # Also after it ended, and also for who takes the other side next.
    async with database.begin() as db:
        await referrals.close(db, carla, sides[1], NOW)
        await referrals.claim(db, dirk, sides[0], NOW)
        for staff, side in ((carla, sides[0]), (dirk, sides[1])):
            with pytest.raises(NotFound):
                await referrals.get(db, staff, side)
    both = replace(carla, roles=frozenset({StaffRole.COLLEAGUE, StaffRole.COORDINATOR}))
    async with database.begin() as db:
        assert (await referrals.get(db, both, sides[0])).id == sides[0]
        await links.untie(db, coordinator, sides)
        assert (await referrals.get(db, carla, sides[0])).id == sides[0]


async def test_who_works_on_both_sides_goes_on_with_both(
    database: Database,
    keystore: KeyStore,
    carla: Member,
    coordinator: Member,
    sides: tuple[UUID, UUID],
) -> None:
    async with database.begin() as db:
        for side in sides:
            await referrals.claim(db, carla, side, NOW)
    await tied(database, keystore, coordinator, sides)
    assert await knows_of(database, carla) == set(sides)
    assert await linked(database, keystore, carla, sides[0]) == [(sides[1], SENTINEL)]


async def test_a_link_is_known_to_who_may_know_of_both_sides(
    database: Database,
    keystore: KeyStore,
    carla: Member,
    coordinator: Member,
    sides: tuple[UUID, UUID],
) -> None:
    await tied(database, keystore, coordinator, sides)
    await tied(database, keystore, coordinator, (sides[1], sides[0]))
    for one, other in (sides, sides[::-1]):
        for staff in (carla, coordinator):
            assert await linked(database, keystore, staff, one) == [(other, SENTINEL)]
    async with database.begin() as db:
        await referrals.claim(db, carla, sides[0], NOW)
    assert await linked(database, keystore, carla, sides[0]) == []


async def test_only_two_people_of_one_service_are_two_sides(
    database: Database, keystore: KeyStore, anna: Known, coordinator: Member
) -> None:
    both_hers = await opened(database, anna), await opened(database, anna)
    with pytest.raises(Conflict):
        await tied(database, keystore, coordinator, both_hers)
    with pytest.raises(NotFound):
        await tied(database, keystore, coordinator, (both_hers[0], new_id()))
    assert await rows_of(database, "SELECT id FROM link") == []


async def test_a_request_is_found_by_its_reference_by_who_may_know_of_it(
    database: Database, carla: Member, sides: tuple[UUID, UUID]
) -> None:
    async with database.begin() as db:
        known = await referrals.get(db, carla, sides[0])
        assert known.reference is not None
        assert await referrals.by_reference(db, carla, known.reference) == known
        await walls.stand_aside(db, carla, sides[0])
        for reference in (known.reference, "none"):
            with pytest.raises(NotFound, match="no such request"):
                await referrals.by_reference(db, carla, reference)


async def test_a_link_is_in_nothing_that_is_kept_of_a_person(
    database: Database,
    keystore: KeyStore,
    anna: Known,
    coordinator: Member,
    sides: tuple[UUID, UUID],
) -> None:
    await tied(database, keystore, coordinator, sides)
    async with database.reading() as db:
        held = await everything.of_person(db, anna.seal)
    assert not {"link", "recusal"} & held.keys()
    assert str(sides[1]) not in repr(held)


@pytest.mark.parametrize("end", ["erase", "withdraw"])
async def test_a_link_goes_with_either_person(
    database: Database, keystore: KeyStore, coordinator: Member, end: str
) -> None:
    known, other = await person(database, keystore), await person(database, keystore)
    referral_id = await opened(database, known)
    await tied(database, keystore, coordinator, (referral_id, await opened(database, other)))
    async with database.begin() as db:
        await walls.stand_aside(db, coordinator, referral_id)
        if end == "erase":
            await people.erase(db, known.id, NOW)
        else:
            await referrals.withdraw(db, known.seal, Purpose.DATA, NOW)
    for table in ("link", "recusal"):
        assert await rows_of(database, f"SELECT * FROM {table}") == []  # noqa: S608 - names of our own


async def test_what_was_left_to_others_is_listed_unless_it_is_behind_a_wall_by_now(
    database: Database,
    keystore: KeyStore,
    carla: Member,
    coordinator: Member,
    sides: tuple[UUID, UUID],
) -> None:
    async def left() -> list[UUID]:
        async with database.reading() as db:
            return [each.id for each in await referrals.left_to_others(db, carla)]

    async with database.begin() as db:
        await walls.stand_aside(db, carla, sides[0])
        await referrals.claim(db, carla, sides[1], NOW)
    assert await left() == [sides[0]]
    await tied(database, keystore, coordinator, sides)
    assert await left() == []
    async with database.begin() as db:
        await links.untie(db, coordinator, sides)
        await walls.come_back(db, carla, sides[0])
    assert await left() == []
    assert await knows_of(database, carla) == set(sides)


async def test_a_request_that_none_of_some_members_knows_of_is_unseen_by_them(
    database: Database, carla: Member, coordinator: Member, sides: tuple[UUID, UUID]
) -> None:
    async def unseen(*members: Member) -> set[UUID]:
        async with database.reading() as db:
            return {each.id for each in await referrals.unseen(db, members)}

    assert await unseen() == set(sides)
    mediator = frozenset({StaffRole.MEDIATOR})
    for blind in (replace(carla, active=False), replace(carla, roles=mediator)):
        assert await unseen(blind) == set(sides)
    async with database.begin() as db:
        await walls.stand_aside(db, carla, sides[0])
    assert await unseen(carla) == {sides[0]}
    assert await unseen(carla, coordinator) == set()
    async with database.begin() as db:
        await referrals.claim(db, coordinator, sides[0], NOW)
    assert await unseen(carla) == set()
