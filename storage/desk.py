"""The staff's side of requests: who may know of which, and who takes which.

Nothing that staff ask is asked without a member of staff. Another queue's request is as absent as
one that never was, and the database decides who was faster.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import cast
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, and_, bindparam, false, or_
from sqlalchemy.orm import QueryableAttribute, aliased, defer
from sqlmodel import col, func, select, update
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import Select

from dialogs.values import Service
from storage import drafts
from storage.doors import Door
from storage.errors import Conflict, NotFound
from storage.messages import Author
from storage.referral_values import Back, Outcome, Referral, Status
from storage.staff_tables import StaffRow
from storage.staff_values import KNOW_QUEUES, Member, StaffRole
from storage.statements import portions, rows, table_of
from storage.tables import MessageRow, ReferralRow, WayRow
from storage.waiting import OVER, begun
from storage.walls import kept_from

REFERRALS = table_of(ReferralRow)
THEIRS = (
    REFERRALS.select()
    .with_only_columns(REFERRALS.c.id)
    .where(REFERRALS.c.person_id.in_(bindparam("people", expanding=True)))
)
CONTENT = cast("QueryableAttribute[bytes]", ReferralRow.content)
OFFERED_TO = aliased(StaffRow)
# Whatever a colleague does with a request ends what was about to be done with it.
AT_REST: Mapping[str, object] = {
    "offered_to_id": None,
    "snoozed_until": None,
    "came_back": None,
}


async def get(db: AsyncSession, staff: Member, referral_id: UUID) -> Referral:
    """Get one request; raise NotFound for one that is not there or not for this member."""
    statement = referrals().where(visible(staff), col(ReferralRow.id) == referral_id)
    row = (await db.exec(statement)).one_or_none()
    if row is None:
        raise NotFound("no such request")
    return referral_of(*row)


async def by_reference(db: AsyncSession, staff: Member, reference: str) -> Referral:
    """Get the request that people call by these signs; raise NotFound like for any other."""
    named = col(ReferralRow.reference) == reference
    row = (await db.exec(referrals().where(visible(staff), named))).one_or_none()
    if row is None:
        raise NotFound("no such request")
    return referral_of(*row)


async def of_person(db: AsyncSession, person_id: UUID) -> list[Referral]:
    """List the requests of a person for the person, the oldest first."""
    statement = (
        referrals()
        .where(col(ReferralRow.person_id) == person_id)
        .order_by(col(ReferralRow.opened_at), col(ReferralRow.id))
    )
    return [referral_of(*row) for row in await db.exec(statement)]


async def ids_of(db: AsyncSession, person_ids: Collection[UUID]) -> list[UUID]:
    """List the requests of these people, in no order."""
    return [
        row.id for some in portions(list(person_ids)) for row in await rows(db, THEIRS, people=some)
    ]


async def everything(db: AsyncSession) -> list[Referral]:
    """List every request of every queue for whoever runs the house, the oldest first."""
    statement = referrals().order_by(col(ReferralRow.opened_at), col(ReferralRow.id))
    return [referral_of(*row) for row in await db.exec(statement)]


async def claim(db: AsyncSession, staff: Member, referral_id: UUID, now: datetime) -> None:
    """Take a request off the queue; raise Conflict with the name of the colleague who was faster.

    One statement that only matches a request without an owner: of two, one matches nothing. The
    person goes on waiting until somebody writes to them.
    """
    free = and_(col(ReferralRow.status) == Status.WAITING, col(ReferralRow.owner_id).is_(None))
    taken = {**AT_REST, "status": Status.OWNED, "owner_id": staff.id, "owned_since": now}
    await change(db, staff, referral_id, free, taken)


async def release(
    db: AsyncSession,
    staff: Member,
    referral_id: UUID,
    now: datetime,
    due_at: datetime | None = None,
    *,
    queue: str | None = None,
) -> None:
    """Give a request back to its queue, or to another; raise Conflict unless it is one's own.

    The person waits again, if they did not: from now on, for an answer before `due_at`.
    """
    other = {} if queue is None else {"queue": queue}
    back = {**AT_REST, "status": Status.WAITING, "owner_id": None}
    await change(db, staff, referral_id, owned_by(staff), {**back, **other, **begun(now, due_at)})


async def close(
    db: AsyncSession,
    staff: Member,
    referral_id: UUID,
    now: datetime,
    outcome: Outcome | None = None,
) -> None:
    """End a request, with all drafts about it; raise Conflict unless it is the member's own."""
    ended = {
        **AT_REST,
        **OVER,
        "status": Status.CLOSED,
        "outcome": outcome,
        "closed_at": now,
        "unread": 0,
    }
    await change(db, staff, referral_id, owned_by(staff), ended)
    await drafts.drop_about(db, referral_id)


