"""Copies that somebody may fetch: who, of what, until when; the copies are kept nowhere."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from dialogs.frozen import Frozen
from dialogs.values import Copy
from storage.keystore import KeyStore
from storage.statements import insert_into
from storage.tables import CopyRow
from storage.written import word


class Offer(Frozen):
    """A copy that a person may fetch until a moment; `index` is the keyed hash of the ticket."""

    index: bytes
    person_id: UUID
    copy: Copy
    until: datetime


def index_of(keystore: KeyStore, ticket: str) -> bytes:
    """Make the keyed hash by which a ticket is known again."""
    return keystore.index("copy", ticket)


async def offer(db: AsyncSession, offer: Offer) -> None:
    """Let a copy be fetched; a ticket fetches what was offered with it last."""
    row = {
        "idx": offer.index,
        "person_id": offer.person_id,
        "copy_kind": offer.copy.value,
        "until": offer.until,
    }
    statement = insert_into(db, CopyRow)
    newer = {name: statement.excluded[name] for name in ("copy_kind", "until")}
    over = statement.on_conflict_do_update(index_elements=["idx"], set_=newer)
    await db.exec(over, params=[row])


async def find(db: AsyncSession, index: bytes, now: datetime) -> Offer | None:
    """Find what a ticket fetches; nothing when it never did, or does not any more."""
    statement = select(CopyRow).where(col(CopyRow.idx) == index, col(CopyRow.until) > now)
    row = (await db.exec(statement)).one_or_none()
    copy = None if row is None else word(Copy, row.copy_kind)
    return None if row is None or copy is None else Offer(index, row.person_id, copy, row.until)


async def ended(db: AsyncSession, copies: Collection[Copy], now: datetime) -> list[UUID]:
    """List the people who can fetch none of these copies any more, until that is forgotten."""
    theirs = select(CopyRow.person_id).where(col(CopyRow.copy_kind).in_(list(copies)))
    over, standing = col(CopyRow.until) <= now, col(CopyRow.until) > now
    statement = theirs.where(over, col(CopyRow.person_id).not_in(theirs.where(standing)))
    return list(await db.exec(statement.distinct()))


async def end(db: AsyncSession, person_id: UUID) -> None:
    """End what somebody could fetch at a door that is theirs no more."""
    await db.exec(delete(CopyRow).where(col(CopyRow.person_id) == person_id))


async def forget(db: AsyncSession, now: datetime) -> None:
    """Forget offers that ended."""
    await db.exec(delete(CopyRow).where(col(CopyRow.until) <= now))
