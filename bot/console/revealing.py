"""Showing who somebody is, or where they are reached, to whoever works on it and says why."""

from __future__ import annotations

from aiohttp import web

from bot.announcer import of_referral
from bot.console.auditing import Doing, note
from bot.console.conversation import Composer, Refused, drawn
from bot.console.desk import house_of, member_of, say_to
from bot.console.requests import address_of, found, person_of
from bot.console.timeline import Reason, note_event
from bot.pages.drawing import see_other
from bot.pages.forms import read_form
from storage import conversations, referrals
from storage.referrals import Referral
from storage.written import word

EVENTS = {
    "contact": (Doing.SHOWN_CONTACT, "shown_contact"),
    "name": (Doing.SHOWN_NAME, "shown_name"),
}


async def show(request: web.Request) -> web.Response:
    """Show it, once the way of safe contact was read and a reason is given."""
    form, referral = await read_form(request), await found(request)
    what, reason = form.get("what", ""), word(Reason, form.get("reason", ""))
    if what not in EVENTS:
        raise web.HTTPUnprocessableEntity
    if reason is None:
        return await _refused(request, referral, what, "show.why_not")
    if what == "contact" and "read" not in form:
        return await _refused(request, referral, what, "show.read_not")
    house, member = house_of(request), member_of(request)
    person_id, (doing, event) = person_of(referral), EVENTS[what]
    seal = await house.keystore.seal_of(person_id)
    async with house.database.begin() as db:
        await conversations.lock(db, [person_id])
        await referrals.require_owner(db, member, referral.id)
        await note_event(db, house, seal, referral, by=member, event=event, about=reason)
        await note(db, request, doing, referral.id)
    house.announcer.announce(of_referral(referral.id))
    return see_other(f"{address_of(referral)}#{what}")


async def _refused(
    request: web.Request, referral: Referral, what: str, problem: str
) -> web.Response:
    refused = Refused(what, say_to(request)(problem))
    return await drawn(request, referral, Composer(), status=422, refused=refused)
