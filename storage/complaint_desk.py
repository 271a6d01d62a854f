"""The staff's side of complaints: who sees which, and who takes a step.

Nothing is asked here without a member of staff, but for `overview`. For whom a complaint is about,
it is not there: that is said once, in `_visible`, and everything below asks it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false
from sqlmodel import col, delete, func, insert, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from dialogs.values import Answer, Service, Standing
from storage import complaints
from storage.complaint_tables import ComplaintAboutRow, ComplaintRow
from storage.complaint_values import Filed, NewStep
from storage.errors import Conflict, NotFound
from storage.sealed import Seal
from storage.staff_values import KNOW_COMPLAINTS, Member

MANY = 200


async def listing(db: AsyncSession, staff: Member) -> list[Filed]:
    """List the complaints a member may know of: open ones first, and of these the oldest first."""
    statement = (
        select(ComplaintRow)
        .where(_visible(staff))
        .order_by(
            col(ComplaintRow.closed_at).is_not(None),
            col(ComplaintRow.opened_at),
            col(ComplaintRow.id),
        )
        .limit(MANY)
    )
    return [_filed(row) for row in await db.exec(statement)]


async def count(db: AsyncSession, staff: Member) -> int:
    """Count the open complaints a member may know of."""
    is_open = col(ComplaintRow.closed_at).is_(None)
    statement = select(func.count()).select_from(ComplaintRow).where(_visible(staff), is_open)
    return (await db.exec(statement)).one()


async def get(db: AsyncSession, staff: Member, complaint_id: UUID) -> Filed:
    """Get one complaint; raise NotFound for one that is not there or not for this member."""
    statement = select(ComplaintRow).where(_visible(staff), col(ComplaintRow.id) == complaint_id)
    row = (await db.exec(statement)).one_or_none()
    if row is None:
        raise NotFound("no such complaint")
    return _filed(row)


async def advance(
    db: AsyncSession, staff: Member, seal: Seal, complaint_id: UUID, step: NewStep
) -> None:
    """Take a step; raise Conflict when the complaint does not stand any more where it begins.

    The same when it is not known whom it is about: nobody deals with what they may not read yet.
    """
    is_known = col(ComplaintRow.about_at).is_not(None)
    this = and_(_visible(staff), is_known, col(ComplaintRow.id) == complaint_id)
    if not await complaints.advance_where(db, seal, this, step):
        await get(db, staff, complaint_id)
        raise Conflict("this complaint does not stand there any more")


async def about(db: AsyncSession, staff: Member, complaint_id: UUID) -> frozenset[UUID]:
    """Name the colleagues whom a complaint is about."""
    await get(db, staff, complaint_id)
    named = select(ComplaintAboutRow.staff_id).where(
        col(ComplaintAboutRow.complaint_id) == complaint_id
    )
    return frozenset(await db.exec(named))


async def answers(
    db: AsyncSession, staff: Member, seal: Seal, complaint_id: UUID
) -> tuple[Answer, ...]:
    """Open what the person wrote; only whom they name, until it is known who that is."""
    filed = await get(db, staff, complaint_id)
    written = await complaints.answers(db, seal, complaint_id)
    return tuple(each for each in written if filed.about_is_known or each.step == "employee")


async def set_about(
    db: AsyncSession,
    staff: Member,
    complaint_id: UUID,
    colleagues: Collection[UUID],
    now: datetime,
) -> None:
    """Say whom a complaint is about, in the place of what was said before; perhaps of nobody here.

    Raise NotFound when the member may not know of it; from here on those who are named may not.
    """
    await get(db, staff, complaint_id)
    await db.exec(
        delete(ComplaintAboutRow).where(col(ComplaintAboutRow.complaint_id) == complaint_id)
    )
    rows = [{"complaint_id": complaint_id, "staff_id": each} for each in sorted(set(colleagues))]
    if rows:
        await db.exec(insert(ComplaintAboutRow), params=rows)
    this = update(ComplaintRow).where(col(ComplaintRow.id) == complaint_id)
    await db.exec(this.values(about_at=now))


async def overview(
    db: AsyncSession, members: Collection[Member]
) -> list[tuple[str, Standing, datetime, int]]:
    """List every open complaint: its queue, standing and day, and how many of these see it.

    It is for who runs the house: somebody must know of one that no member may see.
    """
    seen = Counter[UUID]()
    for member in members:
        seen.update(await db.exec(select(ComplaintRow.id).where(_visible(member))))
    statement = (
        select(ComplaintRow)
        .where(col(ComplaintRow.closed_at).is_(None), col(ComplaintRow.person_id).is_not(None))
        .order_by(col(ComplaintRow.opened_at), col(ComplaintRow.id))
    )
    return [
        (row.queue, Standing(row.standing), row.opened_at, seen[row.id])
        for row in await db.exec(statement)
    ]


def _visible(staff: Member) -> ColumnElement[bool]:
    """Say which complaints a member may know of: the only place where that is said."""
    if not staff.active or not staff.roles & KNOW_COMPLAINTS:
        return false()
    theirs = (
        select(ComplaintAboutRow.complaint_id)
        .where(
            col(ComplaintAboutRow.complaint_id) == col(ComplaintRow.id),
            col(ComplaintAboutRow.staff_id) == staff.id,
        )
        .exists()
    )
    return and_(
        col(ComplaintRow.queue).in_(sorted(staff.queues)),
        col(ComplaintRow.person_id).is_not(None),
        ~theirs,
    )


def _filed(row: ComplaintRow) -> Filed:
    if row.person_id is None:
        raise NotFound("nobody is behind this complaint any more")
    return Filed(
        id=row.id,
        person_id=row.person_id,
        code_name=row.code_name or "",
        service=Service(row.service),
        queue=row.queue,
        standing=Standing(row.standing),
        language=row.language or "",
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        about_is_known=row.about_at is not None,
    )
