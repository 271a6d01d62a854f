"""Opens every sealed field there is, and says which do not; nothing of what they hold is kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from typing import Final
from uuid import UUID

from msgspec import Struct, field
from sqlalchemy import RowMapping, Table, select

from storage.database import Database
from storage.errors import Unreadable
from storage.everything import row_id
from storage.keystore import KeyStore
from storage.schema import Schema
from storage.sealed import SYSTEM, Seal, SealedBytes

A_PORTION: Final = 1_000
KEY: Final = ("person_key", "wrapped")


class Tried(Struct):
    """How many fields of one column opened, and in which rows they did not."""

    opened: int = 0
    unreadable: list[UUID] = field(default_factory=list)

    def note(self, id: UUID, *, opens: bool) -> None:
        """Count one field."""
        if opens:
            self.opened += 1
        else:
            self.unreadable.append(id)


Found = Mapping[tuple[str, str], Tried]
"""What was tried, by table and column; the keys of people stand among it as `KEY`."""


async def try_everything(database: Database, keystore: KeyStore) -> Found:
    """Try to open every sealed field, and the key of everybody who is known."""
    found: defaultdict[tuple[str, str], Tried] = defaultdict(Tried)
    async with database.snapshot() as db:
        connection = await db.connection()
        for table in Schema.DATA.tables.sorted_tables:
            rows = select(table).execution_options(yield_per=A_PORTION)
            if table.name != "person" and not _sealed(table):
                continue
            async with connection.stream(rows) as result:
                async for portion in result.mappings().partitions():
                    await _try_portion(keystore, table, portion, found)
    return found


async def _try_portion(
    keystore: KeyStore,
    table: Table,
    rows: Sequence[RowMapping],
    found: defaultdict[tuple[str, str], Tried],
) -> None:
    owners = [_owner(table, row) for row in rows]
    people = set(owners) - {SYSTEM}
    seals = await _seals(keystore, people)
    # Whoever is erased while this goes on is not missed.
    gone = await keystore.erased(people - seals.keys())
    seals[SYSTEM] = keystore.system
    for row, owner in zip(rows, owners, strict=True):
        if owner in gone:
            continue
        id = row_id(row)
        if table.name == "person":
            found[KEY].note(id, opens=owner in seals)
        for name in _sealed(table):
            if row[name] is not None:
                opens = _opens(seals.get(owner), table.name, name, id, row[name])
                found[table.name, name].note(id, opens=opens)


def _sealed(table: Table) -> list[str]:
    return [column.name for column in table.c if isinstance(column.type, SealedBytes)]


def _owner(table: Table, row: RowMapping) -> UUID:
    """Say whose key opens a row; what belongs to nobody is sealed by the system."""
    if table.name == "person":
        return row_id(row)
    return row.get("person_id") or SYSTEM


async def _seals(keystore: KeyStore, person_ids: Collection[UUID]) -> dict[UUID, Seal]:
    """Find keys; where one of them was changed, those of the others all the same."""
    try:
        return await keystore.seals(person_ids)
    except Unreadable:
        found: dict[UUID, Seal] = {}
        for one in person_ids:
            with suppress(Unreadable):
                found |= await keystore.seals([one])
        return found


def _opens(seal: Seal | None, table: str, column: str, id: UUID, blob: bytes) -> bool:
    if seal is None:
        return False
    try:
        seal.open(table, column, id, blob)
    except Unreadable:
        return False
    return True
