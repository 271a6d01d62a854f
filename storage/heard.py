"""What was heard already, so that an update that comes twice is done once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import UpdateBase
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.statements import Insert, insert_once, table_of
from storage.tables import HeardRow


async def keep(db: AsyncSession, keys: Collection[str], now: datetime) -> set[str]:
    """Keep what is heard now, and give the keys that are new.

    Another transaction that hears the same at this moment waits for this one, and then hears
    nothing new. In order, so that two of them cannot wait for each other.
    """
    if not keys:
        return set()
    rows = [{"key": key, "at": now} for key in sorted(set(keys))]
    return set((await db.exec(_keeping(db), params=rows)).scalars())


@insert_once(HeardRow)
def _keeping(statement: Insert) -> UpdateBase:
    return statement.on_conflict_do_nothing().returning(table_of(HeardRow).c.key)


async def is_kept(db: AsyncSession, key: str) -> bool:
    """Say whether this was heard already."""
    return (await db.exec(select(HeardRow).where(col(HeardRow.key) == key))).first() is not None
