"""Picking a request up: the database decides who was first."""

from __future__ import annotations

from contextlib import suppress

from aiohttp import web
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.console.auditing import Doing, note
from bot.console.desk import house_of, member_of, say_to
from bot.console.duty import on_duty
from bot.console.queue import MINE, drawn, taken_by
from bot.console.releasing import left_to_others
from bot.console.requests import address_of, found, is_owned_by, key_of, person_of
from bot.console.timeline import note_event
from bot.envelopes import Envelope, Outcome
from bot.pages.drawing import see_other
from bot.pages.forms import read_form
from dialogs.events import StaffTook
from storage import referrals
from storage.errors import Conflict, NotFound
from storage.referrals import Referral, Status, View


async def claim(request: web.Request) -> web.Response:
    """Make somebody the owner; whoever was slower is told by whom, over a fresh list.

    Who did not say yet that they know nobody in it is asked that on its page; who does know
    somebody leaves it to the others.
    """
    form, referral = await read_form(request), await found(request)
    if form.get("knows") == "yes":
        return await left_to_others(request, form, referral)
    if "knows" not in form and referral.status is Status.WAITING:
        return see_other(f"{address_of(referral)}#unclaimed")
    try:
        await _take(request, referral, key_of(request, form))
    except Conflict as lost:
        # Pressed twice, or in two tabs: it is theirs already.
        if is_owned_by(member_of(request), await found(request)):
            return see_other(address_of(referral))
        notice = taken_by(request, lost.by)
        return await drawn(request, View.WAITING, status=409, notice=notice)
    return see_other(address_of(referral))


async def claim_next(request: web.Request) -> web.Response:
    """Make somebody the owner of what is most urgent; where they were slower, of what is next."""
    house, member, form = house_of(request), member_of(request), await read_form(request)
    async with house.database.reading() as db:
        waiting = await referrals.listing(db, member, View.WAITING)
    for referral in waiting:
        with suppress(Conflict, NotFound):
            taken = await _take(request, referral, key_of(request, form))
            # Pressed twice: the first press took one, and another is not taken for it.
            return see_other(MINE if taken.heard_before else address_of(referral))
    notice = say_to(request)("queue.none_next")
    return await drawn(request, View.WAITING, status=409, notice=notice)


async def _take(request: web.Request, referral: Referral, key: str) -> Outcome:
    """Take a request off its queue; raise Conflict with the name of who was faster."""
    house, member = house_of(request), member_of(request)
    now, person_id = house.clock.now(), person_of(referral)
    seal = await house.keystore.seal_of(person_id)

    async def first(db: AsyncSession) -> None:
        await referrals.claim(db, member, referral.id, now)
        await note_event(db, house, seal, referral, by=member, event="taken")
        await note(db, request, Doing.CLAIMED, referral.id)
        await on_duty(db, request)

    taken = Envelope(person_id, key, StaffTook(member.name), first)
    return await house.conductor.hear(taken)
