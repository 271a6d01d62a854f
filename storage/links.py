"""Two requests as two sides of one matter, as a coordinator linked them, with a reason."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from dialogs.frozen import Frozen, Hidden
from storage.desk import get, visible
from storage.errors import Conflict
from storage.referral_values import Referral
from storage.sealed import Seal
from storage.staff_tables import StaffRow
from storage.staff_values import Member
from storage.statements import insert_into
from storage.tables import ReferralRow
from storage.talk_tables import LinkRow


class NewLink(Frozen):
    """Two requests that are to be linked, in any order, and why."""

    id: UUID
    sides: tuple[UUID, UUID]
    reason: Hidden[str]
    now: datetime


class Link(Frozen):
    """A request that belongs with another one, as somebody may know who may know of both."""

    other: Referral
    reason: Hidden[str]
    by: str
    linked_at: datetime


async def tie(db: AsyncSession, system: Seal, staff: Member, new: NewLink) -> None:
    """Link two sides; raise Conflict where these are not two, and NotFound like `get` does.

    Linked twice, the first reason stays.
    """
    one, other = [await get(db, staff, side) for side in sorted(new.sides)]
    if one.person_id == other.person_id or one.service is not other.service:
        raise Conflict("these are not two sides of one matter")
    row = {
        "id": new.id,
        "one_id": one.id,
        "other_id": other.id,
        "staff_id": staff.id,
        "reason": system.seal("link", "reason", new.id, new.reason),
        "linked_at": new.now,
    }
    await db.exec(insert_into(db, LinkRow).on_conflict_do_nothing(), params=[row])


async def untie(db: AsyncSession, staff: Member, sides: tuple[UUID, UUID]) -> None:
    """Take a link away; raise NotFound for a request that is not for this member."""
    one, other = [(await get(db, staff, side)).id for side in sorted(sides)]
    await db.exec(delete(LinkRow).where(_between(one, other)))


async def of_referral(
    db: AsyncSession, system: Seal, staff: Member, referral_id: UUID
) -> list[Link]:
    """List what belongs with a request; what the member may not know of is as absent as nothing."""
    sides = or_(
        and_(col(LinkRow.one_id) == referral_id, col(LinkRow.other_id) == col(ReferralRow.id)),
        and_(col(LinkRow.other_id) == referral_id, col(LinkRow.one_id) == col(ReferralRow.id)),
    )
    statement = (
        select(LinkRow, StaffRow.name, ReferralRow.id)
        .join(StaffRow, col(StaffRow.id) == col(LinkRow.staff_id))
        .join(ReferralRow, sides)
        .where(visible(staff))
        .order_by(col(LinkRow.linked_at), col(LinkRow.id))
    )
    return [
        Link(
            await get(db, staff, other_id),
            system.open("link", "reason", row.id, row.reason),
            name,
            row.linked_at,
        )
        for row, name, other_id in (await db.exec(statement)).all()
    ]


def _between(one: UUID, other: UUID) -> ColumnElement[bool]:
    return and_(col(LinkRow.one_id) == one, col(LinkRow.other_id) == other)
