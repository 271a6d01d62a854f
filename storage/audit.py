"""The audit log: who read or did what, in a chain that shows when a line was changed or left out.

Lines are only ever added; the database itself refuses anything else. Nothing of what a person said
is in them, and once a person is erased nothing leads from a line to them.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from datetime import datetime
from typing import Protocol
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlmodel import col, func, insert, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from dialogs.frozen import Frozen
from storage.audit_tables import AuditRow
from storage.staff_tables import StaffRow
from storage.tables import ReferralRow

FIRST = b""
A_PORTION = 5_000
# The number of the lock that keeps two processes from adding the same line; any would do.
CHAIN_LOCK = 0x68616E64


class Chain(Protocol):
    """Whoever holds the audit key."""

    def chained(self, previous: bytes, text: str) -> bytes:
        """Sign a line together with the signature of the line before it."""


class Entry(Frozen):
    """What somebody did or read; `actor_id` is nobody's for whoever runs the house.

    `object_id` is a request, a complaint or a colleague, whichever `what` is about; `queue` is
    whose letterbox.
    """

    at: datetime
    actor_id: UUID | None
    roles: str
    what: str
    object_id: UUID | None = None
    queue: str | None = None


class Line(Frozen):
    """An entry as it stands in the log; the reference is there while its request is."""

    seq: int
    entry: Entry
    actor_name: str | None
    reference: str | None


class Head(Frozen):
    """The end of the log, to be kept elsewhere: by it a log that was cut short is found."""

    seq: int
    mac: str


class Search(Frozen):
    """Which lines are asked for; what is None is not asked."""

    actor_id: UUID | None = None
    what: str | None = None
    reference: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    before: int | None = None


async def append(db: AsyncSession, chain: Chain, entry: Entry) -> None:
    """Add a line, in the transaction of what it tells of; one process at a time."""
    if db.get_bind().dialect.name == "postgresql":
        await db.exec(select(func.pg_advisory_xact_lock(CHAIN_LOCK)))
    last = await _last(db)
    seq, previous = (1, FIRST) if last is None else (last.seq + 1, last.mac)
    row = {
        "seq": seq,
        "at": entry.at,
        "actor_id": entry.actor_id,
        "roles": entry.roles,
        "what": entry.what,
        "object_id": entry.object_id,
        "queue": entry.queue,
        "mac": chain.chained(previous, _text(seq, entry)),
    }
    await db.exec(insert(AuditRow), params=[row])


async def head(db: AsyncSession) -> Head:
    """Give the end of the log."""
    last = await _last(db)
    return Head(0, "") if last is None else Head(last.seq, last.mac.hex())


async def first_broken(db: AsyncSession, chain: Chain, anchor: Head | None = None) -> int | None:
    """Give the number of the first line that is not what was written, or is missing.

    With an anchor, a log that ends before it or has another line there is broken as well.
    """
    expected, previous = 1, FIRST
    async for row in _rows(db):
        is_whole = row.seq == expected and row.mac == chain.chained(
            previous, _text(row.seq, _entry(row))
        )
        is_anchored = anchor is None or anchor.seq != row.seq or anchor.mac == row.mac.hex()
        if not is_whole or not is_anchored:
            return expected
        expected, previous = expected + 1, row.mac
    return expected if anchor is not None and anchor.seq >= expected else None


async def search(db: AsyncSession, asked: Search, limit: int) -> list[Line]:
    """List lines, the newest first."""
    statement = (
        select(AuditRow, StaffRow.name, ReferralRow.reference)
        .join(StaffRow, col(StaffRow.id) == col(AuditRow.actor_id), isouter=True)
        .join(ReferralRow, col(ReferralRow.id) == col(AuditRow.object_id), isouter=True)
        .where(*_asked(asked))
        .order_by(col(AuditRow.seq).desc())
        .limit(limit)
    )
    return [Line(row.seq, _entry(row), *names) for row, *names in await db.exec(statement)]


def _asked(asked: Search) -> list[ColumnElement[bool]]:
    wanted: tuple[tuple[object, Callable[[], ColumnElement[bool]]], ...] = (
        (asked.actor_id, lambda: col(AuditRow.actor_id) == asked.actor_id),
        (asked.what, lambda: col(AuditRow.what) == asked.what),
        (asked.reference, lambda: col(AuditRow.object_id).in_(_of_reference(asked.reference))),
        (asked.since, lambda: col(AuditRow.at) >= asked.since),
        (asked.until, lambda: col(AuditRow.at) < asked.until),
        (asked.before, lambda: col(AuditRow.seq) < asked.before),
    )
    return [condition() for value, condition in wanted if value is not None]


def _of_reference(reference: str | None) -> SelectOfScalar[UUID]:
    return select(ReferralRow.id).where(col(ReferralRow.reference) == reference)


async def _last(db: AsyncSession) -> AuditRow | None:
    return (await db.exec(select(AuditRow).order_by(col(AuditRow.seq).desc()).limit(1))).first()


async def _rows(db: AsyncSession) -> AsyncIterator[AuditRow]:
    """Read the whole log in portions, the oldest line first."""
    after = 0
    while True:
        portion = select(AuditRow).where(col(AuditRow.seq) > after).order_by(col(AuditRow.seq))
        rows = (await db.exec(portion.limit(A_PORTION))).all()
        for row in rows:
            yield row
        if len(rows) < A_PORTION:
            return
        after = rows[-1].seq
        db.expunge_all()


def _entry(row: AuditRow) -> Entry:
    return Entry(row.at, row.actor_id, row.roles, row.what, row.object_id, row.queue)


def _text(seq: int, entry: Entry) -> str:
    """Give a line as the one text that is signed."""
    who, about = _id(entry.actor_id), _id(entry.object_id)
    said = [seq, entry.at.isoformat(), who, entry.roles, entry.what, about]
    # Lines from before there were letterboxes were signed without.
    said += [entry.queue] if entry.queue else []
    return json.dumps(said, separators=(",", ":"))


def _id(id: UUID | None) -> str | None:
    return None if id is None else str(id)
