"""Finding a request by the reference that its person has, such as when they call."""

from __future__ import annotations

from aiohttp import web

from bot.console.desk import house_of, member_of, say_to
from bot.console.queue import drawn
from bot.pages.drawing import see_other
from storage import referrals
from storage.referrals import View

HALF = 4
LONGEST = 40


async def find(request: web.Request) -> web.Response:
    """Lead to the request; one that is not there, or not for this colleague, is not found."""
    said = reference_of(request.query.get("reference", "")[:LONGEST])
    async with house_of(request).database.reading() as db:
        found = await referrals.find_by_reference(db, member_of(request), said)
    if found is None:
        notice = say_to(request)("find.none", reference=said)
        return await drawn(request, View.ALL, status=404, notice=notice)
    return see_other(f"/staff/r/{found}")


def reference_of(said: str) -> str:
    """Write a reference as it is kept, however it was heard: “k7p4 2m9x” is “K7P4-2M9X”."""
    signs = "".join(each for each in said.upper() if each.isalnum())
    return f"{signs[:HALF]}-{signs[HALF:]}"
