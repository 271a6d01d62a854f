"""Putting backups back; who was erased since is erased again, and no old letter goes once more."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    Connection,
    Date,
    LargeBinary,
    MetaData,
    Table,
    Uuid,
    func,
    insert,
    select,
    text,
)
from sqlalchemy.orm import aliased
from sqlalchemy.types import TypeEngine
from sqlmodel import col, delete
from sqlmodel import select as pick
from sqlmodel.ext.asyncio.session import AsyncSession

from dialogs.frozen import Frozen
from storage import mail, messages, needs, notices, people, schema, signin, staff
from storage.backups import Backup, Portion
from storage.columns import UtcTime
from storage.key_tables import ErasedRow, PersonKeyRow
from storage.keystore import KeyStore
from storage.messages import Delivery
from storage.schema import Schema
from storage.staff_tables import PasskeyRow, StaffRow
from storage.statements import insert_into, portions
from storage.tables import ConsentRow, ErasureRow, ReferralRow

# In which table of each database it stands who was erased, or is about to be.
NOTES: Final[Mapping[Schema, type[ErasureRow | ErasedRow]]] = {
    Schema.DATA: ErasureRow,
    Schema.KEYS: ErasedRow,
}
# Putting back takes as long as it takes; only for whoever still works there it does not wait.
PATIENT: Final = (
    "SET LOCAL statement_timeout = 0",
    "SET LOCAL idle_in_transaction_session_timeout = 0",
    "SET LOCAL lock_timeout = '10s'",
)


class Forgotten(Frozen):
    """Who was erased again, and who had to be because their key is nowhere."""

    erased: int
    keyless: int


class Unsent(Frozen):
    """How much was on its way when the backup was made, and is not sent once more."""

    letters: int
    notices: int


class Ended(Frozen):
    """A consent that ended since the backup: whose it was, and their request, if there is one."""

    purpose: str
    reference: str | None
    person_id: UUID


class Doors(Frozen):
    """By which passkeys staff came in, and which colleagues nobody let in any more."""

    passkeys: frozenset[UUID] = frozenset()
    disabled: frozenset[UUID] = frozenset()


async def is_empty(db: AsyncSession) -> bool:
    """Say whether there is nothing that putting back would replace."""
    connection = await db.connection()
    for table in await connection.run_sync(schema.tables_there):
        if (await connection.execute(select(1).select_from(table).limit(1))).first():
            return False
    return True


async def take_time(db: AsyncSession) -> None:
    """Let a transaction take as long as it needs."""
    connection = await db.connection()
    if connection.dialect.name == "postgresql":
        for setting in PATIENT:
            await connection.execute(text(setting))


async def put_back(db: AsyncSession, backup: Backup) -> None:
    """Put the rows of a backup in the place of everything there is, and bring them up to date.

    Only what tells of erasing stays: whoever was erased here, or is about to be, still is.
    """
    connection = await db.connection()
    notes, kept = NOTES[backup.schema], list[dict[str, object]]()
    if await connection.run_sync(schema.present):
        kept = [row.model_dump() for row in await db.exec(pick(notes))]
    await connection.run_sync(_emptied)
    await connection.run_sync(schema.upgrade, backup.schema, backup.form)
    tables = {table.name: table for table in await connection.run_sync(schema.tables_there)}
    for portion in backup.portions():
        if portion.rows:
            table = tables[portion.table]
            await connection.execute(insert(table), _values(table, portion))
    await connection.run_sync(_count_on, list(tables.values()))
    await connection.run_sync(schema.upgrade, backup.schema)
    for some in portions(kept):
        await db.exec(insert_into(db, notes).on_conflict_do_nothing(), params=list(some))


async def ended_since(db: AsyncSession, at: datetime) -> list[Ended]:
    """List the consents of before a moment that ended after it, to be asked before putting back.

    One whose place another took at once, which still stands, has not ended for its person.
    """
    if not await (await db.connection()).run_sync(schema.present):
        return []
    later = aliased(ConsentRow)
    renewed = pick(later.id).where(
        col(later.person_id) == col(ConsentRow.person_id),
        col(later.purpose) == col(ConsentRow.purpose),
        col(later.given_at) == col(ConsentRow.ended_at),
        col(later.ended_at).is_(None),
    )
    statement = (
        pick(ConsentRow.purpose, ReferralRow.reference, ConsentRow.person_id)
        .outerjoin(ReferralRow, col(ReferralRow.person_id) == col(ConsentRow.person_id))
        .where(col(ConsentRow.given_at) <= at, col(ConsentRow.ended_at) > at, ~renewed.exists())
        .order_by(col(ReferralRow.reference), col(ConsentRow.purpose))
    )
    return [Ended(*row) for row in await db.exec(statement)]


async def doors_there(db: AsyncSession) -> Doors:
    """Note what opens the desk, and to whom it does not, to be asked before putting back."""
    tables = await (await db.connection()).run_sync(schema.tables_there)
    if PasskeyRow.__tablename__ not in {table.name for table in tables}:
        return Doors()
    disabled = await db.exec(pick(StaffRow.id).where(~col(StaffRow.active)))
    return Doors(frozenset(await db.exec(pick(PasskeyRow.id))), frozenset(disabled))


async def shut_again(db: AsyncSession, before: Doors) -> Doors:
    """Let nobody in by a passkey that was not there just before, nor who was disabled by then.

    Gives those that the older data had let in.
    """
    passkeys = frozenset(await db.exec(pick(PasskeyRow.id))) - before.passkeys
    for some in portions(list(passkeys)):
        await db.exec(delete(PasskeyRow).where(col(PasskeyRow.id).in_(some)))
    active = frozenset(await db.exec(pick(StaffRow.id).where(col(StaffRow.active))))
    for id in active & before.disabled:
        await staff.change(db, id, active=False)
    return Doors(passkeys, active & before.disabled)


async def drop_what_was_on_its_way(db: AsyncSession, now: datetime) -> Unsent:
    """Send nothing once more that was on its way when the backup was made.

    Most of it arrived since. Staff see which of their words those were, and can send them again.
    """
    carried = await mail.drop_all(db, now)
    words = [message_id for message_id in carried if message_id is not None]
    await messages.mark(db, words, Delivery.UNKNOWN)
    return Unsent(len(carried), await notices.drop_waiting(db))


async def drop_keys_again(db: AsyncSession, keystore: KeyStore) -> None:
    """Drop the keys of whoever was erased, where older keys were put back."""
    gone = await keystore.erased_in(db, await _with_a_key(db))
    for ids in portions(list(gone)):
        await db.exec(delete(PersonKeyRow).where(col(PersonKeyRow.person_id).in_(ids)))


async def forget_again(
    db: AsyncSession, key_db: AsyncSession, keystore: KeyStore, now: datetime
) -> Forgotten:
    """Erase whoever was erased, or has no key, where the data is put back; sign everybody out.

    What was open in need is not any more.
    Who has neither a key nor a note that they were erased came after the keys were copied. What is
    kept of them opens for nobody any more.
    """
    there = set(await people.everybody(db))
    keyless = there - await _with_a_key(key_db)
    erased = await keystore.erased_in(key_db, keyless)
    erased |= there.intersection(await people.erasing(db))
    for person_id in keyless | erased:
        await people.erase(db, person_id, now)
    await signin.end_everything(db)
    await needs.end_everything(db, now)
    return Forgotten(len(erased), len(keyless - erased))


async def _with_a_key(key_db: AsyncSession) -> set[UUID]:
    return set(await key_db.exec(pick(PersonKeyRow.person_id)))


def _emptied(connection: Connection) -> None:
    there = MetaData()
    there.reflect(connection)
    there.drop_all(connection)


def _values(table: Table, portion: Portion) -> list[dict[str, object]]:
    """Read values by the type of their column."""
    readers = [_reader(table.c[name].type) for name in portion.columns]
    return [
        {
            name: reader(value) if reader and isinstance(value, str) else value
            for name, reader, value in zip(portion.columns, readers, row, strict=True)
        }
        for row in portion.rows
    ]


def _reader(type_: TypeEngine[Any]) -> Callable[[str], object] | None:
    match type_:
        case Uuid():
            return UUID
        case UtcTime():
            return datetime.fromisoformat
        case Date():
            return date.fromisoformat
        case LargeBinary():
            return b64decode
        case _:
            return None


def _count_on(connection: Connection, tables: list[Table]) -> None:
    """Let PostgreSQL count on from the highest number; SQLite does so by itself."""
    if connection.dialect.name != "postgresql":
        return
    for table in tables:
        for column in table.c:
            sequence = func.pg_get_serial_sequence(table.name, column.name)
            if column.autoincrement is True:
                most = func.coalesce(func.max(column), 0) + 1
                connection.execute(select(func.setval(sequence, most, False)))  # noqa: FBT003 - SQL takes it so
