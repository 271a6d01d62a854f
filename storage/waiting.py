"""Since when a person waits for an answer, and by when they must have it: both begin together."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlmodel import case, col, func, literal, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from dialogs.frozen import Frozen
from dialogs.values import Service
from storage.columns import UtcTime
from storage.tables import ReferralRow

OVER: Mapping[str, object] = {"waiting_since": None, "due_at": None}


class Waits(Frozen):
    """Somebody who waits; without a term there is no moment at which an answer is due."""

    referral_id: UUID
    service: Service
    since: datetime
    due_at: datetime | None


def begun(now: datetime, due_at: datetime | None) -> Mapping[str, object]:
    """Let somebody wait from now on, and nothing of theirs rest; who waits keeps their moments."""
    since = col(ReferralRow.waiting_since)
    fresh = literal(due_at, UtcTime)
    return {
        "waiting_since": func.coalesce(since, now),
        "due_at": case((since.is_(None), fresh), else_=col(ReferralRow.due_at)),
        "snoozed_until": None,
    }


async def everybody(db: AsyncSession) -> list[Waits]:
    """List everybody who waits."""
    row = ReferralRow
    statement = select(row.id, row.service, row.waiting_since, row.due_at)
    waiting = await db.exec(statement.where(col(row.waiting_since).is_not(None)))
    return [Waits(id, Service(service), since, due) for id, service, since, due in waiting if since]


async def set_due(db: AsyncSession, waits: Waits, due_at: datetime | None) -> None:
    """Set another moment for who still waits since the same one."""
    await db.exec(
        update(ReferralRow)
        .where(col(ReferralRow.id) == waits.referral_id)
        .where(col(ReferralRow.waiting_since) == waits.since)
        .values(due_at=due_at)
    )


async def wait_of(db: AsyncSession, referral_id: UUID) -> tuple[datetime, datetime | None] | None:
    """Give since when somebody waits, and when an answer is due; nothing when they do not."""
    statement = select(ReferralRow.waiting_since, ReferralRow.due_at)
    found = (await db.exec(statement.where(col(ReferralRow.id) == referral_id))).one_or_none()
    return None if found is None or found[0] is None else (found[0], found[1])


async def go_on(
    db: AsyncSession, referral_id: UUID, since: datetime, due_at: datetime | None
) -> None:
    """Let somebody wait on as before, for the words that ended it were taken back."""
    before = {"waiting_since": since, "due_at": due_at, "snoozed_until": None}
    await db.exec(update(ReferralRow).where(col(ReferralRow.id) == referral_id).values(before))
