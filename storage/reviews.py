"""Supervision: which ended cases were drawn to be read once more, and what was noted of the work.

A note is sealed with the person's key, for it is about their case, and goes when that goes. Nobody
is given a case that was their own.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_
from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from dialogs.frozen import Frozen, Hidden
from storage.desk import visible
from storage.errors import Conflict, NotFound
from storage.keystore import KeyStore
from storage.quality_tables import ReviewRow
from storage.referral_values import Status
from storage.sealed import Seal
from storage.staff_tables import StaffRow
from storage.staff_values import Member
from storage.statements import insert_into
from storage.tables import ReferralRow
from storage.written import text_of

MANY = 200


class Noted(Frozen):
    """What somebody saw in the work on a case: what went well, and what asks for attention."""

    well: Hidden[str]
    attention: Hidden[str]


class Review(Frozen):
    """A case that was drawn; without a name nobody has read it yet."""

    id: UUID
    referral_id: UUID
    person_id: UUID
    code_name: str
    queue: str
    closed_at: datetime | None
    staff_name: str | None
    reviewed_at: datetime | None
    noted: Noted | None


async def candidates(db: AsyncSession, staff: Member, since: datetime) -> list[UUID]:
    """List the cases closed since a moment that may be drawn: not one's own, and none twice."""
    drawn = select(ReviewRow.referral_id)
    statement = select(ReferralRow.id).where(
        _others(staff),
        col(ReferralRow.status) == Status.CLOSED,
        col(ReferralRow.person_id).is_not(None),
        col(ReferralRow.closed_at) >= since,
        col(ReferralRow.id).not_in(drawn),
    )
    return list(await db.exec(statement))


async def draw(db: AsyncSession, drawn: dict[UUID, UUID], now: datetime) -> None:
    """Put cases down to be read once more; each comes with the id of its review."""
    statement = select(ReferralRow.id, ReferralRow.person_id).where(
        col(ReferralRow.id).in_(drawn), col(ReferralRow.person_id).is_not(None)
    )
    for referral_id, person_id in (await db.exec(statement)).all():
        row = {
            "id": drawn[referral_id],
            "referral_id": referral_id,
            "person_id": person_id,
            "drawn_at": now,
        }
        # A colleague who draws at the same moment may have drawn it too.
        once = insert_into(db, ReviewRow).on_conflict_do_nothing(index_elements=["referral_id"])
        await db.exec(once, params=[row])


async def listing(db: AsyncSession, keystore: KeyStore, staff: Member) -> list[Review]:
    """List what was drawn of others' cases: first what is still to be read, then the newest."""
    statement = (
        select(ReviewRow, ReferralRow.code_name, ReferralRow.queue, ReferralRow.closed_at)
        .join(ReferralRow, col(ReferralRow.id) == col(ReviewRow.referral_id))
        .where(_others(staff))
        .order_by(
            col(ReviewRow.reviewed_at).is_not(None),
            col(ReviewRow.reviewed_at).desc(),
            col(ReviewRow.drawn_at),
            col(ReviewRow.id),
        )
        .limit(MANY)
    )
    rows = (await db.exec(statement)).all()
    seals = await keystore.seals({row.person_id for row, *_ in rows})
    names = await _names(db, {row.staff_id for row, *_ in rows if row.staff_id})
    return [
        Review(
            row.id,
            row.referral_id,
            row.person_id,
            code_name or "",
            queue,
            closed_at,
            names.get(row.staff_id) if row.staff_id else None,
            row.reviewed_at,
            _noted(row, seals[row.person_id]),
        )
        for row, code_name, queue, closed_at in rows
        if row.person_id in seals
    ]


async def get(db: AsyncSession, keystore: KeyStore, staff: Member, review_id: UUID) -> Review:
    """Get one that was drawn; raise NotFound for one of another queue, or of one's own case."""
    for review in await listing(db, keystore, staff):
        if review.id == review_id:
            return review
    raise NotFound("no such review")


async def note(
    db: AsyncSession, staff: Member, seal: Seal, review_id: UUID, noted: Noted, *, at: datetime
) -> None:
    """Note what was seen, once; raise Conflict when somebody did so before."""
    body = text_of({"well": noted.well, "attention": noted.attention})
    theirs = select(ReferralRow.id).where(_others(staff))
    statement = (
        update(ReviewRow)
        .where(
            col(ReviewRow.id) == review_id,
            col(ReviewRow.person_id) == seal.person_id,
            col(ReviewRow.referral_id).in_(theirs),
            col(ReviewRow.reviewed_at).is_(None),
        )
        .values(
            staff_id=staff.id, reviewed_at=at, body=seal.seal("review", "body", review_id, body)
        )
    )
    if not (await db.exec(statement)).rowcount:
        raise Conflict("this case was read once more already")


async def _names(db: AsyncSession, staff_ids: Collection[UUID]) -> dict[UUID, str]:
    statement = select(StaffRow.id, StaffRow.name).where(col(StaffRow.id).in_(list(staff_ids)))
    return dict((await db.exec(statement)).all())


def _others(staff: Member) -> ColumnElement[bool]:
    """Say which cases a member may read once more: those they see that were not their own."""
    return and_(visible(staff), col(ReferralRow.owner_id) != staff.id)


def _noted(row: ReviewRow, seal: Seal) -> Noted | None:
    if row.body is None:
        return None
    found = json.loads(seal.open("review", "body", row.id, row.body))
    return Noted(found["well"], found["attention"])
