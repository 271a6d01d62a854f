"""Counting by day and name, where nothing else is kept that could be counted."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import UpdateBase
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.statements import Insert, insert_once, table_of
from storage.tables import TallyRow


async def add(db: AsyncSession, name: str, number: int, now: datetime) -> None:
    """Add to what was counted under this name today."""
    if not number:
        return
    row = {"day": now.astimezone(UTC).date(), "name": name, "count": number}
    await db.exec(_adding(db), params=[row])


@insert_once(TallyRow)
def _adding(statement: Insert) -> UpdateBase:
    before, more = table_of(TallyRow).c["count"], statement.excluded["count"]
    return statement.on_conflict_do_update(
        index_elements=["day", "name"], set_={"count": before + more}
    )
