"""Sending once more what did not arrive, in the same words."""

from __future__ import annotations

from aiohttp import web
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.console.auditing import Doing, note
from bot.console.conversation import Composer, drawn_over
from bot.console.desk import house_of, member_of, say_to
from bot.console.requests import address_of, found, key_of, person_of
from bot.envelopes import Envelope
from bot.pages.drawing import see_other
from bot.pages.forms import read_form
from dialogs.events import StaffWrote
from storage import messages, referrals
from storage.errors import Conflict, NotFound


async def send_again(request: web.Request) -> web.Response:
    """Send a message again; only its writer may, who must still work on the request."""
    house, member = house_of(request), member_of(request)
    form, referral = await read_form(request), await found(request)
    person_id = person_of(referral)
    seal = await house.keystore.seal_of(person_id)
    async with house.database.reading() as db:
        thread = await messages.thread(db, seal, referral.id)
    lost = next((each for each in thread if str(each.id) == form.get("message")), None)
    if lost is None:
        raise NotFound("no such message")

    async def first(db: AsyncSession) -> None:
        await referrals.require_owner(db, member, referral.id)
        await messages.wait_again(db, lost.id, member.id)
        await note(db, request, Doing.SENT_AGAIN, referral.id)

    key = key_of(request, form, str(lost.id))
    wrote = StaffWrote(member.name, lost.words)
    try:
        await house.conductor.hear(Envelope(person_id, key, wrote, first, lost.id))
    except Conflict:
        composer = Composer(problem=say_to(request)("lost.not_again"))
        return await drawn_over(request, await found(request), composer, "", status=409)
    return see_other(f"{address_of(referral)}#entry-{lost.seq}")
