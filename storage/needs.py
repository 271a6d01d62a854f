"""What is read in need: a request that is not somebody's to read, for an hour, by two of them.

One asks and another allows it. Whoever asks learns nothing of a request before that, not even
whether it is there; and what is kept from somebody even in need stays so.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, or_, true
from sqlalchemy.orm import aliased
from sqlmodel import col, func, insert, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from dialogs.frozen import Frozen, Hidden
from storage import audit
from storage.audit import Chain, Entry
from storage.desk import referral_of, referrals, visible
from storage.errors import Conflict, NotFound
from storage.referral_values import Referral
from storage.sealed import Seal
from storage.staff_tables import StaffRow
from storage.staff_values import Member, StaffRole
from storage.tables import ReferralRow
from storage.talk_tables import NeedRow
from storage.walls import kept_even_in_need

OPEN_FOR = timedelta(minutes=60)
# Whoever had no answer by then asks again: what was need then may be none now.
WAITS_FOR = timedelta(days=1)
MANY = 100
# How the audit log calls an end.
ENDED = "ended_in_need"
DECIDER = aliased(StaffRow)


class State(StrEnum):
    """How far it is: it waits for a second colleague, or what came of it."""

    WAITING = "waiting"
    LAPSED = "lapsed"
    REFUSED = "refused"
    OPEN = "open"
    ENDED = "ended"


class NewNeed(Frozen):
    """A request that somebody asks to read, by its reference, and why."""

    id: UUID
    reference: str
    reason: Hidden[str]
    now: datetime


class Need(Frozen):
    """What was asked and came of it; `is_possible` says whether a yes could be given now."""

    id: UUID
    reference: str
    reason: Hidden[str]
    asker: str
    asked_at: datetime
    state: State
    decider: str | None
    until: datetime | None
    is_possible: bool = False


class Opened(Frozen):
    """A request that somebody may read, and only read, and until when."""

    referral: Referral
    until: datetime


async def ask(db: AsyncSession, system: Seal, staff: Member, new: NewNeed) -> UUID | None:
    """Ask to read a request; gives which it is, for the audit log and nobody else.

    Asked for one that is not there looks the same.
    """
    there = select(ReferralRow.id).where(col(ReferralRow.reference) == new.reference)
    referral_id = (await db.exec(there)).one_or_none()
    asked = json.dumps({"reference": new.reference, "reason": new.reason})
    row = {
        "id": new.id,
        "referral_id": referral_id,
        "staff_id": staff.id,
        "asked": system.seal("need", "asked", new.id, asked),
        "asked_at": new.now,
    }
    await db.exec(insert(NeedRow), params=[row])
    return referral_id


async def of_asker(db: AsyncSession, system: Seal, staff: Member, now: datetime) -> list[Need]:
    """List what this colleague asked, the newest first."""
    rows = await _rows(db, col(NeedRow.staff_id) == staff.id)
    return [_need(system, now, *row) for row in rows]


async def of_decider(db: AsyncSession, system: Seal, staff: Member, now: datetime) -> list[Need]:
    """List what others asked and this colleague decides, or could have, the newest first."""
    found = []
    for row, asker, decider in await _rows(db, _decided_by(staff)):
        waits = _state(row, now) is State.WAITING
        is_possible = waits and await _is_possible(db, row.staff_id, row.referral_id)
        found.append(_need(system, now, row, asker, decider, is_possible=is_possible))
    return found


async def count(db: AsyncSession, staff: Member, now: datetime) -> int:
    """Count what waits for this colleague to decide."""
    waiting = and_(_decided_by(staff), _waits(now))
    statement = select(func.count()).select_from(NeedRow).join(ReferralRow, isouter=True)
    return (await db.exec(statement.where(waiting))).one()


async def untold(
    db: AsyncSession, members: Collection[Member], now: datetime
) -> dict[UUID, set[UUID]]:
    """Give what was asked and nobody told yet, and who of these members decides about each."""
    asked = select(NeedRow.id).where(_waits(now), col(NeedRow.told_at).is_(None))
    found = {id: set[UUID]() for id in await db.exec(asked)}
    for member in members if found else ():
        theirs = select(NeedRow.id).join(ReferralRow, isouter=True).where(_decided_by(member))
        for id in await db.exec(theirs.where(col(NeedRow.id).in_(list(found)))):
            found[id].add(member.id)
    return found


async def told(db: AsyncSession, need_ids: Collection[UUID], now: datetime) -> None:
    """Keep that those who decide were told of these."""
    await db.exec(update(NeedRow).where(col(NeedRow.id).in_(need_ids)).values(told_at=now))


async def decide(
    db: AsyncSession, staff: Member, need_id: UUID, now: datetime, *, is_allowed: bool
) -> UUID | None:
    """Say yes, for an hour from now, or no; gives which request it is about, if there is one.

    Raises NotFound for what is not theirs to decide, their own asking above all; and Conflict when
    it was decided or lapsed meanwhile, or the request is kept from whoever asked even in need.
    """
    asked = select(NeedRow.staff_id, NeedRow.referral_id).join(ReferralRow, isouter=True)
    found = (await db.exec(asked.where(_decided_by(staff), col(NeedRow.id) == need_id))).first()
    if found is None:
        raise NotFound("nothing like this was asked")
    asker_id, referral_id = found
    if is_allowed and not await _is_possible(db, asker_id, referral_id):
        raise Conflict("this request cannot be opened to this colleague")
    until = now + OPEN_FOR if is_allowed else None
    decided = await db.exec(
        update(NeedRow)
        .where(col(NeedRow.id) == need_id, _waits(now))
        .values(decider_id=staff.id, decided_at=now, until=until)
    )
    if decided.rowcount != 1:
        raise Conflict("this does not wait for an answer any more")
    return referral_id


async def opened(db: AsyncSession, staff: Member, need_id: UUID, now: datetime) -> Opened:
    """Get what somebody may read now; raise NotFound for anything else, whatever it is.

    What came to be kept from them after the yes is as absent as what they were never allowed.
    """
    asked = select(NeedRow.referral_id, NeedRow.until).where(
        col(NeedRow.id) == need_id, _is_open_to(staff, now)
    )
    referral_id, until = (await db.exec(asked)).one_or_none() or (None, None)
    statement = referrals().where(
        col(ReferralRow.id) == referral_id,
        ~kept_even_in_need(staff.id),
    )
    row = (await db.exec(statement)).one_or_none()
    if row is None or until is None:
        raise NotFound("no such request")
    return Opened(referral_of(*row), until)


async def give_back(db: AsyncSession, staff: Member, need_id: UUID, now: datetime) -> UUID | None:
    """End it before its time; raise NotFound when it is not open to this colleague."""
    ended = await db.exec(
        update(NeedRow)
        .where(col(NeedRow.id) == need_id, _is_open_to(staff, now))
        .values(until=now, ended_at=now)
    )
    if ended.rowcount != 1:
        raise NotFound("nothing is open by this name")
    return (await db.exec(select(NeedRow.referral_id).where(col(NeedRow.id) == need_id))).one()


async def run_out(db: AsyncSession, chain: Chain, now: datetime) -> None:
    """Write into the audit log, once, what ended by itself; it is open to nobody without that."""
    over = and_(col(NeedRow.until) <= now, col(NeedRow.ended_at).is_(None))
    ended = update(NeedRow).where(over).values(ended_at=now)
    rows = await db.exec(ended.returning(col(NeedRow.staff_id), col(NeedRow.referral_id)))
    for staff_id, referral_id in rows.all():
        await audit.append(db, chain, Entry(now, staff_id, "", ENDED, referral_id))


async def end_everything(db: AsyncSession, now: datetime) -> None:
    """Let nothing be open any more."""
    await db.exec(update(NeedRow).where(col(NeedRow.until) > now).values(until=now))


def _is_open_to(staff: Member, now: datetime) -> ColumnElement[bool]:
    theirs = col(NeedRow.staff_id) == staff.id if staff.active else false()
    return and_(theirs, col(NeedRow.decided_at) <= now, col(NeedRow.until) > now)


def _waits(now: datetime) -> ColumnElement[bool]:
    return and_(col(NeedRow.decided_at).is_(None), col(NeedRow.asked_at) > now - WAITS_FOR)


def _decided_by(staff: Member) -> ColumnElement[bool]:
    """Say what a member decides: of requests they know as coordinator, or of all who guard privacy.

    Nobody decides what they asked themselves, or about a request that is kept from them in need.
    """
    guards = true() if StaffRole.PRIVACY in staff.roles and staff.active else false()
    coordinates = visible(staff) if StaffRole.COORDINATOR in staff.roles else false()
    is_there = col(NeedRow.referral_id).is_not(None)
    return and_(
        col(NeedRow.staff_id) != staff.id,
        or_(
            and_(guards, ~is_there),
            and_(is_there, or_(guards, coordinates), ~kept_even_in_need(staff.id)),
        ),
    )


async def _is_possible(db: AsyncSession, asker_id: UUID, referral_id: UUID | None) -> bool:
    """Say whether a request is there, and not kept from whoever asked even in need."""
    statement = select(ReferralRow.id).where(
        col(ReferralRow.id) == referral_id,
        ~kept_even_in_need(asker_id),
    )
    return (await db.exec(statement)).one_or_none() is not None


async def _rows(
    db: AsyncSession, wanted: ColumnElement[bool]
) -> Sequence[tuple[NeedRow, str, str | None]]:
    statement = (
        select(NeedRow, StaffRow.name, DECIDER.name)
        .join(StaffRow, col(StaffRow.id) == col(NeedRow.staff_id))
        .join(DECIDER, col(DECIDER.id) == col(NeedRow.decider_id), isouter=True)
        .join(ReferralRow, col(ReferralRow.id) == col(NeedRow.referral_id), isouter=True)
        .where(wanted)
        .order_by(col(NeedRow.asked_at).desc(), col(NeedRow.id).desc())
        .limit(MANY)
    )
    return (await db.exec(statement)).all()


def _need(
    system: Seal,
    now: datetime,
    row: NeedRow,
    asker: str,
    decider: str | None,
    *,
    is_possible: bool = False,
) -> Need:
    asked = json.loads(system.open("need", "asked", row.id, row.asked))
    return Need(
        row.id,
        asked["reference"],
        asked["reason"],
        asker,
        row.asked_at,
        _state(row, now),
        decider,
        row.until,
        is_possible,
    )


def _state(row: NeedRow, now: datetime) -> State:
    if row.decided_at is None:
        return State.WAITING if row.asked_at > now - WAITS_FOR else State.LAPSED
    if row.until is None:
        return State.REFUSED
    return State.OPEN if row.until > now else State.ENDED
