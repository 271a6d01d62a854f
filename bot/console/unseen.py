"""Requests that wait and that nobody may see, such as when all of a queue know somebody in it.

Who can help learns that there is one, and moves it or lets somebody in; and reads nothing of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from uuid import UUID

from aiohttp import web
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.console.acting import quietly
from bot.console.auditing import Doing, note
from bot.console.desk import house_of, member_of
from bot.console.requests import id_of, key_of, reading_of
from bot.console.rights import Action, may
from bot.console.time_left import waited
from bot.console.timeline import note_event
from bot.pages.drawing import see_other
from bot.pages.forms import read_form
from dialogs.frozen import Frozen
from storage import referrals, staff
from storage.errors import Conflict, NotFound
from storage.referrals import Referral
from storage.sealed import Seal
from storage.staff_values import StaffRole


class Unseen(Frozen):
    """A request that nobody may see: where it waits, how long, and where else it could."""

    id: UUID
    queue: str
    waited: str
    elsewhere: Mapping[str, str]


async def unseen_for(db: AsyncSession, request: web.Request) -> list[Unseen]:
    """List what nobody may see, for who can help; for others there is nothing."""
    house, reading = house_of(request), reading_of(request)
    found = []
    for each in await _unseen(db, request) if may(member_of(request), Action.UNSEEN) else []:
        queues = house.organisation.services[each.service].queues
        names = {queue.key: queue.name(reading.language) for queue in queues}
        here = names.pop(each.queue, each.queue)
        found.append(Unseen(each.id, here, waited(each, reading), names))
    return found


async def move(request: web.Request) -> web.Response:
    """Move a request to another queue of its service; its person waits as before."""
    house, member, form = house_of(request), member_of(request), await read_form(request)
    async with house.database.reading() as db:
        found = {each.id: each for each in await _unseen(db, request)}
    referral, to = found.get(id_of(request)), form.get("to", "")
    if referral is None:
        raise NotFound("no such request")
    if to not in {queue.key for queue in house.organisation.services[referral.service].queues}:
        raise web.HTTPUnprocessableEntity

    async def act(db: AsyncSession, seal: Seal) -> None:
        await referrals.move(db, referral, to)
        await note_event(db, house, seal, referral, by=member, event=Doing.MOVED)
        await note(db, request, Doing.MOVED, referral.id)

    # Where it changed meanwhile, the page that this leads to tells what is so now.
    with suppress(Conflict):
        await quietly(request, referral, key_of(request, form, to), act)
    return see_other("/staff")


async def _unseen(db: AsyncSession, request: web.Request) -> list[Referral]:
    """List what nobody may see; who coordinates learns of it in the services they work for."""
    house, member = house_of(request), member_of(request)
    found = await referrals.unseen(db, await staff.everyone(db, house.keystore.system))
    if StaffRole.ADMIN in member.roles:
        return found
    services = house.organisation.services
    return [
        each
        for each in found
        if any(queue.key in member.queues for queue in services[each.service].queues)
    ]
