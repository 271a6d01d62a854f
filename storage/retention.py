"""What goes by its age alone, a row a table: what is due is counted and forgotten alike."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy.orm import Mapped
from sqlmodel import col, delete, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.notice_tables import NoticeRow
from storage.staff_tables import AttemptRow, SetUpLinkRow, StaffSessionRow
from storage.tables import DataTable, HeardRow, SetAsideRow
from storage.talk_tables import NeedRow
from storage.trace_tables import TraceRow

AGED: Final[Mapping[type[DataTable], Mapped[Any]]] = {
    HeardRow: col(HeardRow.at),
    AttemptRow: col(AttemptRow.last_at),
    SetUpLinkRow: col(SetUpLinkRow.expires_at),
    StaffSessionRow: col(StaffSessionRow.seen_at),
    SetAsideRow: col(SetAsideRow.at),
    NoticeRow: col(NoticeRow.put_at),
    TraceRow: col(TraceRow.put_at),
    NeedRow: col(NeedRow.asked_at),
}
"""Each table, and the moment from which its rows age."""


async def count(db: AsyncSession, table: type[DataTable], before: datetime) -> int:
    """Count the rows of a table that are older."""
    statement = select(func.count()).select_from(table).where(AGED[table] < before)
    return (await db.exec(statement)).one()


async def forget(db: AsyncSession, table: type[DataTable], before: datetime) -> int:
    """Forget the rows of a table that are older; give how many that were."""
    return (await db.exec(delete(table).where(AGED[table] < before))).rowcount
