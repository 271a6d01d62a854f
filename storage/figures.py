"""What happened with requests: counted by month, queue, language and door, and of nobody.

A count is written in the transaction of what it counts. It stays when a person is erased.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from sqlalchemy import UpdateBase, literal_column
from sqlmodel import case, col, func, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from dialogs.frozen import Frozen
from storage.complaint_tables import ComplaintRow
from storage.quality_tables import FigureRow
from storage.referral_values import OPEN, Outcome, Status
from storage.statements import Insert, insert_once, table_of
from storage.tables import ReferralRow

HOUR, DAY = 60, 24 * 60
STEPS: Final = (
    *(5, 10, 15, 30, 45, HOUR, 90),
    *(hours * HOUR for hours in (2, 3, 4, 6, 8, 12, 16)),
    *(days * DAY for days in (1, 2, 3, 4, 5, 7, 10, 14, 21, 30, 60, 90, 180, 365, 3650)),
)
"""In how many minutes at most something happened; what took longer still counts as the last."""

CASE: Final[tuple[Any, ...]] = (
    col(ReferralRow.queue),
    func.coalesce(col(ReferralRow.language), ""),
    func.coalesce(col(ReferralRow.door), ""),
    col(ReferralRow.opened_at),
    col(ReferralRow.due_at),
    col(ReferralRow.answered_at),
)


class Happened(StrEnum):
    """What is counted of requests; how one that was sent ends is an `Outcome` or `Left`."""

    NEW = "new"
    FIRST_ANSWER = "first_answer"
    IN_TIME = "in_time"
    LATE = "late"
    SAID_NO = "said_no"
    DECLINED = "declined"


class Left(StrEnum):
    """How a person themselves ended a request, which they are free to do at any moment."""

    STOPPED = "stopped"
    WITHDREW = "withdrew"
    ERASED = "erased"


class Case(Frozen):
    """What a count may know of a request, and what it must know to measure one."""

    queue: str
    language: str
    door: str
    opened_at: datetime
    due_at: datetime | None
    answered_at: datetime | None


class Counted(Frozen):
    """How often something happened in a month; only of what is new it is told where."""

    month: date
    queue: str
    language: str
    door: str
    name: str
    within: int
    count: int


class Standing(Frozen):
    """How many people wait, and how many complaints are open."""

    waiting: int
    complaints: int


async def case_of(db: AsyncSession, referral_id: UUID) -> Case:
    """Read what is counted of a request that is there."""
    statement = select(*CASE).where(col(ReferralRow.id) == referral_id)
    return Case(*(await db.exec(statement)).one())


async def open_cases(db: AsyncSession, person_id: UUID) -> list[Case]:
    """List what a person still has before staff."""
    theirs = select(*CASE).where(
        col(ReferralRow.person_id) == person_id, col(ReferralRow.status).in_(OPEN)
    )
    return [Case(*row) for row in await db.exec(theirs)]


async def answered(db: AsyncSession, referral_id: UUID, now: datetime) -> None:
    """Note when a request had its first answer."""
    first = update(ReferralRow).where(
        col(ReferralRow.id) == referral_id, col(ReferralRow.answered_at).is_(None)
    )
    await db.exec(first.values(answered_at=now))


async def unanswered(db: AsyncSession, referral_id: UUID) -> None:
    """Note that a request has no answer after all."""
    theirs = col(ReferralRow.id) == referral_id
    await db.exec(update(ReferralRow).where(theirs).values(answered_at=None))


async def add(
    db: AsyncSession,
    case: Case,
    name: Happened | Left | Outcome,
    now: datetime,
    took: timedelta | None = None,
) -> None:
    """Count something in the month of `now`; `took` says how long it was in coming."""
    key = _key(case, name, now, took)
    await db.exec(_adding(db), params=[key | {"count": 1}])


@insert_once(FigureRow)
def _adding(statement: Insert) -> UpdateBase:
    figures = table_of(FigureRow)
    key = [column.name for column in figures.primary_key]
    return statement.on_conflict_do_update(
        index_elements=key, set_={"count": figures.c["count"] + 1}
    )


async def take_back(
    db: AsyncSession,
    case: Case,
    name: Happened | Left | Outcome,
    at: datetime,
    took: timedelta | None = None,
) -> None:
    """Count something no more that was counted at a moment, and turned out not to happen."""
    key = _key(case, name, at, took)
    there = [getattr(FigureRow, column) == value for column, value in key.items()]
    less = {"count": col(FigureRow.count) - 1}
    await db.exec(update(FigureRow).where(*there).values(less))


def _key(
    case: Case, name: Happened | Left | Outcome, at: datetime, took: timedelta | None
) -> dict[str, object]:
    """Say in which row something is counted."""
    return {
        "month": at.astimezone(UTC).date().replace(day=1),
        "queue": case.queue,
        "language": case.language,
        "door": case.door,
        "name": name.value,
        "within": 0 if took is None else step_of(took),
    }


async def standing(db: AsyncSession, queues: Collection[str]) -> Standing:
    """Count what lies before staff in these queues at this moment."""
    waiting = select(func.count()).where(
        col(ReferralRow.queue).in_(sorted(queues)), col(ReferralRow.status) == Status.WAITING
    )
    complaints = select(func.count()).where(
        col(ComplaintRow.queue).in_(sorted(queues)), col(ComplaintRow.closed_at).is_(None)
    )
    return Standing((await db.exec(waiting)).one(), (await db.exec(complaints)).one())


async def between(
    db: AsyncSession, queues: Collection[str], first: date, last: date
) -> list[Counted]:
    """List what was counted in these queues from one month to another, both included."""
    row = FigureRow
    is_new = col(row.name) == Happened.NEW
    where = (case((is_new, col(each)), else_="") for each in (row.queue, row.language, row.door))
    asked: tuple[Any, ...] = (row.month, *where, row.name, row.within, func.sum(row.count))
    statement = (
        select(*asked)
        .where(col(row.month).between(first, last), col(row.queue).in_(sorted(queues)))
        .group_by(*(literal_column(str(number)) for number in range(1, len(asked))))
    )
    return [Counted(*found) for found in await db.exec(statement)]


def step_of(took: timedelta) -> int:
    """Give the step that a length of time falls in, in minutes."""
    minutes = took.total_seconds() / 60
    return STEPS[min(bisect_left(STEPS, minutes), len(STEPS) - 1)]
