"""How the work is done, step by step: texts of the house itself, by service and language."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from enum import StrEnum

from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from dialogs.frozen import Frozen
from dialogs.values import Service
from storage.quality_tables import InstructionRow
from storage.statements import insert_into


class Step(StrEnum):
    """How far a case is, for whoever works on it."""

    WAITING = "waiting"
    FIRST_ANSWER = "first_answer"
    PREPARING = "preparing"
    OTHER_PARTY = "other_party"
    CLOSING = "closing"


class Instruction(Frozen):
    """What to do at one step, and on which day that was last written."""

    service: Service
    step: Step
    language: str
    words: str
    written_on: date


async def of_services(db: AsyncSession, services: Collection[Service]) -> list[Instruction]:
    """List every instruction of these services."""
    statement = select(InstructionRow).where(col(InstructionRow.service).in_(sorted(services)))
    return [_instruction(row) for row in await db.exec(statement)]


async def find(db: AsyncSession, service: Service, step: Step, language: str) -> Instruction | None:
    """Find what to do at a step: in this language, or else in another that it is written in."""
    statement = (
        select(InstructionRow)
        .where(col(InstructionRow.service) == service, col(InstructionRow.step) == step)
        .order_by(col(InstructionRow.language) != language, col(InstructionRow.language))
        .limit(1)
    )
    row = (await db.exec(statement)).one_or_none()
    return None if row is None else _instruction(row)


async def keep(db: AsyncSession, written: Instruction) -> None:
    """Keep an instruction; without words there is none any more."""
    row = {
        "service": written.service.value,
        "step": written.step.value,
        "language": written.language,
        "words": written.words,
        "written_on": written.written_on,
    }
    if not written.words:
        this = (col(getattr(InstructionRow, key)) == row[key] for key in KEY)
        await db.exec(delete(InstructionRow).where(*this))
        return
    changed = {name: value for name, value in row.items() if name not in KEY}
    statement = insert_into(db, InstructionRow)
    kept = statement.on_conflict_do_update(index_elements=KEY, set_=changed)
    await db.exec(kept, params=[row])


KEY = ("service", "step", "language")


def _instruction(row: InstructionRow) -> Instruction:
    return Instruction(
        Service(row.service), Step(row.step), row.language, row.words, row.written_on
    )
