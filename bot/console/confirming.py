"""Asks for a code once more before what cannot be undone, when the last one is minutes old.

What was filled in travels along in the question. After a right code the browser sends the same form
to the same address again: so what is done there knows nothing of this.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from aiohttp import web

from bot.console.codes import step_of
from bot.console.desk import SAFE, SESSION, draw, house_of, member_of
from bot.console.rights import CONFIRMED, Action
from bot.console.sessions import SignedIn
from bot.console.tries import Try
from bot.pages.forms import Form, read_form
from storage import signin, staff
from storage.errors import Conflict

FRESH: Final = timedelta(minutes=5)
CODE: Final = "code_once_more"
SAME_FORM_AGAIN: Final = 307


def needs_code(request: web.Request, action: Action, found: SignedIn) -> bool:
    """Say whether this changes something for which the last code is too old."""
    if action not in CONFIRMED or request.method in SAFE:
        return False
    now, at = house_of(request).clock.now(), found.confirmed_at
    return at is None or not now - FRESH < at <= now


async def ask_for_code(request: web.Request, action: Action) -> web.Response:
    """Ask for a code, or have the form sent again when there is a right one in it."""
    form = await read_form(request)
    if CODE not in form:
        return _page(request, action, form)
    if not await _is_right(request, form[CODE]):
        return _page(request, action, form, refused=True)
    return web.Response(status=SAME_FORM_AGAIN, headers={"Location": request.path_qs})


async def _is_right(request: web.Request, code: str) -> bool:
    """Note a right code at the session; a try is counted before it is looked at."""
    house, member = house_of(request), member_of(request)
    tried = Try.of(house, request.remote, member.email)
    async with house.database.begin() as db:
        attempts = await signin.record(db, tried.account, tried.network, tried.at)
        known = await staff.find_by_email(db, house.keystore.system, tried.account)
    step = step_of(known.totp, code[:16], tried.at) if known and known.totp else None
    if step is None or attempts.too_many:
        return False
    try:
        async with house.database.begin() as db:
            await signin.forgive(db, tried.account, tried.network, tried.at)
            await staff.note_totp_step(db, member.id, step)
            await signin.confirm(db, request[SESSION], tried.at)
    except Conflict:
        return False
    return True


def _page(
    request: web.Request, action: Action, form: Form, *, refused: bool = False
) -> web.Response:
    kept = [(name, value) for name, value in form.items() if name != CODE]
    return draw(
        request,
        "confirming.html",
        status=403,
        action=action,
        name=CODE,
        kept=kept,
        refused=refused,
        way_back=request.path.rpartition("/")[0],
    )
