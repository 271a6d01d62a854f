"""How a request comes from one colleague to another: its owner changes when that one says yes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.desk import AT_REST, change, owned_by
from storage.referral_values import Back, Status
from storage.staff_values import Member
from storage.tables import ReferralRow


async def offer(db: AsyncSession, staff: Member, referral_id: UUID, to: Member) -> None:
    """Ask a colleague to take a request over; raise Conflict unless it is the member's own."""
    offered = {**AT_REST, "offered_to_id": to.id}
    await change(db, staff, referral_id, owned_by(staff), offered)


async def withdraw_offer(db: AsyncSession, staff: Member, referral_id: UUID) -> None:
    """Ask nobody any more; raise Conflict unless it is the member's own."""
    await change(db, staff, referral_id, owned_by(staff), {"offered_to_id": None})


async def accept(db: AsyncSession, staff: Member, referral_id: UUID, now: datetime) -> None:
    """Take over what is offered to the member; raise Conflict when it no longer is."""
    taken = {**AT_REST, "owner_id": staff.id, "owned_since": now}
    await change(db, staff, referral_id, offered_to(staff), taken)


async def decline(db: AsyncSession, staff: Member, referral_id: UUID) -> None:
    """Leave a request with who offers it; raise Conflict when they no longer do."""
    left: Mapping[str, object] = {"offered_to_id": None, "came_back": Back.DECLINED}
    await change(db, staff, referral_id, offered_to(staff), left)


def offered_to(staff: Member) -> ColumnElement[bool]:
    """Say which requests a member is asked to take over."""
    return and_(col(ReferralRow.offered_to_id) == staff.id, col(ReferralRow.status) == Status.OWNED)