async def require_owner(db: AsyncSession, staff: Member, referral_id: UUID) -> None:
    """Raise Conflict unless the request is the member's own; it stays so in this transaction."""
    await change(db, staff, referral_id, owned_by(staff), {})


async def seen(
    db: AsyncSession, staff: Member, referral_id: UUID, last_seq: int | None = None
) -> None:
    """Note that the owner has read what the person wrote, up to this number or all of it.

    Anybody else's look changes nothing.
    """
    theirs = update(ReferralRow).where(
        visible(staff), col(ReferralRow.id) == referral_id, owned_by(staff)
    )
    # Touching the row first makes it ours, so that no words come in while they are counted.
    await db.exec(theirs.values(unread=col(ReferralRow.unread)))
    await db.exec(theirs.values(unread=0 if last_seq is None else _said_after(last_seq)))


def _said_after(last_seq: int) -> ScalarSelect[int]:
    """Count what the person wrote in a request behind this number."""
    return (
        select(func.count())
        .select_from(MessageRow)
        .where(
            col(MessageRow.referral_id) == col(ReferralRow.id),
            col(MessageRow.author) == Author.PERSON,
            col(MessageRow.seq) > last_seq,
        )
        .scalar_subquery()
    )


async def change(
    db: AsyncSession,
    staff: Member,
    referral_id: UUID,
    condition: ColumnElement[bool],
    values: Mapping[str, object],
) -> None:
    """Change a request if the condition holds; otherwise say who has it."""
    statement = (
        update(ReferralRow)
        .where(visible(staff), col(ReferralRow.id) == referral_id, condition)
        .values(version=col(ReferralRow.version) + 1, **values)
    )
    if not (await db.exec(statement)).rowcount:
        there = await get(db, staff, referral_id)
        is_taken = there.status is Status.OWNED and there.owner_id != staff.id
        by = there.owner_name if is_taken else None
        raise Conflict("this request is not the member's to change", by=by)


def visible(staff: Member) -> ColumnElement[bool]:
    """Say which requests a member may know of: the only place where that is said.

    What is read in need is not among them; `storage/needs.py` gives it, and to read only.
    """
    known = and_(
        col(ReferralRow.queue).in_(sorted(staff.queues)),
        col(ReferralRow.status) != Status.ERASED,
        ~kept_from(staff),
    )
    if not staff.active:
        return false()
    if staff.roles & KNOW_QUEUES:
        return known
    if StaffRole.MEDIATOR in staff.roles:
        theirs = (ReferralRow.owner_id, ReferralRow.offered_to_id)
        return and_(known, or_(*(col(each) == staff.id for each in theirs)))
    return false()


def owned_by(staff: Member) -> ColumnElement[bool]:
    """Say which requests a member works on."""
    return and_(col(ReferralRow.owner_id) == staff.id, col(ReferralRow.status) == Status.OWNED)


def referrals() -> Select[ReferralRow, str | None, str | None, bool | None]:
    """Read requests without what is sealed in them, with the names of who has them."""
    return (
        select(ReferralRow, StaffRow.name, OFFERED_TO.name, WayRow.closed)
        .options(defer(CONTENT, raiseload=True))
        .join(StaffRow, col(StaffRow.id) == col(ReferralRow.owner_id), isouter=True)
        .join(OFFERED_TO, col(OFFERED_TO.id) == col(ReferralRow.offered_to_id), isouter=True)
        .join(WayRow, col(WayRow.person_id) == col(ReferralRow.person_id), isouter=True)
    )


def referral_of(
    row: ReferralRow,
    owner_name: str | None,
    offered_to_name: str | None,
    way_closed: bool | None,  # noqa: FBT001 - a row, spread out
) -> Referral:
    """Read a request from a row of `referrals`."""
    return Referral(
        id=row.id,
        person_id=row.person_id,
        reference=row.reference,
        code_name=row.code_name or "",
        service=Service(row.service),
        queue=row.queue,
        status=Status(row.status),
        owner_id=row.owner_id,
        owner_name=owner_name,
        language=row.language or "",
        door=Door(row.door or Door.WEB),
        opened_at=row.opened_at,
        waiting_since=row.waiting_since,
        due_at=row.due_at,
        closed_at=row.closed_at,
        alarm_at=row.alarm_at,
        unread=row.unread,
        way_closed=bool(way_closed),
        version=row.version,
        owned_since=row.owned_since,
        offered_to_id=row.offered_to_id,
        offered_to_name=offered_to_name,
        snoozed_until=row.snoozed_until,
        came_back=None if row.came_back is None else Back(row.came_back),
        outcome=None if row.outcome is None else Outcome(row.outcome),
    )
