"""Envelopes whose turn failed: set aside, so that they are not lost and nobody else waits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import col, delete, func, insert, select
from sqlmodel.ext.asyncio.session import AsyncSession

from dialogs.frozen import Frozen, Hidden
from storage.errors import NotFound
from storage.keystore import KeyStore
from storage.sealed import SYSTEM, Seal
from storage.tables import SetAsideRow


class SetAside(Frozen):
    """An envelope that spoiled its turn; the text is what the bot wrote of it.

    `version` is that of the conversation it was for: by another one its person went on since.
    """

    id: UUID
    key: str
    at: datetime
    text: Hidden[str]
    version: int = 0


async def keep(db: AsyncSession, seal: Seal, envelope: SetAside) -> None:
    """Set an envelope aside under the seal of whose it is: then it goes when the person goes.

    One of nobody who is known here is sealed by the system's key.
    """
    sealed = seal.seal("set_aside", "envelope", envelope.id, envelope.text)
    row = {
        "id": envelope.id,
        "person_id": None if seal.person_id == SYSTEM else seal.person_id,
        "key": envelope.key,
        "envelope": sealed,
        "at": envelope.at,
        "version": envelope.version,
    }
    await db.exec(insert(SetAsideRow), params=[row])


async def everything(db: AsyncSession, keystore: KeyStore) -> list[SetAside]:
    """List what was set aside, the oldest first."""
    rows = await db.exec(select(SetAsideRow).order_by(col(SetAsideRow.at), col(SetAsideRow.id)))
    return await _all_opened(list(rows), keystore)


async def get(db: AsyncSession, keystore: KeyStore, id: UUID) -> SetAside:
    """Give one envelope; raise NotFound when there is none, or its person was erased."""
    rows = await db.exec(select(SetAsideRow).where(col(SetAsideRow.id) == id))
    opened = await _all_opened(list(rows), keystore)
    if not opened:
        raise NotFound("nothing is set aside under this id")
    return opened[0]


async def drop(db: AsyncSession, id: UUID) -> None:
    """Forget one envelope."""
    await db.exec(delete(SetAsideRow).where(col(SetAsideRow.id) == id))


async def count(db: AsyncSession) -> int:
    """Say how many envelopes wait for somebody to look at them."""
    return (await db.exec(select(func.count()).select_from(SetAsideRow))).one()


async def _all_opened(rows: Sequence[SetAsideRow], keystore: KeyStore) -> list[SetAside]:
    seals = await keystore.seals({row.person_id for row in rows if row.person_id is not None})
    seals[SYSTEM] = keystore.system
    return [_opened(row, seals) for row in rows if (row.person_id or SYSTEM) in seals]


def _opened(row: SetAsideRow, seals: Mapping[UUID, Seal]) -> SetAside:
    seal = seals[row.person_id or SYSTEM]
    text = seal.open("set_aside", "envelope", row.id, row.envelope)
    return SetAside(row.id, row.key, row.at, text, row.version)
