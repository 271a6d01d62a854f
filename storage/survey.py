"""What was answered after closing: counted by month, and of nobody."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.staff_values import Member
from storage.statements import insert_into
from storage.tables import SurveyRow


async def add(db: AsyncSession, queue: str, question: str, option: str, now: datetime) -> None:
    """Count an answer in the month of `now`."""
    statement = insert_into(db, SurveyRow)
    more = statement.on_conflict_do_update(
        index_elements=["month", "queue", "question", "option"],
        set_={"count": col(SurveyRow.count) + 1},
    )
    month = now.astimezone(UTC).date().replace(day=1)
    row = {"month": month, "queue": queue, "question": question, "option": option, "count": 1}
    await db.exec(more, params=[row])


async def counts(db: AsyncSession, member: Member) -> dict[tuple[str, str, str], int]:
    """Count the answers in a colleague's queues, by queue, question and option."""
    total = func.sum(col(SurveyRow.count))
    which = (col(SurveyRow.queue), col(SurveyRow.question), col(SurveyRow.option))
    statement = (
        select(*which, total).where(col(SurveyRow.queue).in_(member.queues)).group_by(*which)
    )
    found = await db.exec(statement)
    return {(queue, question, option): int(count) for queue, question, option, count in found}
