"""To what somebody agreed, in which words, and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from sqlalchemy import bindparam
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from dialogs.values import Purpose
from storage.doors import Door
from storage.statements import insert_into, table_of
from storage.tables import ConsentRow, ConsentTextRow
from storage.written import word

CONSENTS = table_of(ConsentRow)
ENDING = (
    CONSENTS.update()
    .where(
        CONSENTS.c.person_id == bindparam("person"),
        CONSENTS.c.purpose == bindparam("about"),
        CONSENTS.c.ended_at.is_(None),
    )
    .values(ended_at=bindparam("now"))
)


@dataclass(frozen=True, slots=True)
class Consent:
    """One consent; `ended_at` says since when it is none any more."""

    id: UUID
    purpose: Purpose
    version: str
    language: str
    door: Door
    text_sha256: bytes
    given_at: datetime
    ended_at: datetime | None = None


async def keep_text(
    db: AsyncSession, purpose: Purpose, version: str, language: str, text: str
) -> bytes:
    """Keep the exact words for ever, the facts of that day in them included; give their hash."""
    name = {"purpose": purpose.value, "version": version, "language": language}
    # The name is hashed along, so that two consents may have the same words.
    hashed = sha256("\n".join((*name.values(), text)).encode()).digest()
    row = name | {"sha256": hashed, "text": text}
    await db.exec(insert_into(db, ConsentTextRow).on_conflict_do_nothing(), params=[row])
    return hashed


async def record(db: AsyncSession, person_id: UUID, consent: Consent) -> None:
    """Write down a consent; one for the same purpose that stood until now ends with it."""
    await withdraw(db, person_id, consent.purpose, consent.given_at)
    row = {
        "id": consent.id,
        "person_id": person_id,
        "purpose": consent.purpose.value,
        "version": consent.version,
        "language": consent.language,
        "door": consent.door.value,
        "text_sha256": consent.text_sha256,
        "given_at": consent.given_at,
        "ended_at": consent.ended_at,
    }
    await db.exec(insert_into(db, ConsentRow), params=[row])


async def withdraw(db: AsyncSession, person_id: UUID, purpose: Purpose, now: datetime) -> None:
    """Write down that a consent ended; one that never was cannot end, and that is no error."""
    values = {"person": person_id, "about": purpose.value, "now": now}
    await db.exec(ENDING, params=values)


async def held(db: AsyncSession, person_id: UUID) -> list[Consent]:
    """List the consents that stand, in the order they were given."""
    return [consent for consent in await history(db, person_id) if consent.ended_at is None]


async def history(db: AsyncSession, person_id: UUID) -> list[Consent]:
    """List every consent of a person, also those that ended."""
    statement = (
        select(ConsentRow)
        .where(col(ConsentRow.person_id) == person_id)
        .order_by(col(ConsentRow.given_at), col(ConsentRow.id))
    )
    return [
        Consent(
            row.id,
            purpose,
            row.version,
            row.language,
            Door(row.door),
            row.text_sha256,
            row.given_at,
            row.ended_at,
        )
        for row in await db.exec(statement)
        if (purpose := word(Purpose, row.purpose)) is not None
    ]


async def texts(db: AsyncSession, person_id: UUID) -> dict[bytes, str]:
    """Give the exact words of every consent of a person, by their hash."""
    theirs = select(ConsentRow.text_sha256).where(col(ConsentRow.person_id) == person_id)
    statement = select(ConsentTextRow.sha256, ConsentTextRow.text).where(
        col(ConsentTextRow.sha256).in_(theirs)
    )
    return dict((await db.exec(statement)).all())
