"""Who is signed in: a token in a cookie, of which storage knows only the hash.

Nothing of a session is kept in this process, so that signing out ends it everywhere.
"""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from aiohttp import web
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.house import House
from dialogs.frozen import Frozen
from storage import own_keys, signin, staff
from storage.pairs import PrivateKey
from storage.staff_values import Member

TO_FORGET = '"cache", "cookies", "storage"'
LONGEST_TOKEN = 128


class SignedIn(Frozen):
    """A member of staff, and the session they came with."""

    member: Member
    session: bytes
    confirmed_at: datetime | None


def hashed(token: str) -> bytes:
    """Give what is known of a token here."""
    return sha256(token.encode("utf-8", "replace")).digest()


def cookie_name(house: House) -> str:
    """Name the cookie; over https no other host, and no page without https, can set this one."""
    return "__Host-sid" if house.settings.is_https else "sid"


def token_of(request: web.Request, house: House) -> str:
    """Read the token that a browser shows, if it has one."""
    return request.cookies.get(cookie_name(house), "")[:LONGEST_TOKEN]


async def signed_in(
    request: web.Request, house: House, *, is_activity: bool = True
) -> SignedIn | None:
    """Find who asks. A page that refreshes itself is nobody's activity."""
    token = token_of(request, house)
    if not token:
        return None
    session, now = hashed(token), house.clock.now()
    async with house.database.reading() as db:
        found = await signin.find(db, session, now)
        if found is None:
            return None
        member = await staff.get(db, house.keystore.system, found.staff_id)
    if is_activity and found.seen_at < now - signin.MINUTE:
        async with house.database.begin() as db:
            await signin.touch(db, session, now)
    return SignedIn(member, session, found.confirmed_at)


async def begin(
    db: AsyncSession,
    house: House,
    request: web.Request,
    member: Member,
    own_key: PrivateKey | None = None,
) -> str:
    """Start a session under a new token; the one that the browser had before ends.

    A key of the member's own lies in it under that token, which is not kept here.
    """
    await signin.end(db, hashed(token_of(request, house)))
    token = house.clock.new_token()
    laid = None if own_key is None else own_keys.for_session(token, own_key)
    await signin.start(db, hashed(token), member.id, house.clock.now(), laid)
    return token


def hand_out(response: web.Response, house: House, token: str) -> None:
    """Give the browser its token; no script can read it, and no other site's page can send it."""
    response.set_cookie(
        cookie_name(house),
        token,
        path="/",
        httponly=True,
        samesite="Strict",
        secure=house.settings.is_https,
    )


def take_back(response: web.Response, house: House) -> None:
    """Make the browser forget the token, and everything it has seen here."""
    response.del_cookie(
        cookie_name(house),
        path="/",
        httponly=True,
        samesite="Strict",
        secure=house.settings.is_https,
    )
    response.headers["Clear-Site-Data"] = TO_FORGET
