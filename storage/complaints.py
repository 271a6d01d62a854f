"""Complaints from the person's side; the staff's side is in `complaint_desk.py`."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlmodel import col, delete, insert, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from dialogs.values import Answer, Standing
from storage.complaint_tables import ComplaintAboutRow, ComplaintRow, ComplaintStepRow
from storage.complaint_values import NewComplaint, NewStep, Taken
from storage.errors import Conflict, NotFound
from storage.sealed import Seal
from storage.staff_tables import StaffRow
from storage.written import read_answers, text_of


async def open(db: AsyncSession, seal: Seal, new: NewComplaint) -> None:  # noqa: A001 - read as `complaints.open`
    """Put a complaint before staff, and out of sight of those it is about."""
    text = text_of({"answers": new.answers, "agreements": new.agreements})
    row = {
        "id": new.id,
        "person_id": seal.person_id,
        "code_name": new.code_name,
        "service": new.service.value,
        "queue": new.queue,
        "standing": new.received.after.value,
        "language": new.language,
        "content": seal.seal("complaint", "content", new.id, text),
        "opened_at": new.received.at,
        "about_at": new.received.at if new.about_is_known else None,
        "last_seq": 1,
    }
    await db.exec(insert(ComplaintRow), params=[row])
    hidden = [{"complaint_id": new.id, "staff_id": each} for each in sorted(new.about)]
    if hidden:
        await db.exec(insert(ComplaintAboutRow), params=hidden)
    await _write(db, seal, new.id, 1, new.received)


async def answers(db: AsyncSession, seal: Seal, complaint_id: UUID) -> tuple[Answer, ...]:
    """Open what the person wrote; raise NotFound when it is not theirs, or was erased."""
    statement = select(ComplaintRow.content).where(
        col(ComplaintRow.id) == complaint_id, col(ComplaintRow.person_id) == seal.person_id
    )
    content = (await db.exec(statement)).one_or_none()
    if content is None:
        raise NotFound("there is nothing to read in this complaint")
    found = json.loads(seal.open("complaint", "content", complaint_id, content))
    return read_answers(found["answers"])


async def of_person(db: AsyncSession, person_id: UUID) -> list[UUID]:
    """List the complaints of a person whose content is kept, the oldest first."""
    statement = (
        select(ComplaintRow.id)
        .where(col(ComplaintRow.person_id) == person_id, col(ComplaintRow.content).is_not(None))
        .order_by(col(ComplaintRow.opened_at), col(ComplaintRow.id))
    )
    return list(await db.exec(statement))


async def steps(db: AsyncSession, seal: Seal, complaint_id: UUID) -> list[Taken]:
    """Open the steps of a person's complaint, the first one first."""
    statement = (
        select(ComplaintStepRow, StaffRow.name)
        .join(StaffRow, col(StaffRow.id) == col(ComplaintStepRow.staff_id), isouter=True)
        .where(
            col(ComplaintStepRow.complaint_id) == complaint_id,
            col(ComplaintStepRow.person_id) == seal.person_id,
        )
        .order_by(col(ComplaintStepRow.seq))
    )
    return [_taken(row, name, seal) for row, name in await db.exec(statement)]


async def advance(db: AsyncSession, seal: Seal, step: NewStep) -> None:
    """Take a step of the person's in their open complaint; raise Conflict when it is elsewhere."""
    theirs = col(ComplaintRow.person_id) == seal.person_id
    if not await advance_where(db, seal, theirs, step):
        raise Conflict("this complaint does not stand where its person saw it")


async def advance_where(
    db: AsyncSession, seal: Seal, condition: ColumnElement[bool], step: NewStep
) -> bool:
    """Take a step in the one open complaint that fits; False when none stands where it begins.

    One statement that only matches where the step begins: of two at once, one matches nothing.
    """
    statement = (
        update(ComplaintRow)
        .where(
            condition,
            col(ComplaintRow.standing) == step.before.value,
            col(ComplaintRow.closed_at).is_(None),
        )
        .values(
            standing=step.after.value,
            closed_at=step.at if step.ends else None,
            last_seq=col(ComplaintRow.last_seq) + 1,
        )
        .returning(col(ComplaintRow.id), col(ComplaintRow.last_seq))
    )
    found = (await db.exec(statement)).one_or_none()
    if found is None:
        return False
    complaint_id, seq = found
    await _write(db, seal, complaint_id, seq, step)
    return True


async def withdraw(db: AsyncSession, person_id: UUID, now: datetime) -> None:
    """Erase what was written in every complaint of a person; one that was open is over."""
    theirs = col(ComplaintRow.person_id) == person_id
    await db.exec(delete(ComplaintStepRow).where(col(ComplaintStepRow.person_id) == person_id))
    await db.exec(update(ComplaintRow).where(theirs).values(content=None))
    await db.exec(
        update(ComplaintRow)
        .where(theirs, col(ComplaintRow.closed_at).is_(None))
        .values(standing=Standing.WITHDRAWN.value, closed_at=now)
    )


async def leave_shells(db: AsyncSession, person_id: UUID, now: datetime) -> None:
    """Leave of the complaints of somebody who is forgotten what is counted, and no more."""
    await withdraw(db, person_id, now)
    for row in await db.exec(select(ComplaintRow).where(col(ComplaintRow.person_id) == person_id)):
        about = col(ComplaintAboutRow.complaint_id) == row.id
        await db.exec(delete(ComplaintAboutRow).where(about))
        await db.exec(
            update(ComplaintRow)
            .where(col(ComplaintRow.id) == row.id)
            .values(
                person_id=None,
                code_name=None,
                language=None,
                opened_at=_day(row.opened_at),
                closed_at=_day(row.closed_at or now),
                about_at=None,
                last_seq=0,
            )
        )


async def _write(db: AsyncSession, seal: Seal, complaint_id: UUID, seq: int, step: NewStep) -> None:
    text = text_of({"words": step.words, "at": step.at.isoformat()})
    row = {
        "id": step.id,
        "complaint_id": complaint_id,
        "person_id": seal.person_id,
        "seq": seq,
        "standing": step.after.value,
        "staff_id": step.staff_id,
        "body": seal.seal("complaint_step", "body", step.id, text),
    }
    await db.exec(insert(ComplaintStepRow), params=[row])


def _taken(row: ComplaintStepRow, staff_name: str | None, seal: Seal) -> Taken:
    found = json.loads(seal.open("complaint_step", "body", row.id, row.body))
    at = datetime.fromisoformat(found["at"]).astimezone(UTC)
    return Taken(Standing(row.standing), at, staff_name, found["words"])


def _day(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
