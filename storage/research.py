"""What may be used for research: of those only who agreed to that, while they do; and what was."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel import col, insert, select
from sqlmodel.ext.asyncio.session import AsyncSession

from dialogs.frozen import Frozen
from dialogs.values import Purpose
from storage import referrals
from storage.keystore import KeyStore
from storage.quality_tables import ExportRow
from storage.referrals import Asked
from storage.tables import ConsentRow, ReferralRow


class Observed(Frozen):
    """The newest request of somebody who agreed; it names nobody, but it is theirs."""

    service: str
    status: str
    outcome: str | None
    language: str
    opened_at: datetime
    asked: Asked


class Export(Frozen):
    """That data was handed out for research: when, what for, and how many rows it had."""

    id: UUID
    at: datetime
    purpose: str
    rows: int


async def observed(db: AsyncSession, keystore: KeyStore) -> list[Observed]:
    """Read the newest request of everybody whose consent for research stands, one each."""
    agreed = select(ConsentRow.person_id).where(
        col(ConsentRow.purpose) == Purpose.RESEARCH.value, col(ConsentRow.ended_at).is_(None)
    )
    statement = (
        select(ReferralRow)
        .where(col(ReferralRow.person_id).in_(agreed), col(ReferralRow.content).is_not(None))
        .order_by(col(ReferralRow.opened_at), col(ReferralRow.id))
    )
    newest = {row.person_id: row for row in await db.exec(statement) if row.person_id is not None}
    seals = await keystore.seals(list(newest))
    return [
        Observed(
            row.service,
            row.status,
            row.outcome,
            row.language or "",
            row.opened_at,
            await referrals.answers(db, seals[person_id], row.id),
        )
        for person_id, row in newest.items()
        if person_id in seals
    ]


async def note(db: AsyncSession, export: Export) -> None:
    """Write down that data was handed out."""
    row = {"id": export.id, "at": export.at, "purpose": export.purpose, "rows": export.rows}
    await db.exec(insert(ExportRow), params=[row])


async def exports(db: AsyncSession) -> list[Export]:
    """List what was handed out, the newest first."""
    rows = await db.exec(select(ExportRow).order_by(col(ExportRow.at).desc()))
    return [Export(row.id, row.at, row.purpose, row.rows) for row in rows]
