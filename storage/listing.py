"""Lists of requests as staff look at them: what is most urgent first, what ended last first.

The database puts them in order, so that a page is a page of the whole list.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, literal, or_, true, tuple_
from sqlmodel import case, col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.columns import UtcTime
from storage.desk import owned_by, referral_of, referrals, visible
from storage.moves import offered_to
from storage.referral_values import ENDED, OPEN, Filter, Referral, Status, View
from storage.staff_values import Member
from storage.tables import ReferralRow

# Whoever has no term stands behind everybody who has, and whoever waits for nothing behind all.
NEVER = datetime(9999, 1, 1, tzinfo=UTC)
MANY = 50
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
    page = select(ReferralRow.id).where(wanted).order_by(*_order(view)).limit(limit)
    statement = referrals().where(col(ReferralRow.id).in_(page)).order_by(*_order(view))
    return [referral_of(*row) for row in await db.exec(statement)]


async def counts(db: AsyncSession, staff: Member) -> dict[View, int]:
    """Count what each view of this member holds, in one query; what is over is not counted."""
    views = (View.WAITING, View.MINE, View.ALL)
    waiting, mine, every = (func.count().filter(_in_view(staff, view)) for view in views)
    still_open = and_(visible(staff), _in_view(staff, View.ALL))
    statement = select(waiting, mine, every).select_from(ReferralRow).where(still_open)
    return dict(zip(views, (await db.exec(statement)).one(), strict=True))


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
        return (func.coalesce(col(ReferralRow.closed_at), never), id)
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
