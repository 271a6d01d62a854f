"""Tries at something secret, counted before they are checked, by a keyed hash of who tries."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import col, delete, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.staff_tables import AttemptRow
from storage.statements import insert_into

# More than this need not be remembered; no limit may be higher.
MOST_TIMES = 50


async def counted(db: AsyncSession, key: bytes, now: datetime, within: timedelta) -> list[int]:
    """Count a try, and give the moments of those that are not longer ago, this one included.

    Tries at the same moment wait for each other at their row, so that none is counted short. Gives
    whole seconds since 1970, the last `MOST_TIMES` and this one.
    """
    new = {"key": key, "recent": [], "last_at": now}
    # Touching the row first makes it ours until the end of the transaction.
    statement = insert_into(db, AttemptRow).on_conflict_do_update(
        index_elements=["key"], set_={"last_at": now}
    )
    await db.exec(statement, params=[new])
    found = (await db.exec(select(AttemptRow.recent).where(col(AttemptRow.key) == key))).one()
    since = int((now - within).timestamp())
    times = [*[moment for moment in found if moment > since][-MOST_TIMES:], int(now.timestamp())]
    await db.exec(update(AttemptRow).where(col(AttemptRow.key) == key).values(recent=times))
    return times


async def forgiven(db: AsyncSession, key: bytes) -> None:
    """Begin anew with somebody whose try was right."""
    await db.exec(delete(AttemptRow).where(col(AttemptRow.key) == key))
