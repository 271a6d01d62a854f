"""Asks for a code once more before what cannot be undone, when the last one is minutes old.

A passkey may answer in its place. What was filled in travels along in the question. After a right
answer the browser sends the same form to the same address again: so what is done there knows
nothing of this.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from aiohttp import web

from bot.console.answering import answered, take
from bot.console.challenges import NotAnswered, Site, site_of
from bot.console.codes import step_of
from bot.console.desk import SAFE, SESSION, draw, house_of, member_of
from bot.console.rights import CONFIRMED, Action
from bot.console.sessions import SignedIn
from bot.console.tries import Try
from bot.pages.forms import Form, read_form
from storage import passkeys, signin, staff
from storage.errors import Conflict
from storage.passkeys import Passkey

FRESH: Final = timedelta(minutes=5)
CODE: Final = "code_once_more"
PASSKEY: Final = "passkey_once_more"
REFUSED: Final = {CODE: "confirming.refused", PASSKEY: "confirming.passkey_refused"}
SAME_FORM_AGAIN: Final = 307


def needs_code(request: web.Request, action: Action, found: SignedIn) -> bool:
    """Say whether this changes something for which the last code is too old."""
    if action not in CONFIRMED or request.method in SAFE:
        return False
    now, at = house_of(request).clock.now(), found.confirmed_at
    return at is None or not now - FRESH < at <= now


async def ask_for_code(request: web.Request, action: Action) -> web.Response:
    """Ask for a code or a passkey, or have the form sent again when there is a right one in it."""
    form, refused = await read_form(request), ""
    for name, is_right in ((CODE, _is_right), (PASSKEY, _is_theirs)):
        if name in form:
            if await is_right(request, form[name]):
                return web.Response(status=SAME_FORM_AGAIN, headers={"Location": request.path_qs})
            refused = REFUSED[name]
    return await _page(request, action, form, refused)


def about_of(request: web.Request) -> str:
    """Name what a passkey is asked about here: a session, so that it answers for no other."""
    return f"confirming {request[SESSION].hex()}"


async def theirs(site: Site, request: web.Request) -> list[Passkey]:
    """List the passkeys of whoever is signed in."""
    async with site.house.database.reading() as db:
        return await passkeys.of_member(db, site.house.keystore.system, member_of(request).id)


async def _is_theirs(request: web.Request, answer: str) -> bool:
    """Note a right answer of a passkey of theirs at the session."""
    site = site_of(house_of(request), request)
    if site is None:
        return False
    try:
        given = await answered(request, site, answer)
        if given.passkey.staff_id != member_of(request).id:
            return False
        async with site.house.database.begin() as db:
            await take(db, given, about_of(request))
            await signin.confirm(db, request[SESSION], given.tried.at)
    except (NotAnswered, Conflict):
        return False
    return True


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


async def _page(request: web.Request, action: Action, form: Form, refused: str) -> web.Response:
    site = site_of(house_of(request), request)
    kept = [(name, value) for name, value in form.items() if name not in {CODE, PASSKEY}]
    return draw(
        request,
        "confirming.html",
        status=403,
        action=action,
        name=CODE,
        passkey=PASSKEY if site and await theirs(site, request) else "",
        kept=kept,
        refused=refused,
        way_back=request.path.rpartition("/")[0],
    )
