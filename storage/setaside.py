"""Envelopes whose turn failed: set aside, so that they are not lost and nobody else waits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlmodel import col, delete, func, insert, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.keystore import KeyStore
from storage.sealed import SYSTEM, Seal
from storage.tables import SetAsideRow


@dataclass(frozen=True, slots=True)
class SetAside:
    """An envelope that spoiled its turn; the text is what the bot wrote of it."""

    id: UUID
    key: str
    at: datetime
    text: str = field(repr=False)


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
    }
    await db.exec(insert(SetAsideRow), params=[row])


async def everything(db: AsyncSession, keystore: KeyStore) -> list[SetAside]:
    """List what was set aside, the oldest first."""
    statement = select(SetAsideRow).order_by(col(SetAsideRow.at), col(SetAsideRow.id))
    rows = list(await db.exec(statement))
    seals = await keystore.seals({row.person_id for row in rows if row.person_id is not None})
    seals[SYSTEM] = keystore.system
    return [_opened(row, seals) for row in rows if (row.person_id or SYSTEM) in seals]


async def count(db: AsyncSession) -> int:
    """Say how many envelopes wait for somebody to look at them."""
    return (await db.exec(select(func.count()).select_from(SetAsideRow))).one()


async def forget(db: AsyncSession, before: datetime) -> int:
    """Forget what was set aside before; give how many that were."""
    return (await db.exec(delete(SetAsideRow).where(col(SetAsideRow.at) < before))).rowcount


def _opened(row: SetAsideRow, seals: Mapping[UUID, Seal]) -> SetAside:
    seal = seals[row.person_id or SYSTEM]
    return SetAside(
        row.id, row.key, row.at, seal.open("set_aside", "envelope", row.id, row.envelope)
    )
