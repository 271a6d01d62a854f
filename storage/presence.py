"""Who looks at a request now, so that colleagues do not do one thing twice; gone in a minute."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.staff_tables import PresenceRow, StaffRow
from storage.staff_values import Member
from storage.statements import insert_into

LASTS = timedelta(seconds=60)


async def last_look(db: AsyncSession, staff: Member, referral_id: UUID) -> datetime | None:
    """Give when a member was last seen to look at a request; nothing when they turned away."""
    statement = select(PresenceRow.seen_at).where(
        col(PresenceRow.referral_id) == referral_id, col(PresenceRow.staff_id) == staff.id
    )
    return (await db.exec(statement)).one_or_none()


async def note(db: AsyncSession, staff: Member, referral_id: UUID, now: datetime) -> None:
    """Note that a member looks at a request."""
    row = {"referral_id": referral_id, "staff_id": staff.id, "seen_at": now}
    looks = insert_into(db, PresenceRow).on_conflict_do_update(
        index_elements=["referral_id", "staff_id"], set_={"seen_at": now}
    )
    await db.exec(looks, params=[row])


async def leave(db: AsyncSession, staff: Member, referral_id: UUID) -> None:
    """Note that a member has turned away."""
    theirs = (col(PresenceRow.referral_id) == referral_id, col(PresenceRow.staff_id) == staff.id)
    await db.exec(delete(PresenceRow).where(*theirs))


async def others(
    db: AsyncSession, staff: Member, referral_ids: Collection[UUID], now: datetime
) -> dict[UUID, list[str]]:
    """Name who looks at each of these requests now, beside the member, by name."""
    statement = (
        select(PresenceRow.referral_id, StaffRow.name)
        .join(StaffRow, col(StaffRow.id) == col(PresenceRow.staff_id))
        .where(
            col(PresenceRow.referral_id).in_(list(referral_ids)),
            col(PresenceRow.staff_id) != staff.id,
            col(PresenceRow.seen_at) > now - LASTS,
        )
        .order_by(col(StaffRow.name), col(StaffRow.id))
    )
    names: dict[UUID, list[str]] = {}
    for referral_id, name in await db.exec(statement):
        names.setdefault(referral_id, []).append(name)
    return names


async def forget(db: AsyncSession, now: datetime) -> None:
    """Forget who looked a while ago."""
    await db.exec(delete(PresenceRow).where(col(PresenceRow.seen_at) <= now - LASTS))
