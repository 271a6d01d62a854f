"""A colleague's own pair of keys, with which they open what they were given of letterboxes.

The private one is kept only under what they remember. While they are signed in it also lies in
their session, under the token that only their browser has.
"""

from __future__ import annotations

from typing import Final
from uuid import UUID

from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from dialogs.frozen import Frozen, Hidden
from storage.pairs import PrivateKey, PublicKey, closed, opened
from storage.staff_tables import LetterboxKeyRow, StaffKeyRow, StaffSessionRow
from storage.statements import insert_into

OWN: Final = "key of a colleague"
IN_SESSION: Final = "key in a session"


class KeptKey(Frozen):
    """A colleague's pair as it is kept: the private key under what they remember.

    `cost` is how slowly that is hashed: turns, KiB and lanes.
    """

    public: PublicKey
    salt: bytes
    cost: tuple[int, int, int]
    private: Hidden[bytes]

    @classmethod
    def of(cls, key: PrivateKey, hashed: bytes, salt: bytes, cost: tuple[int, int, int]) -> KeptKey:
        """Close a key under the slow hash of a passphrase."""
        return cls(key.public, salt, cost, closed(hashed, OWN, key.raw))

    def opened(self, hashed: bytes) -> PrivateKey:
        """Open it with the slow hash of the passphrase; raise Unreadable for another one."""
        return PrivateKey(opened(hashed, OWN, self.private))


async def own_of(db: AsyncSession, staff_id: UUID) -> KeptKey | None:
    """Find a colleague's own pair."""
    statement = select(StaffKeyRow).where(col(StaffKeyRow.staff_id) == staff_id)
    row = (await db.exec(statement)).one_or_none()
    return None if row is None else _kept(row)


async def publics(db: AsyncSession) -> dict[UUID, PublicKey]:
    """List the public keys of all colleagues who have a pair."""
    found = await db.exec(select(StaffKeyRow.staff_id, StaffKeyRow.public))
    return {staff_id: PublicKey(raw) for staff_id, raw in found}


async def keep_own(db: AsyncSession, staff_id: UUID, kept: KeptKey) -> None:
    """Keep a colleague's pair, where they have none yet."""
    row = {
        "staff_id": staff_id,
        "public": kept.public.raw,
        "salt": kept.salt,
        "cost": list(kept.cost),
        "private": kept.private,
    }
    statement = insert_into(db, StaffKeyRow).on_conflict_do_nothing(index_elements=["staff_id"])
    await db.exec(statement, params=[row])


async def forget_own(db: AsyncSession, staff_id: UUID) -> None:
    """Drop a colleague's pair, whose passphrase is forgotten, and what it opened."""
    await db.exec(delete(LetterboxKeyRow).where(col(LetterboxKeyRow.staff_id) == staff_id))
    await db.exec(delete(StaffKeyRow).where(col(StaffKeyRow.staff_id) == staff_id))


async def in_session(db: AsyncSession, token_sha256: bytes, token: str) -> PrivateKey | None:
    """Take a colleague's own key out of their session; it opens with their token only."""
    statement = select(StaffSessionRow.own_key).where(
        col(StaffSessionRow.token_sha256) == token_sha256
    )
    blob = (await db.exec(statement)).one_or_none()
    return None if blob is None else PrivateKey(opened(token.encode(), IN_SESSION, blob))


def for_session(token: str, own: PrivateKey) -> bytes:
    """Close a colleague's own key under the token of a session."""
    return closed(token.encode(), IN_SESSION, own.raw)


def _kept(row: StaffKeyRow) -> KeptKey:
    turns, memory, lanes = row.cost
    return KeptKey(PublicKey(row.public), row.salt, (turns, memory, lanes), row.private)
