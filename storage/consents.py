"""To what somebody agreed, in which words, and until when."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from sqlalchemy import bindparam
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from dialogs.frozen import Frozen
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


class Consent(Frozen):
    """One consent; `ended_at` says since when it is none any more."""

    id: UUID
    purpose: Purpose
    version: str
    language: str
    door: Door
    text_sha256: bytes
    given_at: datetime
    ended_at: datetime | None = None


class ConsentText(Frozen):
    """The exact words of a consent, the facts of that day in them included."""

    purpose: Purpose
    version: str
    language: str
    text: str

    @property
    def sha256(self) -> bytes:
        """Hash the name along with the words, so that two consents may have the same ones."""
        named = (self.purpose.value, self.version, self.language, self.text)
        return sha256("\n".join(named).encode()).digest()


async def keep_texts(db: AsyncSession, texts: Collection[ConsentText]) -> None:
    """Keep these words for ever."""
    new = [
        {
            "sha256": each.sha256,
            "purpose": each.purpose.value,
            "version": each.version,
            "language": each.language,
            "text": each.text,
        }
        # In one order everywhere, so that two transactions cannot wait for each other.
        for each in sorted(set(texts), key=lambda text: text.sha256)
    ]
    await db.exec(insert_into(db, ConsentTextRow).on_conflict_do_nothing(), params=new)


async def record(db: AsyncSession, given: Sequence[tuple[UUID, Consent]]) -> None:
    """Write down consents, each of a person; what stood for the same purpose ends with it."""
    ending = [
        {"person": person_id, "about": consent.purpose.value, "now": consent.given_at}
        for person_id, consent in given
    ]
    await db.exec(ENDING, params=ending)
    new = [
        {
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
        for person_id, consent in given
    ]
    await db.exec(insert_into(db, ConsentRow), params=new)


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
