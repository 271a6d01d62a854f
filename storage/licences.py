"""The licences of mediators: since when trained, until when valid, and what counts for the next."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from dialogs.frozen import Frozen
from storage.quality_tables import LicenceRow
from storage.staff_tables import StaffRow
from storage.staff_values import StaffRole
from storage.statements import insert_into


class Licence(Frozen):
    """What is known of a mediator's licence; the numbers are of the licence year that runs.

    `told_on` is when they were last told by e-mail that it ends.
    """

    staff_id: UUID
    trained_on: date | None = None
    valid_until: date | None = None
    mediations: int = 0
    training_hours: int = 0
    intervisions: int = 0
    told_on: date | None = None


async def of(db: AsyncSession, staff_ids: Collection[UUID]) -> dict[UUID, Licence]:
    """Read the licences of these colleagues; of whom nothing is known there is an empty one."""
    statement = select(LicenceRow).where(col(LicenceRow.staff_id).in_(list(staff_ids)))
    known = {row.staff_id: row for row in await db.exec(statement)}
    return {one: _licence(known[one]) if one in known else Licence(one) for one in staff_ids}


async def ending(db: AsyncSession, queues: Collection[str], day: date) -> int:
    """Count the licences of mediators in these queues that end on a day, or ended before it."""
    statement = (
        select(StaffRow.roles, StaffRow.queues)
        .join(LicenceRow, col(LicenceRow.staff_id) == col(StaffRow.id))
        .where(col(StaffRow.active), col(LicenceRow.valid_until) <= day)
    )
    return sum(
        StaffRole.MEDIATOR in roles.split() and not set(queues).isdisjoint(theirs)
        for roles, theirs in await db.exec(statement)
    )


async def keep(db: AsyncSession, licence: Licence) -> None:
    """Keep what is known of a licence now."""
    row = {
        "staff_id": licence.staff_id,
        "trained_on": licence.trained_on,
        "valid_until": licence.valid_until,
        "mediations": licence.mediations,
        "training_hours": licence.training_hours,
        "intervisions": licence.intervisions,
    }
    changed = {name: value for name, value in row.items() if name != "staff_id"}
    statement = insert_into(db, LicenceRow)
    kept = statement.on_conflict_do_update(index_elements=["staff_id"], set_=changed)
    await db.exec(kept, params=[row])


async def told(db: AsyncSession, staff_id: UUID, day: date) -> None:
    """Note on which day a mediator was told how their licence stands."""
    theirs = col(LicenceRow.staff_id) == staff_id
    await db.exec(update(LicenceRow).where(theirs).values(told_on=day))


def _licence(row: LicenceRow) -> Licence:
    return Licence(
        row.staff_id,
        row.trained_on,
        row.valid_until,
        row.mediations,
        row.training_hours,
        row.intervisions,
        row.told_on,
    )
