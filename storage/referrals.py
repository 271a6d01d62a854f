"""Requests that lie before staff: the person's side of them here, the staff's side in `desk.py`.

Both sides are called as `referrals.…`.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlmodel import col, delete, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from dialogs.values import Purpose, Role
from storage import drafts, walls
from storage.desk import (
    by_reference,
    claim,
    close,
    everything,
    get,
    ids_of,
    of_person,
    release,
    require_owner,
    seen,
)
from storage.errors import NotFound
from storage.listing import counts, known_to, left_to_others, listing, seen_by, unseen
from storage.moves import (
    accept,
    decline,
    give_back,
    move,
    offer,
    reopen,
    reopen_for,
    rested,
    snooze,
    unanswered,
    wake,
    withdraw_offer,
)
from storage.quality_tables import ReviewRow
from storage.referral_values import (
    ENDED,
    OPEN,
    Asked,
    Back,
    Filter,
    NewReferral,
    Outcome,
    Referral,
    Status,
    View,
)
from storage.sealed import Seal
from storage.statements import insert_into
from storage.tables import MessageRow, ReferralRow
from storage.waiting import OVER
from storage.written import (
    read_agreements,
    read_answers,
    text_of,
    word,
    write_agreements,
    write_answers,
)

__all__ = [
    "ENDED",
    "OPEN",
    "Asked",
    "Back",
    "Filter",
    "NewReferral",
    "Outcome",
    "Referral",
    "Status",
    "View",
    "accept",
    "answers",
    "by_reference",
    "claim",
    "close",
    "counts",
    "decline",
    "everything",
    "find_open",
    "get",
    "give_back",
    "ids_of",
    "known_to",
    "left_to_others",
    "listing",
    "move",
    "of_person",
    "offer",
    "open",
    "person_left",
    "raise_alarm",
    "release",
    "reopen",
    "reopen_for",
    "require_owner",
    "rested",
    "seen",
    "seen_by",
    "snooze",
    "unanswered",
    "unseen",
    "wake",
    "withdraw",
    "withdraw_offer",
]


async def open(db: AsyncSession, seal: Seal, new: NewReferral) -> bool:  # noqa: A001 - read as `referrals.open`
    """Put a request before staff, exactly once; False when its reference is there already."""
    asked = Asked(new.role, new.answers, new.agreements)
    row = {
        "id": new.id,
        "person_id": seal.person_id,
        "reference": new.reference,
        "code_name": new.code_name,
        "service": new.service.value,
        "queue": new.queue,
        "status": Status.WAITING.value,
        "language": new.language,
        "door": new.door.value,
        "content": _sealed(seal, new.id, asked),
        "opened_at": new.now,
        "waiting_since": new.now,
        "due_at": new.due_at,
        "unread": 0,
        "last_seq": 0,
        "version": 1,
    }
    statement = insert_into(db, ReferralRow).on_conflict_do_nothing(index_elements=["reference"])
    made = await db.exec(statement.returning(col(ReferralRow.id)), params=[row])
    return made.scalar_one_or_none() is not None


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
    )


async def find_open(db: AsyncSession, person_id: UUID) -> Referral | None:
    """Find the request of a person that staff still work on, the newest if there are more."""
    theirs = await of_person(db, person_id)
    return next((referral for referral in reversed(theirs) if referral.status in OPEN), None)


async def raise_alarm(db: AsyncSession, person_id: UUID, now: datetime) -> None:
    """Mark what staff still work on for this person, so that a colleague looks there first."""
    await db.exec(
        update(ReferralRow)
        .where(col(ReferralRow.person_id) == person_id, col(ReferralRow.status).in_(OPEN))
        .values(alarm_at=now, version=col(ReferralRow.version) + 1)
    )


async def person_left(db: AsyncSession, person_id: UUID, now: datetime) -> None:
    """Note that the person stopped; whoever works on it sees that, and nobody waits any more.

    What colleagues were still writing goes.
    """
    await drafts.drop_all(db, person_id)
    await db.exec(
        update(ReferralRow)
        .where(col(ReferralRow.person_id) == person_id, col(ReferralRow.status).in_(OPEN))
        .values(
            status=Status.LEFT,
            **OVER,
            closed_at=now,
            version=col(ReferralRow.version) + 1,
        )
    )


async def withdraw(
    db: AsyncSession,
    seal: Seal,
    purpose: Purpose,
    now: datetime,
    steps: Collection[str] = (),
) -> None:
    """Erase what was kept under a consent that ended.

    For `DATA` that is all the person said and all that was written, and the request is over. For
    `CONTACT` it is their answers to these steps, by which they could have been contacted. Nothing
    of a request is kept under any other.
    """
    match purpose:
        case Purpose.DATA:
            await _withdraw_data(db, seal.person_id, now)
        case Purpose.CONTACT:
            await _withdraw_answers(db, seal, set(steps))
        case _:
            pass


async def _withdraw_data(db: AsyncSession, person_id: UUID, now: datetime) -> None:
    await drafts.drop_all(db, person_id)
    for referral in await of_person(db, person_id):
        await walls.forget(db, referral.id)
    await db.exec(delete(ReviewRow).where(col(ReviewRow.person_id) == person_id))
    # Letters that were to deliver one of these words go along with it.
    await db.exec(delete(MessageRow).where(col(MessageRow.person_id) == person_id))
    await db.exec(
        update(ReferralRow)
        .where(col(ReferralRow.person_id) == person_id)
        .values(
            status=Status.WITHDRAWN,
            content=None,
            **OVER,
            closed_at=now,
            alarm_at=None,
            unread=0,
            version=col(ReferralRow.version) + 1,
        )
    )


async def _withdraw_answers(db: AsyncSession, seal: Seal, steps: Collection[str]) -> None:
    for referral in await of_person(db, seal.person_id):
        if referral.status is Status.WITHDRAWN:
            continue
        asked = await answers(db, seal, referral.id)
        kept = tuple(answer for answer in asked.answers if answer.step not in steps)
        agreed = tuple(one for one in asked.agreements if one.purpose is not Purpose.CONTACT)
        content = _sealed(seal, referral.id, Asked(asked.role, kept, agreed))
        await db.exec(
            update(ReferralRow)
            .where(col(ReferralRow.id) == referral.id)
            .values(content=content, version=col(ReferralRow.version) + 1)
        )


def _sealed(seal: Seal, referral_id: UUID, asked: Asked) -> bytes:
    text = text_of(
        {
            "role": asked.role,
            "answers": write_answers(asked.answers),
            "agreements": write_agreements(asked.agreements),
        }
    )
    return seal.seal("referral", "content", referral_id, text)
