"""Counting by day and name, where nothing else is kept that could be counted."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy import UpdateBase, func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.statements import Insert, insert_once, table_of
from storage.tables import TallyRow

MISSED = "missed."


def missed(language: str, near: str, *, is_offered: bool) -> str:
    """Name words that were not understood, as a language and the topic they are nearest to."""
    return f"{MISSED}{language}.{near or 'nothing'}.{'offered' if is_offered else 'none'}"


async def add(db: AsyncSession, name: str, number: int, now: datetime) -> None:
    """Add to what was counted under this name today."""
    if not number:
        return
    row = {"day": now.astimezone(UTC).date(), "name": name, "count": number}
    await db.exec(_adding(db), params=[row])


async def counts(db: AsyncSession, start: str, since: date) -> dict[str, int]:
    """Count what has a name that starts like this, by its name, from a day on."""
    name = col(TallyRow.name)
    statement = (
        select(name, func.sum(col(TallyRow.count)))
        .where(name.startswith(start, autoescape=True), col(TallyRow.day) >= since)
        .group_by(name)
    )
    return {name: int(count) for name, count in await db.exec(statement)}


@insert_once(TallyRow)
def _adding(statement: Insert) -> UpdateBase:
    before, more = table_of(TallyRow).c["count"], statement.excluded["count"]
    return statement.on_conflict_do_update(
        index_elements=["day", "name"], set_={"count": before + more}
    )
