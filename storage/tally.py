"""Counting by day and name, where nothing else is kept that could be counted."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.statements import insert_into
from storage.tables import TallyRow


async def add(db: AsyncSession, name: str, number: int, now: datetime) -> None:
    """Add to what was counted under this name today."""
    if not number:
        return
    statement = insert_into(db, TallyRow)
    more = statement.on_conflict_do_update(
        index_elements=["day", "name"],
        set_={"count": col(TallyRow.count) + statement.excluded["count"]},
    )
    row = {"day": now.astimezone(UTC).date(), "name": name, "count": number}
    await db.exec(more, params=[row])
