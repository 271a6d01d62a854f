"""Only our own pages may ask for a change: the rule against forged requests.

A browser says where a request comes from; one that says nothing is refused.
"""

from __future__ import annotations

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.house import HOUSE
from bot.pages.headers import REFUSED_BY_BROWSERS, origin_of

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
# These come from no page: Telegram shows a secret, and a browser reports what it refused.
FROM_NO_PAGE = frozenset({"/telegram/webhook", REFUSED_BY_BROWSERS})


@web.middleware
async def same_origin_only(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse a change that one of our own pages did not ask for."""
    is_safe = request.method in SAFE or request.path in FROM_NO_PAGE
    if not is_safe and not comes_from_here(request):
        raise web.HTTPForbidden
    return await handler(request)


def comes_from_here(request: web.Request) -> bool:
    """Say whether a page of ours sent this."""
    site = request.headers.get("Sec-Fetch-Site")
    return has_own_origin(request) if site is None else site == "same-origin"


def has_own_origin(request: web.Request) -> bool:
    """Say whether the browser names us as the origin; a browser always does so for a socket."""
    own = {f"{request.scheme}://{request.host}"}
    if public_url := request.app[HOUSE].settings.public_url:
        own.add(origin_of(public_url))
    return request.headers.get("Origin") in own
