"""What is counted of a request that lies before staff, in the transaction in which it happens."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.hours import Hours, left
from storage import figures
from storage.figures import Case, Happened, Left
from storage.referral_values import NewReferral, Outcome


async def opened(db: AsyncSession, new: NewReferral) -> None:
    """Count a request that was sent."""
    case = Case(new.queue, new.language, new.door, new.now, new.due_at, None)
    await figures.add(db, case, Happened.NEW, new.now)


async def answered(
    db: AsyncSession, referral_id: UUID, hours: Hours, zone: ZoneInfo, now: datetime
) -> None:
    """Count an answer to somebody who waits; to be called before it ends their waiting.

    How long the first answer took is measured in open time, where hours are given.
    """
    case = await figures.case_of(db, referral_id)
    if case.due_at is not None:
        await figures.add(db, case, Happened.LATE if now > case.due_at else Happened.IN_TIME, now)
    if case.answered_at is None:
        took = max(left(hours, case.opened_at, now, zone), timedelta())
        await figures.add(db, case, Happened.FIRST_ANSWER, now, took)
        await figures.answered(db, referral_id, now)


async def recalled(
    db: AsyncSession, referral_id: UUID, hours: Hours, zone: ZoneInfo, at: datetime
) -> None:
    """Count an answer no more that was taken back; to be called once the person waits on."""
    case = await figures.case_of(db, referral_id)
    if case.due_at is not None:
        promise = Happened.LATE if at > case.due_at else Happened.IN_TIME
        await figures.take_back(db, case, promise, at)
    if case.answered_at == at:
        took = max(left(hours, case.opened_at, at, zone), timedelta())
        await figures.take_back(db, case, Happened.FIRST_ANSWER, at, took)
        await figures.unanswered(db, referral_id)


async def closed(db: AsyncSession, referral_id: UUID, outcome: Outcome, now: datetime) -> None:
    """Count what came of a request that staff close, and in how much time by the clock."""
    case = await figures.case_of(db, referral_id)
    await figures.add(db, case, outcome, now, now - case.opened_at)


async def ended(db: AsyncSession, person_id: UUID, how: Left, now: datetime) -> None:
    """Count that a person ended what lay before staff; to be called while it still does."""
    for case in await figures.open_cases(db, person_id):
        await figures.add(db, case, how, now)


async def declined(db: AsyncSession, queue: str, now: datetime) -> None:
    """Count a no before anything was sent; of nobody, and in no language or way of theirs."""
    await figures.add(db, Case(queue, "", "", now, None, None), Happened.DECLINED, now)


async def refused(db: AsyncSession, person_id: UUID, now: datetime) -> None:
    """Count a no to a consent that staff asked for."""
    for case in await figures.open_cases(db, person_id):
        await figures.add(db, case, Happened.SAID_NO, now)
