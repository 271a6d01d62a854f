"""Who waits, and for how long. Nothing of what anybody said is on this page.

The numbers and the rows come from one reading of the database, so that they never disagree.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from aiohttp import web
from babel import Locale, UnknownLocaleError
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.console.desk import draw, house_of, member_of, say_to, today_of
from bot.console.filtering import as_query, choices, filter_of
from bot.console.requests import id_in, is_owned_by, reading_of
from bot.console.rights import Action, may
from bot.console.time_left import Reading, TimeLeft, moment_in_words, time_left, waited
from bot.console.unseen import unseen_for
from bot.house import House
from dialogs.frozen import Frozen
from storage import complaint_desk, licences, needs, presence, referrals
from storage.referrals import Referral, Status, View
from storage.staff_values import Member

A_PAGE = 100
WAITING = "/staff/queue?view=waiting"
MINE = "/staff/queue?view=mine"


class Row(Frozen):
    """One request in the list, in words."""

    referral: Referral
    left: TimeLeft
    waited: str
    ended: str
    queue: str
    language: str
    is_free: bool
    is_mine: bool
    others: str


async def show(request: web.Request) -> web.Response:
    """Show the page of a view."""
    return await drawn(request, view_of(request))


async def refresh(request: web.Request) -> web.Response:
    """Give the list of a page that is open."""
    return await drawn(request, view_of(request), template="queue_rows.html")


async def refresh_bar(request: web.Request) -> web.Response:
    """Give the numbers at the top of a page that is open, whichever it is."""
    return draw(request, "bar_links.html", counts=await counted(request))


async def drawn(
    request: web.Request,
    view: View,
    *,
    template: str = "queue.html",
    status: int = 200,
    notice: str = "",
) -> web.Response:
    """Draw a view; the notice says why something just asked for was not done."""
    house, member, reading = house_of(request), member_of(request), reading_of(request)
    only, after = filter_of(request), _after(request)
    async with house.database.reading() as db:
        counts = await _counts(db, request)
        listed = await referrals.listing(db, member, view, limit=A_PAGE + 1, after=after, only=only)
        others = await presence.others(db, member, [each.id for each in listed], reading.now)
        unseen = await unseen_for(db, request) if view is View.WAITING else []
    shown = listed[:A_PAGE]
    rows = [_row(house, member, referral, reading, others) for referral in shown]
    return draw(
        request,
        template,
        status=status,
        view=view.value,
        views=[each.value for each in View],
        counts=counts,
        rows=rows,
        unseen=unseen,
        further=shown[-1].id if len(listed) > A_PAGE else None,
        notice=notice,
        choices=choices(request, only),
        filtered=as_query(only),
    )


async def counted(request: web.Request) -> dict[str, int]:
    """Count what each view holds for whoever asks, and what else waits for them."""
    async with house_of(request).database.reading() as db:
        return await _counts(db, request)


def view_of(request: web.Request) -> View:
    """Read which view is asked for; one that is not known is not there."""
    asked = request.query.get("view", View.WAITING.value)
    view = next((view for view in View if view == asked), None)
    if view is None:
        raise web.HTTPNotFound
    return view


def taken_by(request: web.Request, name: str | None) -> str:
    """Say who was faster."""
    say = say_to(request)
    return say("queue.taken_by", name=name) if name else say("queue.not_free")


def language_in_words(code: str, reader: str) -> str:
    """Name a person's language in the language of whoever reads the page."""
    try:
        name = Locale.parse(code, sep="-").get_language_name(reader)
    except (ValueError, UnknownLocaleError):
        return code
    return (name or code).capitalize()


def queue_in_words(house: House, key: str, language: str) -> str:
    """Name a queue; one that the organisation no longer has keeps its key."""
    names = {queue.key: queue.name(language) for queue in house.organisation.queues}
    return names.get(key, key)


async def _counts(db: AsyncSession, request: web.Request) -> dict[str, int]:
    member = member_of(request)
    counts = await referrals.counts(db, member)
    return {view.value: number for view, number in counts.items()} | {
        "complaints": await complaint_desk.count(db, member),
        "licences": await _licences_ending(db, request),
        "needs": await _needs_waiting(db, request),
    }


async def _needs_waiting(db: AsyncSession, request: web.Request) -> int:
    """Count what colleagues ask to read in need, for who decides about it."""
    member = member_of(request)
    if not may(member, Action.ALLOW_IN_NEED):
        return 0
    return await needs.count(db, member, house_of(request).clock.now())


async def _licences_ending(db: AsyncSession, request: web.Request) -> int:
    """Count the licences that end soon, for who sees to them."""
    member, asked = member_of(request), house_of(request).organisation.licensing
    if not may(member, Action.LICENCES):
        return 0
    soon = today_of(request) + timedelta(days=asked.remind_days)
    return await licences.ending(db, member.queues, soon)


def _after(request: web.Request) -> UUID | None:
    """Read behind which request the page begins."""
    given = request.query.get("after")
    return id_in(given) if given else None


def _row(
    house: House,
    member: Member,
    referral: Referral,
    reading: Reading,
    others: Mapping[UUID, Sequence[str]],
) -> Row:
    office = house.organisation.services[referral.service]
    ended = referral.closed_at
    return Row(
        referral,
        time_left(referral, office, reading),
        waited(referral, reading),
        moment_in_words(ended, reading) if ended else "",
        queue_in_words(house, referral.queue, reading.language),
        language_in_words(referral.language, reading.language),
        is_free=referral.status is Status.WAITING,
        is_mine=is_owned_by(member, referral),
        others=", ".join(others.get(referral.id, [])),
    )
