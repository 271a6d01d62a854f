"""Taking a reply back before it leaves: its words lie in the composer again, as a draft."""

from __future__ import annotations

from aiohttp import web

from bot import counting
from bot.announcer import QUEUES, of_referral
from bot.console.auditing import Doing, note
from bot.console.conversation import Composer, drawn_over
from bot.console.desk import house_of, member_of, say_to
from bot.console.drafting import laid_aside
from bot.console.requests import address_of, found, id_in, person_of
from bot.console.writing import Draft
from bot.pages.drawing import see_other
from bot.pages.forms import Form, read_form
from storage import conversations, drafts, messages, referrals
from storage.drafts import Kind, Slot
from storage.errors import Conflict
from storage.referrals import Referral


async def recall(request: web.Request) -> web.Response:
    """Take words back; what stands in the composer by now stays, below them."""
    form, referral = await read_form(request), await found(request)
    draft = Draft.read(form)
    try:
        await _recall(request, referral, form, draft)
    except Conflict:
        problem = say_to(request)("talk.on_its_way")
        composer = Composer(draft.kind, draft.words, problem)
        return await drawn_over(request, await found(request), composer, draft.shown, status=409)
    house_of(request).announcer.announce(QUEUES, of_referral(referral.id))
    return see_other(f"{address_of(referral)}#composer")


async def _recall(request: web.Request, referral: Referral, form: Form, draft: Draft) -> None:
    house, member = house_of(request), member_of(request)
    person_id, now = person_of(referral), house.clock.now()
    seal = await house.keystore.seal_of(person_id)
    hours, zone = house.organisation.services[referral.service].hours, house.settings.timezone
    slot = Slot(referral.id, member.id, Kind.ANSWER)
    async with house.database.begin() as db:
        await conversations.lock(db, [person_id])
        await referrals.require_owner(db, member, referral.id)
        await note(db, request, Doing.RECALLED, referral.id)
        words, at = await messages.recall(db, seal, id_in(form.get("message", "")), member.id, now)
        await counting.recalled(db, referral.id, hours, zone, at)
        if draft.words:
            await laid_aside(request, db, seal, referral, draft)
        begun = await drafts.find(db, seal, slot)
        both = "\n\n".join(filter(None, (words, begun)))
        await drafts.keep(db, seal, slot, house.clock.new_id(), both)
