"""Puts what all pages share into the application; called once, before the rooms add theirs."""

from __future__ import annotations

import logging

from aiohttp import web

from bot import json_limits
from bot.pages.assets import Assets
from bot.pages.drawing import TEMPLATES, environment
from bot.pages.headers import REFUSED_BY_BROWSERS, add_headers
from bot.pages.origins import same_origin_only
from bot.pages.refusals import refuse_kindly
from bot.pages.sockets import SOCKETS, close_all

LOG = logging.getLogger(__name__)
LARGEST_REPORT = 16 * 1024


def install(app: web.Application) -> None:
    """Add headers, refusals, the rule of origins, files and sockets; `app[HOUSE]` must be there."""
    assets = Assets.read()
    app[TEMPLATES] = environment(assets)
    app[SOCKETS] = set()
    app.middlewares.append(refuse_kindly)
    app.middlewares.append(same_origin_only)
    app.on_response_prepare.append(add_headers)
    app.on_shutdown.append(close_all)
    app.router.add_get("/static/{version}/{name:.+}", assets.answer)
    app.router.add_post(REFUSED_BY_BROWSERS, note_report)


async def note_report(request: web.Request) -> web.Response:
    """Note that a browser refused something on a page; a report itself may hold addresses."""
    await json_limits.read_body(request, LARGEST_REPORT)
    LOG.warning("a browser refused something that a page of ours wanted to do")
    return web.Response(status=204)
