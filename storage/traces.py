"""Which messages stand in a chat that others keep too, and when they are to go from there."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, UpdateBase
from sqlmodel import col, delete, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from dialogs.frozen import Frozen, Hidden
from storage.errors import Unreadable
from storage.return_tables import LockRow
from storage.sealed import Seal
from storage.statements import Insert, insert_once
from storage.tables import WayRow
from storage.trace_tables import TraceRow


class Trace(Frozen):
    """A message that stands at a way: its number there, and where that is.

    With no `due_at` it goes only when everything does. What `fades` is replaced and not taken out.
    A `chat` that does not open any more is empty.
    """

    index: bytes
    number: int
    chat: Hidden[str]
    due_at: datetime | None = None
    fades: bool = False


async def note(db: AsyncSession, system: Seal, traces: Sequence[Trace], now: datetime) -> None:
    """Keep what stands in chats now; what is known already stays as it is."""
    if not traces:
        return
    # In one order everywhere, so that two transactions cannot wait for each other.
    values = sorted((_values(system, each, now) for each in traces), key=_place)
    await db.exec(_noting(db), params=values)


@insert_once(TraceRow)
def _noting(statement: Insert) -> UpdateBase:
    return statement.on_conflict_do_nothing()


async def due(db: AsyncSession, system: Seal, now: datetime, limit: int) -> list[Trace]:
    """Find what is to go, the longest due first."""
    at = col(TraceRow.due_at)
    statement = select(TraceRow).where(at <= now).order_by(at).limit(limit)
    return [_trace(system, row) for row in await db.exec(statement)]


async def gone(db: AsyncSession, index: bytes, numbers: Collection[int]) -> None:
    """Forget what stands there no more, or for ever."""
    await db.exec(delete(TraceRow).where(*_at(index, numbers)))


async def faded(db: AsyncSession, index: bytes, numbers: Collection[int]) -> None:
    """Note that something else stands there now; it goes when everything does."""
    await _change(db, index, numbers, fades=True, to={"due_at": None, "fades": False})


async def put_off(
    db: AsyncSession, index: bytes, numbers: Collection[int], until: datetime, *, fades: bool
) -> None:
    """Try again later what could not be taken out now, or not fade."""
    await _change(db, index, numbers, fades=fades, to={"due_at": until})


async def end(db: AsyncSession, index: bytes, now: datetime) -> None:
    """Let all words at a way go at once."""
    await _at_once(db, now, col(TraceRow.idx) == index, col(TraceRow.due_at).is_not(None))


async def clear(db: AsyncSession, indexes: Collection[bytes], now: datetime) -> None:
    """Let everything go at once from doors that lead to somebody no more.

    Where they lead to somebody else by now, what fades stays until then: it may not be read yet.
    """
    index, shut = col(TraceRow.idx), col(LockRow.door_idx)
    somewhere = index.in_(select(WayRow.idx)) | index.in_(select(shut).where(shut.is_not(None)))
    unread = col(TraceRow.fades).is_(True) & somewhere
    await _at_once(db, now, col(TraceRow.idx).in_(indexes), ~unread)


async def _at_once(db: AsyncSession, now: datetime, *which: ColumnElement[bool]) -> None:
    await db.exec(update(TraceRow).where(*which).values(due_at=now, fades=False))


async def _change(
    db: AsyncSession, index: bytes, numbers: Collection[int], *, fades: bool, to: dict[str, object]
) -> None:
    # Since it was tried its person may have ended everything: what was to fade goes at once then.
    which = *_at(index, numbers), col(TraceRow.fades).is_(fades)
    await db.exec(update(TraceRow).where(*which).values(to))


def _at(index: bytes, numbers: Collection[int]) -> tuple[ColumnElement[bool], ...]:
    return col(TraceRow.idx) == index, col(TraceRow.number).in_(numbers)


def _place(values: dict[str, object]) -> tuple[object, object]:
    return values["idx"], values["number"]


def _values(system: Seal, trace: Trace, now: datetime) -> dict[str, object]:
    # The index has the sixteen bytes of a row's id, and stands in for one.
    return {
        "idx": trace.index,
        "number": trace.number,
        "chat": system.seal("trace", "chat", UUID(bytes=trace.index), trace.chat),
        "put_at": now,
        "due_at": trace.due_at,
        "fades": trace.fades,
    }


def _trace(system: Seal, row: TraceRow) -> Trace:
    try:
        chat = system.open("trace", "chat", UUID(bytes=row.idx), row.chat)
    except (Unreadable, ValueError):
        # It must not hold up the others.
        chat = ""
    return Trace(row.idx, row.number, chat, row.due_at, row.fades)
