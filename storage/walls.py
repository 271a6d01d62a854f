"""What is kept from a colleague: whom they know, and the other side of a matter of theirs.

Of two people in one matter nobody may learn through us that the other one came to us, so who works
on one side reads nothing of the other. Only a coordinator sees both; in need nobody does.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, or_, union
from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.complaint_tables import ComplaintAboutRow, ComplaintRow
from storage.staff_values import Member, StaffRole
from storage.statements import insert_into
from storage.tables import ReferralRow
from storage.talk_tables import LinkRow, NeedRow, RecusalRow


def kept_from(staff: Member) -> ColumnElement[bool]:
    """Say which requests a member may not know of, though they are in a queue of theirs."""
    return or_(left_by(staff), is_behind_the_wall(staff))


def kept_even_in_need(staff_id: UUID) -> ColumnElement[bool]:
    """Say which requests somebody never reads, whatever they are here and whoever agreed.

    They know somebody in it, it is the other side of one of theirs, or its person complained about
    them.
    """
    complaints = (
        select(ComplaintRow.person_id)
        .join(ComplaintAboutRow, col(ComplaintAboutRow.complaint_id) == col(ComplaintRow.id))
        .where(
            col(ComplaintAboutRow.staff_id) == staff_id, col(ComplaintRow.person_id).is_not(None)
        )
    )
    return or_(_left(staff_id), _other_side(staff_id), col(ReferralRow.person_id).in_(complaints))


def kept_from_some() -> ColumnElement[bool]:
    """Say which requests may be kept from anybody at all."""
    sides = union(select(LinkRow.one_id), select(LinkRow.other_id), select(RecusalRow.referral_id))
    return col(ReferralRow.id).in_(sides)


def left_by(staff: Member) -> ColumnElement[bool]:
    """Say which requests a member left to others, as they know somebody in them."""
    return _left(staff.id)


async def stand_aside(db: AsyncSession, staff: Member, referral_id: UUID) -> None:
    """Keep a request from a colleague who knows somebody in it; twice is as once."""
    row = {"referral_id": referral_id, "staff_id": staff.id}
    await db.exec(insert_into(db, RecusalRow).on_conflict_do_nothing(), params=[row])


async def come_back(db: AsyncSession, staff: Member, referral_id: UUID) -> None:
    """Keep a request from a colleague no more, who knows nobody in it after all."""
    theirs = col(RecusalRow.staff_id) == staff.id
    await db.exec(delete(RecusalRow).where(theirs, col(RecusalRow.referral_id) == referral_id))


async def forget(db: AsyncSession, referral_id: UUID) -> None:
    """Forget who knew somebody in a request, who asked for it, and to which others it belonged."""
    await db.exec(delete(RecusalRow).where(col(RecusalRow.referral_id) == referral_id))
    await db.exec(delete(NeedRow).where(col(NeedRow.referral_id) == referral_id))
    sides = or_(col(LinkRow.one_id) == referral_id, col(LinkRow.other_id) == referral_id)
    await db.exec(delete(LinkRow).where(sides))


def is_behind_the_wall(staff: Member) -> ColumnElement[bool]:
    """Say which requests are the other side of one that is, or was, this member's."""
    if StaffRole.COORDINATOR in staff.roles:
        return false()
    return _other_side(staff.id)


def _left(staff_id: UUID) -> ColumnElement[bool]:
    known = select(RecusalRow.referral_id).where(col(RecusalRow.staff_id) == staff_id)
    return col(ReferralRow.id).in_(known)


def _other_side(staff_id: UUID) -> ColumnElement[bool]:
    theirs = select(ReferralRow.id).where(col(ReferralRow.owner_id) == staff_id)
    others = select(LinkRow.other_id).where(col(LinkRow.one_id).in_(theirs))
    ones = select(LinkRow.one_id).where(col(LinkRow.other_id).in_(theirs))
    is_theirs = col(ReferralRow.owner_id).is_not_distinct_from(staff_id)
    return and_(~is_theirs, or_(col(ReferralRow.id).in_(others), col(ReferralRow.id).in_(ones)))
