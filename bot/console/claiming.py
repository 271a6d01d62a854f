"""Picking a request up: the database decides who was first."""

from __future__ import annotations

from aiohttp import web
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.console.auditing import Doing, note
from bot.console.conversation import Composer
from bot.console.conversation import drawn as drawn_page
from bot.console.desk import house_of, member_of, say_to
from bot.console.duty import on_duty
from bot.console.queue import WAITING, drawn, taken_by
from bot.console.releasing import leave_to_others
from bot.console.requests import LED, address_of, found, is_led, is_owned_by, key_of, person_of
from bot.console.timeline import note_event
from bot.envelopes import Envelope
from bot.pages.drawing import see_other
from bot.pages.forms import read_form
from dialogs.events import StaffTook
from storage import referrals
from storage.errors import Conflict
from storage.referrals import Referral, Status, View

NEXT = "/staff/next"


async def claim(request: web.Request) -> web.Response:
    """Make somebody the owner; whoever was slower is told by whom, over what is still free.

    Who did not say yet that they know nobody in it is asked that on its page; who does know
    somebody leaves it to the others. Who came for the next one is led to the one after it.
    """
    form, referral = await read_form(request), await found(request)
    if form.get("knows") == "yes":
        await leave_to_others(request, form, referral)
        return see_other(NEXT if is_led(request) else WAITING)
    if "knows" not in form and referral.status is Status.WAITING:
        return see_other(f"{address_of(referral)}#unclaimed")
    try:
        await _take(request, referral, key_of(request, form))
    except Conflict as lost:
        # Pressed twice, or in two tabs: it is theirs already.
        if is_owned_by(member_of(request), await found(request)):
            return see_other(address_of(referral))
        return await _slower(request, taken_by(request, lost.by))
    return see_other(address_of(referral))


async def lead_to_next(request: web.Request) -> web.Response:
    """Lead to what is most urgent, where it is asked whether one knows somebody in it."""
    following = await _most_urgent(request)
    if following is None:
        notice = say_to(request)("queue.none_next")
        return await drawn(request, View.WAITING, notice=notice)
    return see_other(f"{address_of(following)}?{LED}=yes#unclaimed")


async def _slower(request: web.Request, notice: str) -> web.Response:
    """Say who was faster, over the list, or over the next one for who was led here."""
    following = await _most_urgent(request) if is_led(request) else None
    if following is None:
        return await drawn(request, View.WAITING, status=409, notice=notice)
    return await drawn_page(request, following, Composer(problem=notice), status=409)


async def _most_urgent(request: web.Request) -> Referral | None:
    async with house_of(request).database.reading() as db:
        listed = await referrals.listing(db, member_of(request), View.WAITING, limit=1)
    return next(iter(listed), None)


async def _take(request: web.Request, referral: Referral, key: str) -> None:
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
    await house.conductor.hear(taken)
