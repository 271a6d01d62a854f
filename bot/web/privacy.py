"""The page that says what is kept, why, who reads it and until when; made from what does it."""

from __future__ import annotations

from aiohttp import web

from bot.house import HOUSE
from bot.inventory import Notice
from bot.pages.languages import LANGUAGE, language_of
from bot.pages.refusals import say
from bot.web.sheets import draw_document
from dialogs.values import Service


async def show(request: web.Request) -> web.StreamResponse:
    """Show it in the language and for the service of the address, or the browser's and the first.

    No cookie is read: the page is the same for everybody.
    """
    house = request.app[HOUSE]
    request[LANGUAGE] = request.match_info.get("language", "")
    named = request.match_info.get("service", Service.MEDIATION)
    service = next((each for each in Service if each == named), None)
    if service is None:
        raise web.HTTPNotFound
    language = language_of(request)
    notice = Notice(house.organisation, house.settings, house.wording, service, language)
    today = house.clock.now().astimezone(house.settings.timezone).date()
    return draw_document(request, lambda id: say(request, id), notice.document(today))


def install(app: web.Application) -> None:
    """Add the addresses."""
    app.router.add_get("/privacy", show)
    app.router.add_get("/privacy/{language}/{service}", show)
