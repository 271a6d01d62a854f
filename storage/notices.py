"""What colleagues are told outside the desk: that somebody waits, and never who.

A notice is leased, not taken: who sends it and dies loses nothing, for the lease runs out.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlmodel import col, insert, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from dialogs.frozen import Frozen
from storage.notice_tables import NoticeRow
from storage.referral_values import Status
from storage.staff_tables import StaffRow
from storage.staff_values import Member
from storage.tables import ReferralRow
from storage.walls import kept_from


class State(StrEnum):
    """How far a notice has come.

    Needless is one of a request that was picked up meanwhile, and one that a backup brought back.
    """

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    NEEDLESS = "needless"


class Untold(Frozen):
    """A request that waits, and of which nobody was told lately."""

    referral_id: UUID
    queue: str
    waiting_since: datetime


class Notice(Frozen):
    """That somebody waits in a queue, for one colleague; for the group of all without one."""

    id: UUID
    referral_id: UUID
    queue: str
    staff_id: UUID | None
    attempts: int = 0


class Told(Frozen):
    """A notice as the desk lists it; without a name it was for the group."""

    queue: str
    code_name: str | None
    name: str | None
    put_at: datetime
    state: State


async def untold(
    db: AsyncSession, queue: str, told_before: datetime, limit: int, *, only_alarms: bool
) -> list[Untold]:
    """List requests that wait in a queue without a notice since a moment, who waits longest first.

    `only_alarms` leaves those in which nothing sounds like a threat.
    """
    lately = select(NoticeRow.id).where(
        col(NoticeRow.referral_id) == col(ReferralRow.id), col(NoticeRow.put_at) > told_before
    )
    statement = (
        select(ReferralRow.id, ReferralRow.waiting_since)
        .where(
            col(ReferralRow.queue) == queue,
            col(ReferralRow.status) == Status.WAITING,
            col(ReferralRow.waiting_since).is_not(None),
            ~lately.exists(),
        )
        .order_by(col(ReferralRow.waiting_since), col(ReferralRow.id))
        .limit(limit)
    )
    if only_alarms:
        statement = statement.where(col(ReferralRow.alarm_at).is_not(None))
    return [Untold(id, queue, since) for id, since in await db.exec(statement) if since]


async def put(db: AsyncSession, notices: Sequence[Notice], now: datetime) -> None:
    """Keep notices, to be sent."""
    rows = [
        {
            "id": each.id,
            "referral_id": each.referral_id,
            "queue": each.queue,
            "staff_id": each.staff_id,
            "put_at": now,
            "state": State.WAITING.value,
            "not_before": now,
            "attempts": 0,
        }
        for each in notices
    ]
    if rows:
        await db.exec(insert(NoticeRow), params=rows)


async def lease(db: AsyncSession, now: datetime, until: datetime) -> Notice | None:
    """Lease the oldest notice until a moment; those of requests that do not wait are over."""
    unsent = col(NoticeRow.state) == State.WAITING
    waits = select(ReferralRow.id).where(
        col(ReferralRow.id) == col(NoticeRow.referral_id),
        col(ReferralRow.status) == Status.WAITING,
    )
    await db.exec(
        update(NoticeRow).where(unsent, ~waits.exists()).values(state=State.NEEDLESS.value)
    )
    statement = (
        select(NoticeRow)
        .where(unsent, col(NoticeRow.not_before) <= now)
        .order_by(col(NoticeRow.put_at), col(NoticeRow.id))
        .limit(1)
        # PostgreSQL steps over what another process is leasing; SQLite has one at a time anyway.
        .with_for_update(skip_locked=True)
    )
    row = (await db.exec(statement)).first()
    if row is None:
        return None
    leased = Notice(row.id, row.referral_id, row.queue, row.staff_id, row.attempts + 1)
    await _change(db, leased.id, not_before=until, attempts=leased.attempts)
    return leased


async def settle(db: AsyncSession, notice_id: UUID, state: State) -> None:
    """Say what became of a notice."""
    await _change(db, notice_id, state=state.value)


async def drop_waiting(db: AsyncSession) -> int:
    """Send none of those that wait; give how many that were."""
    waiting = col(NoticeRow.state) == State.WAITING
    statement = update(NoticeRow).where(waiting).values(state=State.NEEDLESS.value)
    return (await db.exec(statement)).rowcount


async def retry(db: AsyncSession, notice_id: UUID, not_before: datetime) -> None:
    """Have a notice tried again later."""
    await _change(db, notice_id, not_before=not_before)


async def listing(db: AsyncSession, member: Member, limit: int) -> list[Told]:
    """List what was told of a member's queues, the newest first."""
    statement = (
        select(NoticeRow, ReferralRow.code_name, StaffRow.name)
        .join(ReferralRow, col(ReferralRow.id) == col(NoticeRow.referral_id))
        .outerjoin(StaffRow, col(StaffRow.id) == col(NoticeRow.staff_id))
        .where(col(NoticeRow.queue).in_(member.queues), ~kept_from(member))
        .order_by(col(NoticeRow.put_at).desc(), col(NoticeRow.id))
        .limit(limit)
    )
    return [
        Told(row.queue, code_name, name, row.put_at, State(row.state))
        for row, code_name, name in await db.exec(statement)
    ]


async def _change(db: AsyncSession, notice_id: UUID, **values: object) -> None:
    await db.exec(update(NoticeRow).where(col(NoticeRow.id) == notice_id).values(values))
