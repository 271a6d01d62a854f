"""What is forgotten by itself, and after how long: a worker does it, `purge` says it beforehand."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.terms import ATTEMPTS, HEARD, IN_REACH, NEEDS, NOTICES, SET_ASIDE
from dialogs.frozen import Frozen
from storage import conversations, people, retention
from storage.notice_tables import NoticeRow
from storage.staff_tables import AttemptRow, SetUpLinkRow, StaffSessionRow
from storage.tables import DataTable, HeardRow, SetAsideRow
from storage.talk_tables import NeedRow
from storage.trace_tables import TraceRow

log = logging.getLogger(__name__)

AGES: Final[Mapping[type[DataTable], timedelta]] = {
    HeardRow: HEARD,
    AttemptRow: ATTEMPTS,
    SetUpLinkRow: ATTEMPTS,
    StaffSessionRow: ATTEMPTS,
    SetAsideRow: SET_ASIDE,
    NoticeRow: NOTICES,
    TraceRow: IN_REACH,
    NeedRow: NEEDS,
}
"""What goes by its age alone."""
FEW = 10
UNSENT, CLOSED = "people who sent nothing", "people of whom all was closed long ago"


class Due(Frozen):
    """What is due to be forgotten: its kind, how much, and of how much where that counts."""

    kind: str
    count: int
    of: int | None = None

    @property
    def is_too_much(self) -> bool:
        """Say whether it is more than a fifth of all: rather a wrong clock than a right term."""
        return self.of is not None and self.count > max(FEW, self.of // 5)


class Retention(Frozen):
    """How long people are kept that nobody forgets before.

    `unfinished` is for an idle conversation without a request, `reflections` for one with a
    self-reflection, and `closed` for one of which everything was closed.
    """

    unfinished: timedelta
    reflections: timedelta
    closed: timedelta

    async def due(self, db: AsyncSession, now: datetime) -> list[Due]:
        """Count what would be forgotten now."""
        aged = [
            Due(str(table.__tablename__), await retention.count(db, table, now - age))
            for table, age in AGES.items()
        ]
        unsent = Due(UNSENT, len(await self._unsent(db, now)))
        return [*aged, unsent, await _due_of(db, await self._closed(db, now))]

    async def forget(self, db: AsyncSession, now: datetime, *, is_confirmed: bool = False) -> None:
        """Forget what is due.

        People of whom all was closed long ago stay when they are more than a fifth of those who
        ever sent something, unless somebody confirmed it.
        """
        for table, age in AGES.items():
            await retention.forget(db, table, now - age)
        closed = await self._closed(db, now)
        # All are counted only where it matters: that is the slow part, and this is done often.
        is_doubtful = len(closed) > FEW and not is_confirmed
        if is_doubtful and (await _due_of(db, closed)).is_too_much:
            log.warning("Much is due to be forgotten at once; the command `purge` tells.")
            closed = []
        for person_id in (*await self._unsent(db, now), *closed):
            await people.erase(db, person_id, now)

    async def _unsent(self, db: AsyncSession, now: datetime) -> list[UUID]:
        return await conversations.expired(db, now - self.unfinished, now - self.reflections)

    async def _closed(self, db: AsyncSession, now: datetime) -> list[UUID]:
        return await conversations.long_over(db, now - self.closed)


async def _due_of(db: AsyncSession, closed: list[UUID]) -> Due:
    """Compare people of whom all was closed with those who ever sent something."""
    return Due(CLOSED, len(closed), await conversations.count_sent(db))
