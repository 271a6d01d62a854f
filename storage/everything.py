"""Everything that is kept of one person, table by table: read for themselves, and for nobody else.

It is found in the tables themselves, so that whatever is kept from now on is told as well.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, Table, select
from sqlmodel import col
from sqlmodel import select as pick
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.errors import Unreadable
from storage.schema import Schema
from storage.sealed import Seal, SealedBytes
from storage.staff_tables import StaffRow

Kept = Mapping[str, object]
"""One row: what stands in each column, opened. Sealed JSON is read; what does not open is None."""


def tables_of_people() -> tuple[Table, ...]:
    """Name the tables whose rows belong to a person, each after those it hangs on."""
    everything = Schema.DATA.tables.sorted_tables
    return tuple(each for each in everything if each.name == "person" or "person_id" in each.c)


async def of_person(db: AsyncSession, seal: Seal) -> dict[str, list[Kept]]:
    """Read every row of a person, by table; a table that holds nothing of theirs is absent."""
    found: dict[str, list[Kept]] = {}
    connection = await db.connection()
    for table in tables_of_people():
        theirs = table.c["id" if table.name == "person" else "person_id"] == seal.person_id
        rows = (await connection.execute(select(table).where(theirs))).mappings()
        kept = [_opened(table, row, seal) for row in rows]
        if kept:
            found[table.name] = kept
    return found


async def names_of(db: AsyncSession, staff_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Name members of staff, as they are shown to the people they talk with."""
    statement = pick(StaffRow.id, StaffRow.name).where(col(StaffRow.id).in_(list(staff_ids)))
    return dict((await db.exec(statement)).all())


def row_id(kept: Mapping[Any, object]) -> UUID:
    """Give the id that a row's fields are bound to."""
    match kept:
        case {"id": UUID() as id}:
            return id
        case {"idx": bytes() as index}:
            return UUID(bytes=index)
        case {"person_id": UUID() as person_id}:
            return person_id
        case _:
            raise TypeError("a row has no id that its fields could be bound to")


def _opened(table: Table, row: RowMapping, seal: Seal) -> Kept:
    kept: dict[str, object] = {str(name): value for name, value in row.items()}
    bound_to = row_id(kept)
    for column in table.c:
        value = kept[column.name]
        if isinstance(column.type, SealedBytes) and isinstance(value, bytes):
            kept[column.name] = _read(seal, table.name, column.name, bound_to, value)
    return kept


def _read(seal: Seal, table: str, column: str, bound_to: UUID, blob: bytes) -> object:
    try:
        text = seal.open(table, column, bound_to, blob)
    except Unreadable:
        return None
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        return text
