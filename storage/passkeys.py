"""The passkeys of staff: what checks their answers, sealed by the system's key."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from sqlmodel import col, delete, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from dialogs.frozen import Frozen, Hidden
from storage.errors import Conflict, NotFound
from storage.sealed import Seal
from storage.staff_tables import PasskeyRow
from storage.statements import insert_into

# More than somebody has devices.
MOST = 10


class Passkey(Frozen):
    """A passkey, whose it is, and how its owner calls it; the public key is in COSE form."""

    id: UUID
    staff_id: UUID
    name: str
    credential: Hidden[bytes]
    public_key: Hidden[bytes]
    uses: int
    added_at: datetime
    used_at: datetime | None = None


async def add(db: AsyncSession, system: Seal, new: Passkey) -> None:
    """Keep a passkey; raise Conflict when it is here already, or its owner has enough of them."""
    theirs = select(PasskeyRow.id).where(col(PasskeyRow.staff_id) == new.staff_id)
    if len(list(await db.exec(theirs))) >= MOST:
        raise Conflict("this colleague has as many passkeys as anybody may")
    row = {
        "id": new.id,
        "staff_id": new.staff_id,
        "credential_sha256": _hashed(new.credential),
        "kept": system.seal("passkey", "kept", new.id, _written(new)),
        "uses": new.uses,
        "added_at": new.added_at,
    }
    statement = insert_into(db, PasskeyRow).on_conflict_do_nothing()
    made = await db.exec(statement.returning(col(PasskeyRow.id)), params=[row])
    if made.scalar_one_or_none() is None:
        raise Conflict("this passkey is here already")


async def of_member(db: AsyncSession, system: Seal, staff_id: UUID) -> list[Passkey]:
    """List somebody's passkeys, the oldest first."""
    theirs = select(PasskeyRow).where(col(PasskeyRow.staff_id) == staff_id)
    rows = await db.exec(theirs.order_by(col(PasskeyRow.added_at), col(PasskeyRow.id)))
    return [_passkey(row, system) for row in rows]


async def find(db: AsyncSession, system: Seal, credential: bytes) -> Passkey | None:
    """Find a passkey by what it calls itself."""
    named = col(PasskeyRow.credential_sha256) == _hashed(credential)
    row = (await db.exec(select(PasskeyRow).where(named))).one_or_none()
    return None if row is None else _passkey(row, system)


async def note_use(db: AsyncSession, passkey: Passkey, uses: int, now: datetime) -> None:
    """Note a use; raise Conflict when it was used in the meantime, or is not there any more."""
    noted = await db.exec(
        update(PasskeyRow)
        .where(col(PasskeyRow.id) == passkey.id, col(PasskeyRow.uses) == passkey.uses)
        .values(uses=uses, used_at=now)
    )
    if noted.rowcount != 1:
        raise Conflict("this passkey was used in the meantime")


async def remove(db: AsyncSession, staff_id: UUID, id: UUID) -> None:
    """Forget a passkey of this colleague; raise NotFound when they have no such one."""
    theirs = delete(PasskeyRow).where(
        col(PasskeyRow.id) == id, col(PasskeyRow.staff_id) == staff_id
    )
    if (await db.exec(theirs)).rowcount != 1:
        raise NotFound("no such passkey")


async def remove_all(db: AsyncSession, staff_id: UUID) -> None:
    """Forget every passkey of a colleague, who then signs in another way."""
    await db.exec(delete(PasskeyRow).where(col(PasskeyRow.staff_id) == staff_id))


def _hashed(credential: bytes) -> bytes:
    return sha256(credential).digest()


def _written(passkey: Passkey) -> str:
    parts = {"credential": passkey.credential, "public_key": passkey.public_key}
    return json.dumps(
        {name: b64encode(part).decode() for name, part in parts.items()} | {"name": passkey.name}
    )


def _passkey(row: PasskeyRow, system: Seal) -> Passkey:
    kept: Mapping[str, str] = json.loads(system.open("passkey", "kept", row.id, row.kept))
    return Passkey(
        row.id,
        row.staff_id,
        kept["name"],
        b64decode(kept["credential"]),
        b64decode(kept["public_key"]),
        row.uses,
        row.added_at,
        row.used_at,
    )
