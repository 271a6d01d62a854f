"""Saying that two requests are two sides of one matter; neither person ever learns of it here."""

from __future__ import annotations

from collections.abc import Mapping

from aiohttp import web

from bot.announcer import of_referral
from bot.console.auditing import Doing, note
from bot.console.conversation import Composer, Refused, drawn
from bot.console.desk import house_of, member_of, say_to
from bot.console.requests import address_of, found, id_in, reference_of
from bot.pages.drawing import see_other
from bot.pages.forms import read_form
from storage import links, referrals
from storage.errors import Conflict, NotFound
from storage.links import NewLink
from storage.referrals import Referral

LONGEST_REASON = 300


async def link(request: web.Request) -> web.Response:
    """Link the request with another one, which is named by its reference."""
    house, form, referral = house_of(request), await read_form(request), await found(request)
    asked = {name: form.get(name, "").strip() for name in ("reference", "reason")}
    if not 0 < len(asked["reason"]) <= LONGEST_REASON:
        return await _refused(request, referral, asked, "link.why_not")
    try:
        async with house.database.begin() as db:
            other = await referrals.by_reference(
                db, member_of(request), reference_of(asked["reference"])
            )
            sides = (referral.id, other.id)
            new = NewLink(house.clock.new_id(), sides, asked["reason"], house.clock.now())
            await links.tie(db, house.keystore.system, member_of(request), new)
            await note(db, request, Doing.LINKED, referral.id)
    except (Conflict, NotFound):
        return await _refused(request, referral, asked, "link.not_found")
    house.announcer.announce(of_referral(referral.id), of_referral(other.id))
    return see_other(f"{address_of(referral)}#linked")


async def unlink(request: web.Request) -> web.Response:
    """Take a link away; both requests stay what they are."""
    house, form, referral = house_of(request), await read_form(request), await found(request)
    other_id = id_in(form.get("other", ""))
    async with house.database.begin() as db:
        await links.untie(db, member_of(request), (referral.id, other_id))
        await note(db, request, Doing.UNLINKED, referral.id)
    house.announcer.announce(of_referral(referral.id), of_referral(other_id))
    return see_other(f"{address_of(referral)}#linked")


async def _refused(
    request: web.Request, referral: Referral, asked: Mapping[str, str], problem: str
) -> web.Response:
    refused = Refused("link", say_to(request)(problem), asked)
    return await drawn(request, referral, Composer(), status=422, refused=refused)
