"""Finding a request by the reference that its person has, such as when they call."""

from __future__ import annotations

from aiohttp import web

from bot.console.desk import house_of, member_of, say_to
from bot.console.queue import drawn
from bot.console.requests import address_of, reference_of
from bot.pages.drawing import see_other
from storage import referrals
from storage.errors import NotFound
from storage.referrals import View

LONGEST = 40


async def find(request: web.Request) -> web.Response:
    """Lead to the request; one that is not there, or not for this colleague, is not found."""
    said = reference_of(request.query.get("reference", "")[:LONGEST])
    try:
        async with house_of(request).database.reading() as db:
            found = await referrals.by_reference(db, member_of(request), said)
    except NotFound:
        notice = say_to(request)("find.none", reference=said)
        return await drawn(request, View.ALL, status=404, notice=notice)
    return see_other(address_of(found))
