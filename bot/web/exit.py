"""Leaving at once: the browser is told to forget, and to go elsewhere; nothing is asked or awaited.

What was sent stays where it is: a colleague may still be the one who can help.
"""

from __future__ import annotations

from aiohttp import web

from bot.house import HOUSE
from bot.web import cookies


async def leave(request: web.Request) -> web.StreamResponse:
    """Send a browser away; one that has left already only wants its cookie gone."""
    house = request.app[HOUSE]
    response = (
        web.Response(status=204)
        if "quietly" in request.query
        else web.Response(status=303, headers={"Location": house.organisation.exit_address})
    )
    response.headers.add(*cookies.FORGET_ALL)
    cookies.take_back(response, house.settings)
    return response
