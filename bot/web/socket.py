"""Tells an open chat page that there is something new in its conversation, and no more."""

from __future__ import annotations

from aiohttp import web

from bot.announcer import of_person
from bot.house import HOUSE
from bot.pages.sockets import keep_telling, send_away
from bot.web import cookies, visitors


async def listen(request: web.Request) -> web.StreamResponse:
    """Listen for as long as the page is open; a browser that is not known is sent back."""
    house = request.app[HOUSE]
    visitor = await visitors.find(house, cookies.read(request, house.settings))
    if visitor is None:
        return await send_away(request)
    return await keep_telling(request, {of_person(visitor.person_id): "conversation"})
