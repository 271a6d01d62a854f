"""Whatever cannot be done becomes one friendly sentence, in the visitor's language.

An error that nobody expected is a 503 as well: it says nothing about the inside, and the log names
where it happened and never what anybody wrote.
"""

from __future__ import annotations

import logging
import traceback

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.house import HOUSE
from bot.pages.drawing import is_htmx, notice, page
from bot.pages.languages import language_of
from dialogs.values import Service

LOG = logging.getLogger(__name__)
WORDED = frozenset({400, 401, 403, 404, 405, 408, 409, 413, 415, 422, 429, 503})
REFUSED = 400
DEEPEST = 6


class NotAllowed(web.HTTPForbidden):
    """Somebody may not do this; `sentence` says what, and who may."""

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self.sentence = sentence


@web.middleware
async def refuse_kindly(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer what was raised: a refusal in words, anything unexpected as a 503."""
    try:
        return await handler(request)
    except web.HTTPException as raised:
        if raised.status < REFUSED:
            raise
        return refusal(request, raised)
    except Exception as error:  # noqa: BLE001 - nobody may be shown the inside of the house
        LOG.error("%s %s failed: %s", request.method, _route(request), where(error))  # noqa: TRY400
        return refusal(request, web.HTTPServiceUnavailable(headers={"Retry-After": "5"}))


def refusal(request: web.Request, raised: web.HTTPException) -> web.Response:
    """Word a refusal: a page for a person, a notice for a page that is open, else plain text."""
    answer = _worded(request, raised)
    for name in ("Allow", "Retry-After"):
        if name in raised.headers:
            answer.headers[name] = raised.headers[name]
    if raised.keep_alive is False:
        answer.force_close()
    return answer


def where(error: BaseException) -> str:
    """Name an error and the places it came through; its message may hold anything."""
    frames = traceback.extract_tb(error.__traceback__)[-DEEPEST:]
    places = " > ".join(f"{frame.name}:{frame.lineno}" for frame in frames)
    return f"{type(error).__name__} at {places}"


def _worded(request: web.Request, raised: web.HTTPException) -> web.Response:
    sentence = (
        raised.sentence
        if isinstance(raised, NotAllowed)
        else say(request, f"page.refused.{raised.status if raised.status in WORDED else 400}")
    )
    if is_htmx(request):
        return notice(request, lambda id: say(request, id), sentence, raised.status)
    if "text/html" not in request.headers.get("Accept", ""):
        return web.Response(text=raised.text or f"{sentence}\n", status=raised.status)
    return page(
        request, "pages/refusal.html", lambda id: say(request, id),
        status=raised.status, sentence=sentence,
        home="/staff" if request.path.startswith("/staff") else "/chat",
    )  # fmt: skip


def say(request: web.Request, id: str) -> str:
    """Word an id of the pages."""
    return request.app[HOUSE].wording.text(language_of(request), Service.MEDIATION, id) or ""


def _route(request: web.Request) -> str:
    """Name an address without what stands in it, which may be a token."""
    resource = request.match_info.route.resource
    return resource.canonical if resource else "(no address)"
