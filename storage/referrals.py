"""Requests that lie before staff: the person's side of them here, the staff's side in `desk.py`.

Both sides are called as `referrals.…`.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlmodel import col, delete, update
from sqlmodel.ext.asyncio.session import AsyncSession

from dialogs.values import Purpose
from storage import drafts, walls
from storage.asked import add_answers, answers, sealed
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
    "add_answers",
    "answers",
    "by_reference",
    "claim",
    "close",
    "counts",
    "decline",
    "everything",
    "find_open",
    "get",
    "get_open",
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
    asked = Asked(new.role, new.answers, new.agreements, new.letters)
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
        "content": sealed(seal, new.id, asked),
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


async def find_open(db: AsyncSession, person_id: UUID) -> Referral | None:
    """Find the request of a person that staff still work on, the newest if there are more."""
    theirs = await of_person(db, person_id)
    return next((referral for referral in reversed(theirs) if referral.status in OPEN), None)


async def get_open(db: AsyncSession, person_id: UUID) -> Referral:
    """Get the request of a person that staff still work on; raise NotFound when there is none."""
    referral = await find_open(db, person_id)
    if referral is None:
        raise NotFound("the session knows of a request that is not there")
    return referral


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

    For `DATA` that is all the person said and all that was written, and the request is over; for
    `WARNING` the same of what is only a warning. For `CONTACT` it is their answers to these steps,
    by which they could have been contacted. Nothing of a request is kept under any other.
    """
    match purpose:
        case Purpose.DATA:
            await _withdraw_all(db, await of_person(db, seal.person_id), now)
        case Purpose.WARNING:
            await _withdraw_all(db, await _warnings(db, seal), now)
        case Purpose.CONTACT:
            await _withdraw_answers(db, seal, set(steps))
        case _:
            pass


async def _warnings(db: AsyncSession, seal: Seal) -> list[Referral]:
    """List the requests of a person that are only a warning."""
    theirs = await of_person(db, seal.person_id)
    return [
        each
        for each in theirs
        if each.status is not Status.WITHDRAWN and (await answers(db, seal, each.id)).is_warning
    ]


async def _withdraw_all(db: AsyncSession, theirs: Collection[Referral], now: datetime) -> None:
    ids = [referral.id for referral in theirs]
    for id in ids:
        await drafts.drop_about(db, id)
        await walls.forget(db, id)
    await db.exec(delete(ReviewRow).where(col(ReviewRow.referral_id).in_(ids)))
    # Letters that were to deliver one of these words go along with it.
    await db.exec(delete(MessageRow).where(col(MessageRow.referral_id).in_(ids)))
    await db.exec(
        update(ReferralRow)
        .where(col(ReferralRow.id).in_(ids))
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
        content = sealed(seal, referral.id, Asked(asked.role, kept, agreed, asked.letters))
        await db.exec(
            update(ReferralRow)
            .where(col(ReferralRow.id) == referral.id)
            .values(content=content, version=col(ReferralRow.version) + 1)
        )
