"""Opening again what was closed: it is its owner's who does so, and the person hears of it."""

from __future__ import annotations

from contextlib import suppress

from aiohttp import web
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.console.auditing import Doing, note
from bot.console.conversation import Composer, drawn
from bot.console.desk import house_of, member_of, say_to
from bot.console.duty import on_duty
from bot.console.queue import WAITING
from bot.console.releasing import leave_to_others
from bot.console.requests import address_of, found, is_kept_by, key_of, person_of
from bot.console.timeline import note_event
from bot.envelopes import Envelope
from bot.house import House
from bot.pages.drawing import see_other
from bot.pages.forms import read_form
from dialogs.events import StaffTook
from dialogs.turn import reopens
from storage import conversations, referrals
from storage.errors import Conflict, NotFound
from storage.referrals import Referral
from storage.sealed import Seal


async def reopen(request: web.Request) -> web.Response:
    """Go on with somebody, unless they are at something new or have stopped.

    Who did not have it before says first that they know nobody in it.
    """
    house, member = house_of(request), member_of(request)
    form, referral = await read_form(request), await found(request)
    if form.get("knows") == "yes":
        await leave_to_others(request, form, referral)
        return see_other(WAITING)
    if "knows" not in form and not is_kept_by(member, referral):
        return see_other(f"{address_of(referral)}#reopening")
    person_id, now = person_of(referral), house.clock.now()
    seal = await house.keystore.seal_of(person_id)
    took = StaffTook(member.name, is_warning=await _is_warning(house, seal, referral))

    async def first(db: AsyncSession) -> None:
        conversation = (await conversations.find(db, {person_id: seal})).get(person_id)
        if conversation is None or not reopens(conversation.session, took):
            raise Conflict("this person does not wait for it")
        await referrals.reopen(db, member, referral.id, now)
        await note_event(db, house, seal, referral, by=member, event="reopened")
        await note(db, request, Doing.REOPENED, referral.id)
        await on_duty(db, request)

    try:
        await house.conductor.hear(Envelope(person_id, key_of(request, form), took, first))
    except Conflict:
        problem = say_to(request)("reopen.not_now")
        return await drawn(request, await found(request), Composer(problem=problem), status=409)
    return see_other(address_of(referral))


async def _is_warning(house: House, seal: Seal, referral: Referral) -> bool | None:
    """Say whether it is only a warning; nobody knows any more when it was withdrawn."""
    with suppress(NotFound):
        async with house.database.reading() as db:
            return (await referrals.answers(db, seal, referral.id)).is_warning
    return None
