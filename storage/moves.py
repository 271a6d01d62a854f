"""How a request moves: to a colleague who says yes, or to a day on which it is looked at again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_
from sqlmodel import col, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.desk import AT_REST, change, get, owned_by, referral_of, referrals
from storage.errors import Conflict
from storage.referral_values import Back, Referral, Status
from storage.staff_values import Member
from storage.tables import ReferralRow
from storage.waiting import begun


async def offer(db: AsyncSession, staff: Member, referral_id: UUID, to: Member) -> None:
    """Ask a colleague to take a request over; raise Conflict unless it is the member's own.

    Raise NotFound when that colleague may not know of it.
    """
    offered = {**AT_REST, "offered_to_id": to.id}
    await change(db, staff, referral_id, owned_by(staff), offered)
    await get(db, to, referral_id)


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


async def snooze(db: AsyncSession, staff: Member, referral_id: UUID, until: datetime) -> None:
    """Let a request rest; raise Conflict unless it is the member's own and nobody waits."""
    rests = and_(owned_by(staff), col(ReferralRow.waiting_since).is_(None))
    await change(db, staff, referral_id, rests, {**AT_REST, "snoozed_until": until})


async def wake(db: AsyncSession, staff: Member, referral_id: UUID) -> None:
    """Let a request rest no longer; raise Conflict unless it is the member's own."""
    await change(db, staff, referral_id, owned_by(staff), {"snoozed_until": None})


async def rested(db: AsyncSession, now: datetime) -> list[Referral]:
    """Wake what has rested until now, and list it."""
    is_time = and_(col(ReferralRow.snoozed_until) <= now, col(ReferralRow.status) == Status.OWNED)
    awake = await db.exec(
        update(ReferralRow)
        .where(is_time)
        .values(snoozed_until=None, came_back=Back.RESTED, version=col(ReferralRow.version) + 1)
        .returning(col(ReferralRow.id))
    )
    ids = list(awake.scalars())
    found = await db.exec(referrals().where(col(ReferralRow.id).in_(ids)))
    return [referral_of(*row) for row in found]


async def reopen(db: AsyncSession, staff: Member, referral_id: UUID, now: datetime) -> None:
    """Open what was closed for the member; raise Conflict for what did not end by closing."""
    was_closed = col(ReferralRow.status) == Status.CLOSED
    await change(db, staff, referral_id, was_closed, _opened(staff.id, now))


async def reopen_for(
    db: AsyncSession,
    referral_id: UUID,
    owner: Member | None,
    now: datetime,
    due_at: datetime | None,
) -> None:
    """Open what was closed for who writes again: for its colleague, or in its queue."""
    again = {
        **_opened(owner.id if owner else None, now),
        **begun(now, due_at),
        "came_back": Back.REOPENED,
    }
    await db.exec(
        update(ReferralRow)
        .where(col(ReferralRow.id) == referral_id, col(ReferralRow.status) == Status.CLOSED)
        .values(version=col(ReferralRow.version) + 1, **again)
    )


def _opened(owner_id: UUID | None, now: datetime) -> dict[str, object]:
    status = Status.WAITING if owner_id is None else Status.OWNED
    return {
        **AT_REST,
        "status": status,
        "owner_id": owner_id,
        "owned_since": now,
        "closed_at": None,
        "outcome": None,
    }


async def unanswered(db: AsyncSession) -> list[Referral]:
    """List what somebody works on while its person waits."""
    waits = col(ReferralRow.waiting_since).is_not(None)
    statement = referrals().where(col(ReferralRow.status) == Status.OWNED, waits)
    return [referral_of(*row) for row in await db.exec(statement)]


async def move(db: AsyncSession, referral: Referral, queue: str) -> None:
    """Let a request wait in another queue; raise Conflict when it changed meanwhile."""
    statement = (
        update(ReferralRow)
        .where(col(ReferralRow.id) == referral.id, col(ReferralRow.version) == referral.version)
        .values(version=col(ReferralRow.version) + 1, queue=queue)
    )
    if not (await db.exec(statement)).rowcount:
        raise Conflict("this request changed meanwhile")


async def give_back(db: AsyncSession, referral: Referral, why: Back) -> None:
    """Put a request into its queue again; raise Conflict when anything happened to it meanwhile."""
    back = {**AT_REST, "status": Status.WAITING, "owner_id": None, "came_back": why}
    statement = (
        update(ReferralRow)
        .where(
            col(ReferralRow.id) == referral.id,
            col(ReferralRow.version) == referral.version,
            col(ReferralRow.owner_id) == referral.owner_id,
            col(ReferralRow.waiting_since) == referral.waiting_since,
        )
        .values(version=col(ReferralRow.version) + 1, **back)
    )
    if not (await db.exec(statement)).rowcount:
        raise Conflict("this request changed meanwhile")


def offered_to(staff: Member) -> ColumnElement[bool]:
    """Say which requests a member is asked to take over."""
    return and_(col(ReferralRow.offered_to_id) == staff.id, col(ReferralRow.status) == Status.OWNED)
