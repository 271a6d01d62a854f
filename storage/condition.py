"""In what condition a database is, as far as it can be said without opening what is in it."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from math import inf

from sqlalchemy import text
from sqlmodel import col, func, select

from storage.audit_tables import AuditRow
from storage.database import Database


async def damage(database: Database) -> str:
    """Say what is wrong with the file of an SQLite database; nothing when it is whole."""
    if not database.is_sqlite:
        return ""
    async with database.reading() as db:
        connection = await db.connection()
        found = str(await connection.scalar(text("PRAGMA quick_check(1)")))
    return "" if found == "ok" else found


def free_bytes(database: Database) -> float:
    """Say how much room is left on the disk of an SQLite file; elsewhere it is not ours to see."""
    return inf if database.file is None else shutil.disk_usage(database.file.parent).free


async def ahead(database: Database, now: datetime) -> timedelta:
    """Say how far the database is ahead of this clock: by its own, or by what stands in its log."""
    async with database.reading() as db:
        latest = select(AuditRow.at).order_by(col(AuditRow.at).desc()).limit(1)
        times = list(await db.exec(latest))
        if not database.is_sqlite:
            times.append((await db.exec(select(func.now()))).one())
    return max((time - now for time in times), default=timedelta())
