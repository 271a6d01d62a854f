"""Who looked: which colleague read what a person said, once a day and queue."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import true
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from dialogs.frozen import Frozen
from storage.errors import NotFound
from storage.statements import insert_into
from storage.tables import LookRow


class Look(Frozen):
    """That a colleague read what somebody said to a queue, on a day; in need it is not theirs."""

    person_id: UUID
    day: date
    staff_id: UUID
    queue: str
    in_need: bool = False


async def is_noted(db: AsyncSession, look: Look) -> bool:
    """Say whether this was noted today; then there is nothing to write."""
    statement = select(LookRow).where(
        col(LookRow.person_id) == look.person_id,
        col(LookRow.day) == look.day,
        col(LookRow.staff_id) == look.staff_id,
        col(LookRow.queue) == look.queue,
        col(LookRow.in_need) if look.in_need else true(),
    )
    return (await db.exec(statement)).first() is not None


async def note(db: AsyncSession, look: Look) -> None:
    """Note it; twice is as once. Raise NotFound for somebody who was erased this very moment."""
    row = {
        "person_id": look.person_id,
        "day": look.day,
        "staff_id": look.staff_id,
        "queue": look.queue,
        "in_need": look.in_need,
    }
    statement = insert_into(db, LookRow)
    # A reading in need stays one, whatever else was read that day.
    noted = (
        statement.on_conflict_do_update(
            index_elements=["person_id", "day", "staff_id", "queue"], set_={"in_need": True}
        )
        if look.in_need
        else statement.on_conflict_do_nothing()
    )
    try:
        await db.exec(noted, params=[row])
    except IntegrityError:
        raise NotFound("nobody is behind this any more") from None
