"""Who works here: adding a colleague, what they are there for, and ending their access.

A set-up link is shown once, to whoever made it, who brings it over.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from uuid import UUID

from aiohttp import web
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.console import members
from bot.console.auditing import Doing, note
from bot.console.desk import draw, house_of, member_of, say_to
from bot.console.letterboxes import keep_to
from bot.console.members import BadMember
from bot.console.queue import counted, queue_in_words
from bot.console.requests import id_of
from bot.console.socket import of_member
from bot.console.unseen import unseen_for
from bot.house import House
from bot.pages.drawing import see_other
from bot.pages.forms import Form, read_form
from dialogs.frozen import Frozen, replace
from storage import letterbox, staff
from storage.errors import Conflict, LastKey, NotFound
from storage.staff_values import Member, StaffRole

PEOPLE = "/staff/people"


class LastAdmin(Exception):
    """Nobody would be left who may let anybody in."""


class Filled(Frozen):
    """The form of a colleague as it was sent."""

    name: str = ""
    email: str = ""
    roles: frozenset[StaffRole] = frozenset({StaffRole.COLLEAGUE})
    queues: frozenset[str] = frozenset()

    @classmethod
    def read(cls, form: Form) -> Filled:
        """Read a form; a role that does not exist is none."""
        asked = set(form.getall("role", []))
        return cls(
            form.get("name", "").strip(),
            form.get("email", "").strip(),
            frozenset(role for role in StaffRole if role in asked),
            frozenset(form.getall("queue", [])),
        )


async def show(request: web.Request) -> web.Response:
    """List everybody, with a form for a new colleague."""
    return await _page(request, Filled())


async def add(request: web.Request) -> web.Response:
    """Add a colleague, and show their link."""
    house, filled = house_of(request), Filled.read(await read_form(request))
    say = say_to(request)
    try:
        link = await members.add(
            house,
            filled.name,
            filled.email,
            filled.roles,
            filled.queues,
            address=str(request.url.origin()),
            by=member_of(request),
        )
    except BadMember:
        return await _page(request, filled, problem=say("people.problem"), status=422)
    except Conflict:
        return await _page(request, filled, problem=say("people.email_taken"), status=422)
    return await _page(request, Filled(), link=link, link_for=filled.name)


async def change(request: web.Request) -> web.Response:
    """Give a colleague other roles and queues; they sign in again to use them."""
    house, filled = house_of(request), Filled.read(await read_form(request))
    known = {queue.key for queue in house.organisation.queues}

    async def give(db: AsyncSession, member: Member) -> None:
        queues = (filled.queues & known) | (member.queues - known)
        await staff.change(db, member.id, roles=filled.roles, queues=queues)
        await keep_to(db, replace(member, roles=filled.roles, queues=queues))
        await note(db, request, Doing.CHANGED, member.id)

    return await _changed(request, filled.roles, give)


async def disable(request: web.Request) -> web.Response:
    """End a colleague's access; a new link gives it back."""

    async def end(db: AsyncSession, member: Member) -> None:
        await staff.change(db, member.id, active=False)
        await letterbox.take_away(db, member.id)
        await note(db, request, Doing.DISABLED, member.id)

    return await _changed(request, (), end)


async def reset(request: web.Request) -> web.Response:
    """Show a new link for a colleague; what they knew until now opens nothing any more."""
    house = house_of(request)
    member = await _get(house, id_of(request))
    origin = str(request.url.origin())
    try:
        link = await members.reset(house, member.email, address=origin, by=member_of(request))
    except LastKey as last:
        return await _page(request, Filled(), problem=_last_key(request, last), status=409)
    return await _page(request, Filled(), link=link, link_for=member.name)


async def _changed(
    request: web.Request,
    roles: Collection[StaffRole],
    change: Callable[[AsyncSession, Member], Awaitable[None]],
) -> web.Response:
    """Change a colleague who has these roles afterwards, unless nobody would be left to do so."""
    house = house_of(request)
    try:
        async with house.database.begin() as db:
            member = await staff.get(db, house.keystore.system, id_of(request))
            await _require_admin_without(db, house, member, roles)
            await change(db, member)
    except LastAdmin:
        problem = say_to(request)("people.last_admin")
        return await _page(request, Filled(), problem=problem, status=409)
    except LastKey as last:
        return await _page(request, Filled(), problem=_last_key(request, last), status=409)
    house.announcer.announce(of_member(member.id))
    return see_other(f"{PEOPLE}#member-{member.id}")


async def _page(
    request: web.Request,
    filled: Filled,
    *,
    problem: str = "",
    link: str = "",
    link_for: str = "",
    status: int = 200,
) -> web.Response:
    house = house_of(request)
    everybody = await members.everyone(house)
    async with house.database.reading() as db:
        unseen = await unseen_for(db, request)
    held = set().union(*(each.roles for each in everybody if each.active))
    language = member_of(request).language
    return draw(
        request,
        "people.html",
        status=status,
        people=everybody,
        unseen=unseen,
        roles=list(StaffRole),
        nobodys=[role for role in StaffRole if role not in held],
        queues=[(queue.key, queue.name(language)) for queue in house.organisation.queues],
        filled=filled,
        problem=problem,
        link=link,
        link_for=link_for,
        counts=await counted(request),
    )


def _last_key(request: web.Request, last: LastKey) -> str:
    """Say which letterbox nobody else could open."""
    language = member_of(request).language
    return say_to(request)(
        "people.last_key", queue=queue_in_words(house_of(request), last.queue, language)
    )


async def _get(house: House, id: UUID) -> Member:
    async with house.database.reading() as db:
        member = await staff.get(db, house.keystore.system, id)
    if not member.email:
        raise NotFound("who has not set themselves up is not on this page")
    return member


async def _require_admin_without(
    db: AsyncSession, house: House, member: Member, roles: Collection[StaffRole]
) -> None:
    """Raise LastAdmin when nobody else would be left to manage colleagues."""
    if StaffRole.ADMIN in roles:
        return
    others = await staff.everyone(db, house.keystore.system)
    if not any(
        each.active and each.email and StaffRole.ADMIN in each.roles
        for each in others
        if each.id != member.id
    ):
        raise LastAdmin
