"""Passkeys of colleagues: signing in with one, making one, and taking one away.

A device says which passkey it holds, and that its owner unlocked it. So one takes the place of all
three of the other way in.
"""

from __future__ import annotations

from aiohttp import web
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.console import challenges
from bot.console.answering import answered, take
from bot.console.auditing import Doing, note, note_of
from bot.console.challenges import SIGNING_IN, NotAnswered, Site, site_of
from bot.console.confirming import about_of, theirs
from bot.console.desk import SESSION, house_of, member_of
from bot.console.gate import led_back
from bot.console.me import ME, page
from bot.console.members import is_name
from bot.console.requests import id_of
from bot.console.sessions import begin, hand_out
from bot.console.sign_in import door
from bot.pages.drawing import see_other
from bot.pages.forms import read_form
from storage import passkeys, signin, staff
from storage.errors import Conflict

KIND = "application/json"


async def ask_to_sign_in(request: web.Request) -> web.Response:
    """Give a browser the question to any passkey of ours."""
    asked = challenges.asked_to_answer(_site(request), SIGNING_IN)
    return web.Response(text=asked, content_type=KIND)


async def ask_to_confirm(request: web.Request) -> web.Response:
    """Give a browser the question to a passkey of whoever is signed in, in place of a code."""
    site = _site(request)
    asked = challenges.asked_to_answer(site, about_of(request), await theirs(site, request))
    return web.Response(text=asked, content_type=KIND)


async def ask_to_add(request: web.Request) -> web.Response:
    """Give a browser the question for a new passkey."""
    site = _site(request)
    asked = challenges.asked_to_add(site, member_of(request), await theirs(site, request))
    return web.Response(text=asked, content_type=KIND)


async def add(request: web.Request) -> web.Response:
    """Keep a new passkey under the name its owner gives it."""
    house, member, form = house_of(request), member_of(request), await read_form(request)
    name, answer = form.get("name", "").strip(), form.get("answer", "")
    if not is_name(name):
        return await page(request, passkey_problem=True, status=422)
    try:
        async with house.database.begin() as db:
            await _still(db, request)
            new = await challenges.added(db, _site(request), member, answer, name)
            await passkeys.add(db, house.keystore.system, new)
            await note(db, request, Doing.PASSKEY_ADDED, new.id)
    except (NotAnswered, Conflict):
        return await page(request, passkey_problem=True, status=422)
    return see_other(f"{ME}#passkeys")


async def _still(db: AsyncSession, request: web.Request) -> None:
    """Raise Conflict for whose session ended while their form came in.

    Otherwise who is reset at that moment would keep a way in.
    """
    house = house_of(request)
    await staff.hold(db, house.keystore.system, member_of(request).id)
    if await signin.find(db, request[SESSION], house.clock.now()) is None:
        raise Conflict("this session ended in the meantime")


async def remove(request: web.Request) -> web.Response:
    """Let a passkey open nothing any more."""
    async with house_of(request).database.begin() as db:
        await passkeys.remove(db, member_of(request).id, id_of(request))
        await note(db, request, Doing.PASSKEY_REMOVED, id_of(request))
    return see_other(f"{ME}#passkeys")


async def sign_in(request: web.Request) -> web.Response:
    """Let somebody in whose device answers right; a try is counted before it is looked at."""
    house, form = house_of(request), await read_form(request)
    answer, next_page = form.get("answer", ""), led_back(form.get("next", ""))
    token = await _let_in(request, _site(request), answer)
    if token is None:
        return door(request, next_page, refused="sign_in.passkey_refused", status=401)
    response = see_other(next_page)
    hand_out(response, house, token)
    return response


async def _let_in(request: web.Request, site: Site, answer: str) -> str | None:
    """Give a session's token when all is right."""
    house = house_of(request)
    try:
        given = await answered(request, site, answer)
        async with house.database.begin() as db:
            member = await take(db, given, SIGNING_IN)
            await note_of(db, house, member, Doing.SIGNED_IN)
            return await begin(db, house, request, member)
    except (NotAnswered, Conflict):
        return None


def _site(request: web.Request) -> Site:
    site = site_of(house_of(request), request)
    if site is None:
        raise web.HTTPNotFound
    return site
