"""Backups hold everything as it was at one moment, and erasing reaches what is put back."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from bot.backups import back_up
from bot.clock import Clock
from bot.console import members
from bot.house import House
from bot.opening import migrate_both, opened
from bot.settings import Settings
from bot.workers import keeper_of
from dialogs.events import Forgotten
from storage import audit, people, referrals
from storage.errors import Conflict
from storage.staff_values import StaffRole
from tests.bot.backups import ONE, cut_off_after, elsewhere, files, folder, put_back, whole
from tests.houses import StillClock, Visitor

__all__ = ["elsewhere", "folder"]


async def request_of(house: House, visitor: Visitor) -> UUID:
    """Send a request, and give the person's id."""
    await visitor.sends_a_request()
    async with house.database.reading() as db:
        index = house.keystore.index(visitor.sender.door, visitor.sender.address)
        return (await people.find_ways(db, [index]))[index].person_id


async def readable(settings: Settings) -> set[UUID]:
    """Open what everybody told, and give those of whom that can be done."""
    async with opened(settings, Clock()) as house, house.database.reading() as db:
        seals = await house.keystore.seals(await people.everybody(db))
        for person_id, seal in seals.items():
            for each in await referrals.of_person(db, person_id):
                assert (await referrals.answers(db, seal, each.id)).answers is not None
        return set(seals)


async def test_what_is_put_back_is_all_that_there_was(
    house: House, settings: Settings, elsewhere: Settings, folder: Path
) -> None:
    await Visitor(house).sends_a_request()
    await Visitor(house).sends_a_request("offender")
    await members.add(house, "Noor", "noor@kantoor.example", [StaffRole.COLLEAGUE], ["intake"])
    await back_up(settings, Clock(), folder)
    before = await whole(settings)
    assert all(before[0][name] for name in ("staff", "referral", "consent", "conversation"))
    restored = await put_back(elsewhere, folder)
    assert await whole(elsewhere) == before
    assert (restored.forgotten.erased, restored.forgotten.keyless) == (0, 0)
    async with opened(elsewhere, Clock()) as again:
        # Whatever is counted up goes on above what was put back.
        await Visitor(again).sends_a_request()
        async with again.database.reading() as db:
            assert await audit.first_broken(db, again.keystore) is None


async def test_a_backup_is_of_one_moment_while_people_write(
    house: House, settings: Settings, elsewhere: Settings, folder: Path
) -> None:
    visitors = [Visitor(house) for _ in range(40)]
    await asyncio.gather(
        back_up(settings, Clock(), folder), *(each.sends_a_request() for each in visitors)
    )
    # Nobody in the data is without a key, and every request is whole.
    await put_back(elsewhere, folder)
    assert len(await readable(elsewhere)) == len((await whole(elsewhere))[0]["person"])


@ONE
@pytest.mark.parametrize("old", [("data",), ("keys",), ("data", "keys")])
async def test_who_was_erased_since_stays_erased(
    elsewhere: Settings, folder: Path, tmp_path: Path, old: tuple[str, ...]
) -> None:
    await migrate_both(elsewhere)
    async with opened(elsewhere, Clock()) as house:
        erased = Visitor(house)
        gone, there = await request_of(house, erased), await request_of(house, Visitor(house))
        await back_up(elsewhere, Clock(), folder)
        await erased.does(Forgotten())
    for path in files(folder):
        if path.name.startswith(old):
            path.rename(tmp_path / path.name)
    restored = await put_back(elsewhere, tmp_path, over=True)
    assert restored.forgotten.erased == ("data" in old)
    assert await readable(elsewhere) == {there}
    data, keys = await whole(elsewhere)
    assert [row["id"] for row in data["person"]] == [there]
    assert [row["person_id"] for row in keys["person_key"]] == [there]
    async with opened(elsewhere, Clock()) as house:
        assert await house.keystore.erased_under(house.keystore.proof(gone))


async def test_keys_that_are_older_than_the_data_are_refused_unless_told(
    house: House, settings: Settings, elsewhere: Settings, folder: Path, clock: StillClock
) -> None:
    first = await request_of(house, Visitor(house))
    await back_up(settings, clock, folder)
    await request_of(house, Visitor(house))
    clock.pass_by(timedelta(hours=1))
    await back_up(settings, clock, folder)
    files(folder, "keys")[-1].unlink()
    with pytest.raises(Conflict, match="of 1 people"):
        await put_back(elsewhere, folder)
    assert await whole(elsewhere) == ({}, {})
    restored = await put_back(elsewhere, folder, forget_keyless=True)
    assert (restored.forgotten.erased, restored.forgotten.keyless) == (0, 1)
    assert await readable(elsewhere) == {first}


@ONE
async def test_what_is_there_is_not_replaced_unless_told(elsewhere: Settings, folder: Path) -> None:
    await migrate_both(elsewhere)
    async with opened(elsewhere, Clock()) as house:
        await back_up(elsewhere, Clock(), folder)
        there = await request_of(house, Visitor(house))
    before = await whole(elsewhere)
    with pytest.raises(Conflict, match="data database is not empty"):
        await put_back(elsewhere, folder)
    assert await whole(elsewhere) == before
    assert await readable(elsewhere) == {there}
    await put_back(elsewhere, folder, over=True)
    assert await readable(elsewhere) == set()


@ONE
async def test_who_was_about_to_lose_their_key_still_loses_it(
    elsewhere: Settings, folder: Path
) -> None:
    await migrate_both(elsewhere)
    async with opened(elsewhere, Clock()) as house:
        gone, there = (
            await request_of(house, Visitor(house)),
            await request_of(house, Visitor(house)),
        )
        await back_up(elsewhere, Clock(), folder)
        # Here the process that erases them is killed: the key is still there.
        async with house.database.begin() as db:
            await people.erase(db, gone, Clock().now())
    await put_back(elsewhere, folder, over=True)
    assert await readable(elsewhere) == {there}
    async with opened(elsewhere, Clock()) as house:
        await keeper_of(house).round()
        assert await house.keystore.erased([gone, there]) == {gone}


@ONE
async def test_putting_back_that_is_cut_off_changes_nothing_and_is_done_again(
    elsewhere: Settings, folder: Path
) -> None:
    await migrate_both(elsewhere)
    async with opened(elsewhere, Clock()) as house:
        await request_of(house, Visitor(house))
        await back_up(elsewhere, Clock(), folder)
        await request_of(house, Visitor(house))
    before = await whole(elsewhere)
    for statements in (5, 50, 200):
        with pytest.raises(InterruptedError), cut_off_after(statements):
            await put_back(elsewhere, folder, over=True)
        assert await whole(elsewhere) == before
    await put_back(elsewhere, folder, over=True)
    assert len(await readable(elsewhere)) == 1
