"""What colleagues are still writing: one draft of each kind, for each of them and each request."""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from dialogs.frozen import Frozen
from storage.sealed import Seal
from storage.statements import insert_into
from storage.talk_tables import DraftRow


class Kind(StrEnum):
    """Whom words are for: the person, or colleagues."""

    ANSWER = "answer"
    NOTE = "note"


class Slot(Frozen):
    """Where a draft lies: about which request, whose, and of which kind."""

    referral_id: UUID
    staff_id: UUID
    kind: Kind


async def keep(db: AsyncSession, seal: Seal, slot: Slot, id: UUID, words: str) -> None:
    """Keep words in the place of those that lie there; the id is new each time."""
    values = {"id": id, "words": seal.seal("draft", "words", id, words)}
    key = {"referral_id": slot.referral_id, "staff_id": slot.staff_id, "kind": slot.kind.value}
    statement = insert_into(db, DraftRow).on_conflict_do_update(
        index_elements=list(key), set_=values
    )
    await db.exec(statement, params=[key | values | {"person_id": seal.person_id}])


async def find(db: AsyncSession, seal: Seal, slot: Slot) -> str:
    """Open what lies there; nothing is an empty text."""
    statement = select(DraftRow).where(*_there(slot), col(DraftRow.person_id) == seal.person_id)
    row = (await db.exec(statement)).one_or_none()
    return "" if row is None else seal.open("draft", "words", row.id, row.words)


async def drop(db: AsyncSession, slot: Slot) -> None:
    """Take away what lies there, for it was sent, or nobody wants it."""
    await db.exec(delete(DraftRow).where(*_there(slot)))


async def drop_about(db: AsyncSession, referral_id: UUID) -> None:
    """Take away every draft about a request that is over."""
    await db.exec(delete(DraftRow).where(col(DraftRow.referral_id) == referral_id))


async def drop_all(db: AsyncSession, person_id: UUID) -> None:
    """Take away every draft about somebody's requests, for nothing is sent to them any more."""
    await db.exec(delete(DraftRow).where(col(DraftRow.person_id) == person_id))


def _there(slot: Slot) -> tuple[ColumnElement[bool], ...]:
    return (
        col(DraftRow.referral_id) == slot.referral_id,
        col(DraftRow.staff_id) == slot.staff_id,
        col(DraftRow.kind) == slot.kind,
    )
