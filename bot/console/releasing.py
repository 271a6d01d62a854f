"""Giving a request back to its queue; and leaving it to the others, where one knows somebody."""

from __future__ import annotations

import logging
from contextlib import suppress

from aiohttp import web
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.announcer import QUEUES, of_referral
from bot.console.auditing import Doing, note
from bot.console.desk import house_of, member_of, say_to
from bot.console.queue import MINE, WAITING, drawn, taken_by
from bot.console.requests import found, is_owned_by, key_of, person_of
from bot.console.timeline import note_event
from bot.envelopes import Envelope
from bot.pages.drawing import see_other
from bot.pages.forms import Form, read_form
from dialogs.events import StaffReleased
from storage import conversations, referrals, staff, walls
from storage.errors import Conflict
from storage.referrals import Referral, View
from storage.sealed import Seal

log = logging.getLogger(__name__)


async def release(request: web.Request) -> web.Response:
    """Give a request back to its queue; the person goes on waiting."""
    form, referral = await read_form(request), await found(request)
    try:
        await _give_back(request, form, referral)
    except Conflict as lost:
        notice = taken_by(request, lost.by) if lost.by else say_to(request)("talk.not_open")
        return await drawn(request, View.MINE, status=409, notice=notice)
    return see_other(MINE)


async def stand_aside(request: web.Request) -> web.Response:
    """Leave a request to the others, as somebody who knows one of those involved."""
    await leave_to_others(request, await read_form(request), await found(request))
    return see_other(WAITING)


async def leave_to_others(request: web.Request, form: Form, referral: Referral) -> None:
    """Keep a request from this colleague from now on; it stays where it is, or goes back there."""
    house, member, person_id = house_of(request), member_of(request), person_of(referral)
    if is_owned_by(member, referral):
        await _give_back(request, form, referral, knows_somebody=True)
    else:
        seal = await house.keystore.seal_of(person_id)
        async with house.database.begin() as db:
            await conversations.lock(db, [person_id])
            if referral.offered_to_id == member.id:
                with suppress(Conflict):
                    await referrals.decline(db, member, referral.id)
            await _stand_aside(request, db, seal, referral)
        house.announcer.announce(QUEUES, of_referral(referral.id))


async def _give_back(
    request: web.Request, form: Form, referral: Referral, *, knows_somebody: bool = False
) -> None:
    house, member = house_of(request), member_of(request)
    now, person_id = house.clock.now(), person_of(referral)
    office = house.organisation.services[referral.service]
    due_at = office.due_at(now, house.settings.timezone)
    seal = await house.keystore.seal_of(person_id)

    async def first(db: AsyncSession) -> None:
        await referrals.release(db, member, referral.id, now, due_at)
        await note_event(db, house, seal, referral, by=member, event="released")
        await note(db, request, Doing.RELEASED, referral.id)
        if knows_somebody:
            await _stand_aside(request, db, seal, referral)

    given_back = Envelope(person_id, key_of(request, form), StaffReleased(), first)
    await house.conductor.hear(given_back)


async def _stand_aside(
    request: web.Request, db: AsyncSession, seal: Seal, referral: Referral
) -> None:
    house, member = house_of(request), member_of(request)
    await note_event(db, house, seal, referral, by=member, event="stood_aside")
    await note(db, request, Doing.STOOD_ASIDE, referral.id)
    await walls.stand_aside(db, member, referral.id)
    members = await staff.everyone(db, house.keystore.system)
    if referral.id in {each.id for each in await referrals.unseen(db, members)}:
        log.warning("Nobody at the desk may see a request that waits; `referrals` tells which.")
