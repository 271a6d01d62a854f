"""Conversations that are shut after a while: a PIN, when its person was last there, and their door.

Who is shut has no way; the door is remembered here, so that the PIN is found again behind it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam
from sqlmodel import col, delete, insert, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from dialogs.frozen import Frozen, Hidden
from storage.doors import Door
from storage.people import Way
from storage.return_tables import LockRow
from storage.sealed import Seal
from storage.statements import portions, rows, table_of
from storage.tables import WayRow

LOCKS = table_of(LockRow)
LOCKS_OF = LOCKS.select().where(LOCKS.c.person_id.in_(bindparam("people", expanding=True)))
# Nobody shuts that many conversations at one door; more would only make a try cost more.
MOST_BEHIND = 8


class Lock(Frozen):
    """When somebody with a PIN was last there; shut, they have a way and an address here."""

    seen: datetime
    way: Way | None = None
    address: Hidden[str] = ""

    def is_shut(self, now: datetime, after: timedelta) -> bool:
        """Say whether a door may show nothing of them, also when nobody came to it yet."""
        return self.way is not None or now - self.seen >= after


class Pin(Frozen):
    """The PIN of somebody who is shut behind a door; its hash is still sealed."""

    person_id: UUID
    _hashed: Hidden[bytes]

    def hashed(self, seal: Seal) -> str:
        """Open the hash with the person's key."""
        return seal.open("lock", "pin", self.person_id, self._hashed)


async def keep(db: AsyncSession, seal: Seal, hashed: str, now: datetime) -> None:
    """Keep the hash of a PIN, in the place of an earlier one."""
    await drop(db, seal.person_id)
    row = {
        "person_id": seal.person_id,
        "pin": seal.seal("lock", "pin", seal.person_id, hashed),
        "seen": _seen(seal, now),
    }
    await db.exec(insert(LockRow), params=[row])


async def drop(db: AsyncSession, person_id: UUID) -> None:
    """Forget a PIN."""
    await db.exec(delete(LockRow).where(col(LockRow.person_id) == person_id))


async def find(db: AsyncSession, seals: Mapping[UUID, Seal]) -> dict[UUID, Lock]:
    """Find the locks of people; who chose no PIN is absent."""
    found: dict[UUID, Lock] = {}
    for some in portions(list(seals)):
        for row in await rows(db, LOCKS_OF, people=some):
            found[row.person_id] = _lock(row, seals[row.person_id])
    return found


async def note_seen(db: AsyncSession, seal: Seal, now: datetime) -> None:
    """Note that somebody is there."""
    await _change(db, seal.person_id, seen=_seen(seal, now))


async def shut(db: AsyncSession, seal: Seal, way: Way, address: str) -> None:
    """Let a door lead to nobody, and remember whose it was."""
    await db.exec(delete(WayRow).where(col(WayRow.idx) == way.index))
    sealed = seal.seal("lock", "address", seal.person_id, address)
    await _change(db, seal.person_id, door_idx=way.index, door=way.door.value, address=sealed)


async def reopen(db: AsyncSession, seal: Seal, now: datetime) -> None:
    """Forget the door behind which somebody was shut, for they are there again."""
    nowhere = dict.fromkeys(("door_idx", "door", "address"))
    await _change(db, seal.person_id, seen=_seen(seal, now), **nowhere)


async def behind(db: AsyncSession, index: bytes) -> list[Pin]:
    """List the PINs of those who are shut behind a door."""
    statement = select(LockRow).where(col(LockRow.door_idx) == index).limit(MOST_BEHIND)
    return [Pin(row.person_id, row.pin) for row in await db.exec(statement)]


async def _change(db: AsyncSession, person_id: UUID, **values: object) -> None:
    await db.exec(update(LockRow).where(col(LockRow.person_id) == person_id).values(values))


def _seen(seal: Seal, now: datetime) -> bytes:
    moment = now.astimezone(UTC).isoformat(timespec="seconds")
    return seal.seal("lock", "seen", seal.person_id, moment)


def _lock(row: Row[Any], seal: Seal) -> Lock:
    seen = datetime.fromisoformat(seal.open("lock", "seen", row.person_id, row.seen))
    if row.door_idx is None or row.door is None or row.address is None:
        return Lock(seen)
    address = seal.open("lock", "address", row.person_id, row.address)
    return Lock(seen, Way(row.door_idx, row.person_id, Door(row.door)), address)
