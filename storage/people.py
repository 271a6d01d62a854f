"""A person and the way to reach them; and forgetting a person wholly."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam
from sqlmodel import col, delete, insert, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from dialogs.frozen import Frozen, Hidden
from storage import complaints, traces, walls
from storage.doors import Door
from storage.errors import Conflict, NotFound
from storage.referral_values import Status
from storage.return_tables import LockRow
from storage.sealed import Seal
from storage.statements import insert_into, portions, rows, table_of
from storage.tables import ErasureRow, PersonRow, ReferralRow, WayRow

WAYS = table_of(WayRow)
WAYS_AT = WAYS.select().where(WAYS.c.idx.in_(bindparam("indexes", expanding=True)))


class Way(Frozen):
    """A way to a person, found by the keyed hash of its address."""

    index: bytes
    person_id: UUID
    door: Door
    closed: bool = False
    screen_message: int | None = None


class Newcomer(Frozen):
    """Somebody who was never here before, with their new key."""

    seal: Seal
    index: bytes
    door: Door
    address: Hidden[str]


async def find_ways(db: AsyncSession, indexes: Collection[bytes]) -> dict[bytes, Way]:
    """Find who writes; whoever is not there is new."""
    found: dict[bytes, Way] = {}
    for some in portions(list(indexes)):
        found |= {row.idx: _way(row) for row in await rows(db, WAYS_AT, indexes=some)}
    return found


async def held(db: AsyncSession, indexes: Collection[bytes]) -> set[bytes]:
    """Find which doors lead to somebody, or to who is shut behind a PIN, until this ends."""
    found: set[bytes] = set()
    for some in portions(sorted(indexes)):
        for door in (WAYS.c.idx, table_of(LockRow).c.door_idx):
            doors = select(door).where(door.in_(some)).order_by(door)
            # As a row that refers to them would: their other columns may change.
            found |= set(await db.exec(doors.with_for_update(read=True, key_share=True)))
    return found


async def way_of(db: AsyncSession, person_id: UUID) -> Way:
    """Get the way to a person; raise NotFound when they were forgotten."""
    statement = select(WayRow).where(col(WayRow.person_id) == person_id)
    row = (await db.exec(statement)).one_or_none()
    if row is None:
        raise NotFound("no way leads to this person")
    return _way(row)


async def add_all(db: AsyncSession, newcomers: Sequence[Newcomer], today: date) -> set[bytes]:
    """Write newcomers down; give the indexes of those whom another process wrote down before us."""
    if not newcomers:
        return set()
    people = [{"id": new.seal.person_id, "created_day": today} for new in newcomers]
    await db.exec(insert_into(db, PersonRow), params=people)
    statement = insert_into(db, WayRow).on_conflict_do_nothing().returning(WAYS.c.idx)
    # In one order everywhere, so that two transactions cannot wait for each other.
    ways = [_way_values(new) for new in sorted(newcomers, key=lambda new: new.index)]
    taken = set((await db.exec(statement, params=ways)).scalars())
    late = [new for new in newcomers if new.index not in taken]
    strays = [new.seal.person_id for new in late]
    if strays:
        await db.exec(delete(PersonRow).where(col(PersonRow.id).in_(strays)))
    return {new.index for new in late}


async def lead(db: AsyncSession, seal: Seal, index: bytes, door: Door, address: str) -> None:
    """Let this way lead to a person, and no other one any more.

    Whoever it led to before is to be erased next.
    """
    before = (col(WayRow.person_id) == seal.person_id) | (col(WayRow.idx) == index)
    await db.exec(delete(WayRow).where(before))
    await db.exec(insert(WayRow), params=[_way_values(Newcomer(seal, index, door, address))])


async def add(
    db: AsyncSession, seal: Seal, index: bytes, door: Door, address: str, *, today: date
) -> None:
    """Write a newcomer down; raise Conflict when another process just did."""
    if await add_all(db, [Newcomer(seal, index, door, address)], today):
        raise Conflict("this person is known already")


async def address(db: AsyncSession, seal: Seal, way: Way) -> str:
    """Open the address of a way; raise NotFound when the person was forgotten since."""
    statement = select(WayRow.address).where(col(WayRow.idx) == way.index)
    sealed = (await db.exec(statement)).one_or_none()
    if sealed is None:
        raise NotFound("this way leads nowhere any more")
    return seal.open("way", "address", UUID(bytes=way.index), sealed)


async def remember_screens(db: AsyncSession, screens: Mapping[bytes, int | None]) -> None:
    """Keep which message at each of these ways holds the screen, so that the next replaces it."""
    if not screens:
        return
    statement = (
        WAYS.update()
        .where(WAYS.c.idx == bindparam("way"))
        .values(screen_message=bindparam("screen"))
    )
    # In one order everywhere, so that two transactions cannot wait for each other.
    moved = [{"way": index, "screen": screens[index]} for index in sorted(screens)]
    await db.exec(statement, params=moved)


async def close_way(db: AsyncSession, index: bytes) -> None:
    """Note that nothing can be brought here any more: the person has blocked us."""
    await _change(db, index, closed=True)


async def reopen_way(db: AsyncSession, index: bytes) -> None:
    """Note that the person is there again."""
    await _change(db, index, closed=False)


async def erase(db: AsyncSession, person_id: UUID, now: datetime) -> None:
    """Forget a person: every row of theirs goes; of requests and complaints only shells stay.

    What stands in their chat is to go as well, now. Their key goes next, once this is kept:
    `KeyStore.erase`, and then `erased`. Until then they stand in `erasing`, so that a crash in
    between loses nothing. Doing it twice is as once.
    """
    theirs = col(ReferralRow.person_id) == person_id
    for row in await db.exec(select(ReferralRow).where(theirs)):
        await db.exec(
            update(ReferralRow)
            .where(col(ReferralRow.id) == row.id)
            .values(_shell(_day(row.opened_at), _day(row.closed_at or now)))
        )
        await walls.forget(db, row.id)
    await complaints.leave_shells(db, person_id, now)
    doors = await _doors(db, person_id)
    # Everything else hangs on this row, and the database takes it along.
    await db.exec(delete(PersonRow).where(col(PersonRow.id) == person_id))
    # Only now, for nothing is noted any more at a way that is gone.
    await traces.clear(db, doors, now)
    to_do = {"person_id": person_id, "at": now}
    await db.exec(insert_into(db, ErasureRow).on_conflict_do_nothing(), params=[to_do])


async def erasing(db: AsyncSession) -> list[UUID]:
    """List those who are forgotten here, and whose key may still be there."""
    return list(await db.exec(select(ErasureRow.person_id).order_by(col(ErasureRow.at))))


async def erased(db: AsyncSession, person_id: UUID) -> None:
    """Note that the key is gone too; from here on nothing says that this person was ever here."""
    await db.exec(delete(ErasureRow).where(col(ErasureRow.person_id) == person_id))


async def everybody(db: AsyncSession) -> list[UUID]:
    """List every person, to forget again who was erased before a backup was put back."""
    return list(await db.exec(select(PersonRow.id)))


async def _doors(db: AsyncSession, person_id: UUID) -> list[bytes]:
    """Find the way to somebody, or behind which door they are shut."""
    ways = select(WayRow.idx).where(col(WayRow.person_id) == person_id)
    shut = select(LockRow.door_idx).where(col(LockRow.person_id) == person_id)
    return [each for each in (*await db.exec(ways), *await db.exec(shut)) if each]


def _way(row: WayRow | Row[Any]) -> Way:
    return Way(row.idx, row.person_id, Door(row.door), row.closed, row.screen_message)


def _way_values(new: Newcomer) -> dict[str, object]:
    # The index has the sixteen bytes of a row's id, and stands in for one.
    sealed = new.seal.seal("way", "address", UUID(bytes=new.index), new.address)
    return {
        "idx": new.index,
        "person_id": new.seal.person_id,
        "door": new.door.value,
        "address": sealed,
        "closed": False,
        "screen_message": None,
    }


async def _change(db: AsyncSession, index: bytes, **values: object) -> None:
    await db.exec(update(WayRow).where(col(WayRow.idx) == index).values(values))


def _day(moment: datetime) -> datetime:
    """Round to the day: a shell is there to be counted, not to be recognised."""
    return moment.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def _shell(opened: datetime, closed: datetime) -> dict[str, object]:
    """Say what is left of a request: id, service, queue, two days, how it ended, and this end."""
    nothing = (
        "person_id", "reference", "code_name", "owner_id",
        "language", "door", "content", "waiting_since", "due_at", "owned_since", "alarm_at",
        "answered_at", "offered_to_id", "snoozed_until", "came_back",
    )  # fmt: skip
    return dict.fromkeys(nothing) | {
        "status": Status.ERASED.value,
        "opened_at": opened,
        "closed_at": closed,
        "unread": 0,
        "last_seq": 0,
        "version": 0,
    }
