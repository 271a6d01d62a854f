"""The gate of the desk: nobody passes without a session, and nobody does what they may not do.

Whoever is not signed in learns nothing, not even whether an address exists.
"""

from __future__ import annotations

from contextlib import suppress
from urllib.parse import quote, urlsplit
from uuid import UUID

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.console.auditing import BY_ITSELF, NOTED, note_of
from bot.console.confirming import ask_for_code, needs_code
from bot.console.desk import MEMBER, SAFE, SESSION, house_of, say_to
from bot.console.rights import OPEN, Action, may, who_may
from bot.console.sessions import signed_in
from bot.pages.drawing import is_htmx, see_other
from bot.pages.languages import LANGUAGE, desk_language_of
from bot.pages.refusals import NotAllowed
from bot.pages.sockets import send_away
from dialogs.frozen import Frozen
from storage.errors import Conflict, NotFound, Unavailable

ROOT = "/staff"
SIGN_IN = "/staff/sign-in"
REFUSED = 400


class Guard(Frozen):
    """What somebody must be allowed to do here, and whether asking shows that they are there."""

    action: Action
    is_activity: bool = True


GUARDS: web.AppKey[dict[web.AbstractRoute, Guard]] = web.AppKey("guards")


def is_below(path: str) -> bool:
    """Say whether an address belongs to the desk."""
    return path == ROOT or path.startswith(f"{ROOT}/")


@web.middleware
async def keep_gate(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Let through who may pass; turn what storage says into answers, for all pages at once."""
    if not is_below(request.path):
        return await handler(request)
    try:
        return await _pass(request, handler)
    except NotFound:
        raise web.HTTPNotFound from None
    except Conflict:
        raise web.HTTPConflict from None
    except Unavailable:
        raise web.HTTPServiceUnavailable(headers={"Retry-After": "5"}) from None


async def _pass(request: web.Request, handler: Handler) -> web.StreamResponse:
    guard = request.app[GUARDS].get(request.match_info.route)
    is_activity = guard is None or guard.is_activity
    found = await signed_in(request, house_of(request), is_activity=is_activity)
    # A language that was taken away leaves its readers with what their browser asks for.
    request[LANGUAGE] = desk_language_of(request)
    if found is not None:
        request[MEMBER], request[SESSION] = found.member, found.session
        if found.member.language in house_of(request).wording.desk_languages:
            request[LANGUAGE] = found.member.language
    elif guard is None or guard.action not in OPEN:
        return await _turned_away(request)
    if guard is not None and not may(request.get(MEMBER), guard.action):
        raise _not_allowed(request, guard.action)
    if found is not None and guard is not None and needs_code(request, guard.action, found):
        return await ask_for_code(request, guard.action)
    request[BY_ITSELF] = not is_activity
    response = await handler(request)
    if guard is not None and request.method not in SAFE and response.status < REFUSED:
        await _leave_a_line(request, guard.action)
    return response


def _not_allowed(request: web.Request, action: Action) -> NotAllowed:
    say = say_to(request)
    who = ", ".join(say(f"role.{role}") for role in who_may(action))
    return NotAllowed(say("gate.refused", what=say(f"action.{action}"), who=who))


async def _leave_a_line(request: web.Request, action: Action) -> None:
    """Write down an action that left no line of its own."""
    if MEMBER not in request or NOTED in request:
        return
    object_id = None
    with suppress(KeyError, ValueError):
        object_id = UUID(request.match_info["id"])
    house = house_of(request)
    async with house.database.begin() as db:
        await note_of(db, house, request[MEMBER], action, object_id)


async def _turned_away(request: web.Request) -> web.StreamResponse:
    """Lead to the sign-in, or say so to a page that is open and keeps what was typed."""
    if request.headers.get("Upgrade", "").lower() == "websocket":
        return await send_away(request)
    if is_htmx(request):
        raise web.HTTPUnauthorized
    return see_other(f"{SIGN_IN}?next={quote(_way_back(request), safe='/')}")


def _way_back(request: web.Request) -> str:
    """Say where to go on after signing in; what a form would have done is not done by that."""
    if request.method in SAFE:
        return request.path_qs
    return request.path.rpartition("/")[0]


def led_back(offered: str) -> str:
    """Take an address to go on at if it is one of the desk, whatever it looks like."""
    try:
        parts = urlsplit(offered)
    except ValueError:
        return ROOT
    is_plain = offered.isascii() and offered.isprintable() and "\\" not in offered
    is_ours = not parts.scheme and not parts.netloc and is_below(parts.path)
    return offered if is_plain and is_ours and parts.path != SIGN_IN else ROOT
