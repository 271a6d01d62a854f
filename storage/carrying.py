"""What is in a letterbox goes along when its request moves to another queue."""

from __future__ import annotations

import json
from uuid import UUID

from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.letterbox import Keys, Letter, Letterbox
from storage.sealed import Seal
from storage.tables import MessageRow, ReferralRow
from storage.written import text_of


async def carry(db: AsyncSession, seal: Seal, referral_id: UUID, keys: Keys, to: Letterbox) -> None:
    """Put what these keys open into the letterbox of another queue; the rest stays where it is."""

    def moved(letter: list[str]) -> list[str]:
        words = Letter.read(letter).words(keys)
        return letter if words is None else to.put(words).written

    statement = select(MessageRow).where(
        col(MessageRow.referral_id) == referral_id, col(MessageRow.person_id) == seal.person_id
    )
    for row in await db.exec(statement):
        found = json.loads(seal.open("message", "body", row.id, row.body))
        if "letter" in found:
            text = text_of(found | {"letter": moved(found["letter"])})
            body = seal.seal("message", "body", row.id, text)
            this = col(MessageRow.id) == row.id
            await db.exec(update(MessageRow).where(this).values(body=body))
    this = col(ReferralRow.id) == referral_id
    content = (await db.exec(select(ReferralRow.content).where(this))).one()
    if content is None:
        return
    said = json.loads(seal.open("referral", "content", referral_id, content))
    if "letters" in said:
        text = text_of(
            said | {"letters": {step: moved(each) for step, each in said["letters"].items()}}
        )
        sealed = seal.seal("referral", "content", referral_id, text)
        await db.exec(update(ReferralRow).where(this).values(content=sealed))
