"""What a person said in a request: sealed, opened, added to, and put into a letterbox."""

from __future__ import annotations

import json
from datetime import datetime
from uuid import UUID

from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from dialogs.frozen import replace
from dialogs.values import Role
from storage.errors import NotFound
from storage.letterbox import Keys, Letter
from storage.referral_values import Asked
from storage.sealed import Seal
from storage.tables import ReferralRow
from storage.waiting import begun
from storage.written import (
    read_agreements,
    read_answers,
    text_of,
    word,
)


async def answers(db: AsyncSession, seal: Seal, referral_id: UUID) -> Asked:
    """Open what the person said; raise NotFound when it is not theirs, or was withdrawn."""
    statement = select(ReferralRow.content).where(
        col(ReferralRow.id) == referral_id, col(ReferralRow.person_id) == seal.person_id
    )
    content = (await db.exec(statement)).one_or_none()
    if content is None:
        raise NotFound("there is nothing to read in this request")
    found = json.loads(seal.open("referral", "content", referral_id, content))
    return Asked(
        word(Role, found["role"]) or Role.UNDISCLOSED,
        read_answers(found["answers"]),
        read_agreements(found["agreements"]),
        {step: Letter.read(each) for step, each in found.get("letters", {}).items()},
    )


def opened(asked: Asked, keys: Keys) -> Asked:
    """Take answers out of letterboxes as far as these keys go; the others stay there."""
    found = {step: letter.words(keys) for step, letter in asked.letters.items()}
    return replace(
        asked,
        answers=tuple(
            replace(answer, words=found.get(answer.step) or answer.words)
            for answer in asked.answers
        ),
        letters={step: each for step, each in asked.letters.items() if found[step] is None},
    )


async def add_answers(
    db: AsyncSession,
    seal: Seal,
    referral_id: UUID,
    asked: Asked,
    *,
    now: datetime,
    due_at: datetime | None,
) -> None:
    """Lay what a person said with their request, in the place of an earlier answer to the same.

    They wait from now on, and what is kept of it rests on what they agreed to for that.
    """
    before = await answers(db, seal, referral_id)
    again = {answer.step for answer in asked.answers}
    kept = (answer for answer in before.answers if answer.step not in again)
    left = {step: each for step, each in before.letters.items() if step not in again}
    all_of_it = Asked(
        asked.role, (*kept, *asked.answers), asked.agreements, {**left, **asked.letters}
    )
    await db.exec(
        update(ReferralRow)
        .where(col(ReferralRow.id) == referral_id)
        .values(
            content=sealed(seal, referral_id, all_of_it),
            version=col(ReferralRow.version) + 1,
            **begun(now, due_at),
        )
    )


def sealed(seal: Seal, referral_id: UUID, asked: Asked) -> bytes:
    """Seal what was said, for its place in the row of the request."""
    written = {step: each.written for step, each in asked.letters.items()}
    text = text_of(
        {
            "role": asked.role,
            "answers": asked.answers,
            "agreements": asked.agreements,
            **({"letters": written} if written else {}),
        }
    )
    return seal.seal("referral", "content", referral_id, text)
