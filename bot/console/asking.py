"""Asking somebody for one more consent, before anybody else is contacted; they say yes or no."""

from __future__ import annotations

from datetime import timedelta

from aiohttp import web
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.console.auditing import Doing, note
from bot.console.conversation import Composer, drawn
from bot.console.desk import house_of, member_of, say_to
from bot.console.queue import taken_by
from bot.console.requests import address_of, found, key_of, person_of
from bot.console.timeline import note_event
from bot.envelopes import Envelope
from bot.pages.drawing import see_other
from bot.pages.forms import read_form
from dialogs.events import StaffAsked
from dialogs.values import ASKED_BY_STAFF, Purpose
from storage import asks, referrals
from storage.asks import Ask, State
from storage.errors import Conflict
from storage.written import word


async def ask(request: web.Request) -> web.Response:
    """Put the question; only the owner may, and never over an answer that was given."""
    house, member = house_of(request), member_of(request)
    form, referral = await read_form(request), await found(request)
    purpose = word(Purpose, form.get("purpose", ""))
    if purpose is None or purpose not in ASKED_BY_STAFF:
        raise web.HTTPUnprocessableEntity
    person_id, now = person_of(referral), house.clock.now()
    seal = await house.keystore.seal_of(person_id)
    until = now + timedelta(days=house.organisation.consent_request_days)

    async def first(db: AsyncSession) -> None:
        await referrals.require_owner(db, member, referral.id)
        if (await referrals.answers(db, seal, referral.id)).is_warning:
            raise Conflict("there is no consent that this could rest on")
        question = Ask(referral.id, person_id, purpose, State.OPEN, now, until)
        await asks.put(db, question, referral.service)
        await note_event(db, house, seal, referral, by=member, event="asked", about=purpose)
        await note(db, request, Doing.ASKED, referral.id)

    key = key_of(request, form, purpose)
    try:
        await house.conductor.hear(Envelope(person_id, key, StaffAsked(purpose), first))
    except Conflict as lost:
        problem = taken_by(request, lost.by) if lost.by else say_to(request)("ask.not_now")
        return await drawn(request, await found(request), Composer(problem=problem), status=409)
    return see_other(f"{address_of(referral)}#consents")
