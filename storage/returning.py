"""What leads somebody back: the hash of a code, sealed, under a keyed hash of that code."""

from __future__ import annotations

from uuid import UUID

from sqlmodel import col, delete, insert, select
from sqlmodel.ext.asyncio.session import AsyncSession

from dialogs.frozen import Frozen, Hidden
from storage.return_tables import CodeRow
from storage.sealed import Seal


class Code(Frozen):
    """A code that leads to a person; its hash is still sealed."""

    index: bytes
    person_id: UUID
    _hashed: Hidden[bytes]

    def hashed(self, seal: Seal) -> str:
        """Open the hash with the person's key."""
        return seal.open("code", "hashed", UUID(bytes=self.index), self._hashed)


async def keep_code(db: AsyncSession, seal: Seal, index: bytes, hashed: str) -> None:
    """Keep the hash of a code; the one before it is worth nothing any more."""
    await db.exec(delete(CodeRow).where(col(CodeRow.person_id) == seal.person_id))
    # The index has the sixteen bytes of a row's id, and stands in for one.
    sealed = seal.seal("code", "hashed", UUID(bytes=index), hashed)
    row = {"idx": index, "person_id": seal.person_id, "hashed": sealed}
    await db.exec(insert(CodeRow), params=[row])


async def find_code(db: AsyncSession, index: bytes) -> Code | None:
    """Find to whom a code may lead."""
    row = (await db.exec(select(CodeRow).where(col(CodeRow.idx) == index))).one_or_none()
    return None if row is None else Code(row.idx, row.person_id, row.hashed)
