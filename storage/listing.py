"""Lists of requests as staff look at them: what is most urgent first, what ended last first.

The database puts them in order, so that a page is a page of the whole list.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    and_,
    false,
    literal,
    or_,
    true,
    tuple_,
    union_all,
)
from sqlmodel import case, col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from storage.columns import UtcTime
from storage.desk import owned_by, referral_of, referrals, visible
from storage.moves import offered_to
from storage.referral_values import ENDED, OPEN, Filter, Referral, Status, View
from storage.staff_values import Member
from storage.tables import ReferralRow
from storage.walls import is_behind_the_wall, kept_from_some, left_by

# Whoever has no term stands behind everybody who has, and whoever waits for nothing behind all.
NEVER = datetime(9999, 1, 1, tzinfo=UTC)
MANY = 50
COUNTED = 100
EVERYTHING = Filter()


async def listing(
    db: AsyncSession,
    staff: Member,
    view: View,
    *,
    limit: int = MANY,
    after: UUID | None = None,
    only: Filter = EVERYTHING,
) -> list[Referral]:
    """List requests of the member's queues.

    First comes where somebody may have threatened, then whose answer is due first, then who waits
    longest. `after` is the last request of the page before this one.
    """
    wanted = and_(visible(staff), _in_view(staff, view), _fits(only))
    if after is not None:
        wanted = and_(wanted, await _behind(db, staff, view, after))
    # What is looked up beside a request is looked up for this page only.
    page = _page(staff, view, wanted, limit)
    statement = referrals().where(col(ReferralRow.id).in_(page)).order_by(*_order(view))
    return [referral_of(*row) for row in await db.exec(statement)]


def _page(
    staff: Member, view: View, wanted: ColumnElement[bool], limit: int
) -> SelectOfScalar[UUID]:
    """Name the requests of a page. What ended is too much to be sorted: it is read in order.

    Each queue and status has an order of its own in the index, and a page is made of their ends.
    """
    order = _order(view)
    if view is not View.CLOSED:
        return select(ReferralRow.id).where(wanted).order_by(*order).limit(limit)
    ends = [
        select(ReferralRow.id, ReferralRow.closed_at)
        .where(col(ReferralRow.queue) == queue, col(ReferralRow.status) == status, wanted)
        .order_by(*order)
        .limit(limit)
        .subquery()
        for queue in sorted(staff.queues) or [""]
        for status in ENDED
    ]
    last = union_all(*(select(each.c.id, each.c.closed_at) for each in ends)).subquery()
    return select(last.c.id).order_by(last.c.closed_at.desc(), last.c.id.desc()).limit(limit)


async def counts(db: AsyncSession, staff: Member) -> dict[View, int]:
    """Count what each view of this member holds, up to `COUNTED`; what is over is not counted.

    Nobody needs to know whether it is more, and to count all of it would take ever longer.
    """
    views = (View.WAITING, View.MINE, View.ALL)
    waiting, mine, every = (_count(staff, view) for view in views)
    found = (await db.exec(select(waiting, mine, every))).one()
    return dict(zip(views, found, strict=True))


async def seen_by(db: AsyncSession, members: Collection[Member]) -> Counter[UUID]:
    """Count how many of these members may know of each request that waits."""
    seen = Counter[UUID]()
    for member in members:
        theirs = select(ReferralRow.id).where(visible(member), _in_view(member, View.WAITING))
        seen.update(await db.exec(theirs))
    return seen


async def known_to(db: AsyncSession, staff: Member, ids: Collection[UUID]) -> set[UUID]:
    """Name those of these requests that a member may know of."""
    theirs = select(ReferralRow.id).where(visible(staff), col(ReferralRow.id).in_(ids))
    return set(await db.exec(theirs))


async def unseen(db: AsyncSession, members: Collection[Member]) -> list[Referral]:
    """List what waits and none of these members may know of, up to `MANY`; who waits longest first.

    Somebody must hear of it, such as when all of a queue know somebody in it.
    """
    seen = or_(false(), *(visible(member) for member in members if member.served))
    served = set().union(*(member.served for member in members))
    # Of most it is clear without asking for each member: of a queue that is served, kept from none.
    doubtful = or_(col(ReferralRow.queue).not_in(sorted(served)), kept_from_some())
    statement = (
        referrals()
        .where(col(ReferralRow.status) == Status.WAITING, doubtful, ~seen)
        .order_by(col(ReferralRow.waiting_since), col(ReferralRow.id))
        .limit(MANY)
    )
    return [referral_of(*row) for row in await db.exec(statement)]


async def left_to_others(db: AsyncSession, staff: Member) -> list[Referral]:
    """List what a member left to others of their queues and is not over, the oldest first."""
    theirs = and_(
        left_by(staff),
        ~is_behind_the_wall(staff),
        col(ReferralRow.queue).in_(sorted(staff.queues)),
        col(ReferralRow.status).in_(OPEN),
    )
    statement = referrals().where(theirs).order_by(col(ReferralRow.opened_at), col(ReferralRow.id))
    return [referral_of(*row) for row in await db.exec(statement)]


def _count(staff: Member, view: View) -> ScalarSelect[int]:
    some = select(literal(1)).select_from(ReferralRow)
    some = some.where(visible(staff), _in_view(staff, view)).limit(COUNTED)
    return select(func.count()).select_from(some.subquery()).scalar_subquery()


def _in_view(staff: Member, view: View) -> ColumnElement[bool]:
    match view:
        case View.WAITING:
            return col(ReferralRow.status) == Status.WAITING
        case View.MINE:
            return or_(owned_by(staff), offered_to(staff))
        case View.ALL:
            return col(ReferralRow.status).in_(OPEN)
        case View.CLOSED:
            return col(ReferralRow.status).in_(ENDED)


def _fits(only: Filter) -> ColumnElement[bool]:
    given = {
        ReferralRow.queue: only.queue,
        ReferralRow.language: only.language,
        ReferralRow.door: only.door,
    }
    return and_(true(), *(col(name) == value for name, value in given.items() if value is not None))


def _rank(view: View) -> tuple[Any, ...]:
    """Name by what a view is put in order; two requests never have the same rank."""
    never, id = literal(NEVER, UtcTime), col(ReferralRow.id)
    if view is View.CLOSED:
        return (col(ReferralRow.closed_at), id)
    calm = case((col(ReferralRow.alarm_at).is_(None), 1), else_=0)
    due, since = col(ReferralRow.due_at), col(ReferralRow.waiting_since)
    return (calm, func.coalesce(due, never), func.coalesce(since, never), id)


def _order(view: View) -> tuple[Any, ...]:
    rank = _rank(view)
    return tuple(each.desc() for each in rank) if view is View.CLOSED else rank


async def _behind(db: AsyncSession, staff: Member, view: View, after: UUID) -> ColumnElement[bool]:
    """Say what comes behind a request, wherever that stands by now; all of it if it is gone."""
    rank = _rank(view)
    statement = select(*rank).where(visible(staff), col(ReferralRow.id) == after)
    last = (await db.exec(statement)).one_or_none()
    if last is None:
        return true()
    theirs = tuple_(*(literal(value, each.type) for each, value in zip(rank, last, strict=True)))
    return tuple_(*rank) < theirs if view is View.CLOSED else tuple_(*rank) > theirs
