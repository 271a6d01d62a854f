"""Signing in: e-mail address, passphrase and a code, in one form.

Whatever is wrong, the answer is the same; and a try is counted before it is looked at.
"""

from __future__ import annotations

from unicodedata import normalize

from aiohttp import web
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.console.auditing import Doing, note_of
from bot.console.challenges import site_of
from bot.console.codes import step_of
from bot.console.desk import MEMBER, draw, house_of
from bot.console.gate import led_back
from bot.console.letterboxes import own_with, settle
from bot.console.passphrases import LONGEST
from bot.console.sessions import begin, hand_out
from bot.console.tries import Try
from bot.hashes import SlowHashes
from bot.house import House
from bot.pages.drawing import see_other
from bot.pages.forms import Form, read_form
from dialogs.frozen import Frozen, Hidden
from storage import signin, staff
from storage.errors import Conflict
from storage.signin import Attempts
from storage.staff_values import Credentials, Member

PASSPHRASES: web.AppKey[SlowHashes] = web.AppKey("passphrases", SlowHashes)
# Compared with where there is no account, so that this takes as long.
NOBODYS_SECRET = "A" * 32
LONGEST_EMAIL = 254


class Offered(Frozen):
    """What somebody shows at the door."""

    email: Hidden[str]
    passphrase: Hidden[str]
    code: Hidden[str]

    @classmethod
    def read(cls, form: Form) -> Offered:
        """Read it from the form; what is too long is never right."""
        return cls(
            form.get("email", "").strip()[: LONGEST_EMAIL + 1],
            unified(form.get("passphrase", ""))[: LONGEST + 1],
            form.get("code", "")[:16],
        )


async def show(request: web.Request) -> web.Response:
    """Show the form, or lead on who is signed in already."""
    next_page = led_back(request.query.get("next", ""))
    if MEMBER in request:
        return see_other(next_page)
    return door(request, next_page)


def door(
    request: web.Request, next_page: str, *, email: str = "", refused: str = "", status: int = 200
) -> web.Response:
    """Draw the page at which one signs in; `refused` names the words for what did not work."""
    return draw(
        request,
        "sign_in.html",
        status=status,
        next_page=next_page,
        email=email,
        refused=refused,
        has_passkeys=site_of(house_of(request), request) is not None,
    )


async def sign_in(request: web.Request) -> web.Response:
    """Let somebody in who knows all three."""
    house, form = house_of(request), await read_form(request)
    offered, next_page = Offered.read(form), led_back(form.get("next", ""))
    tried = Try.of(house, request.remote, offered.email)
    async with house.database.begin() as db:
        attempts = await signin.record(db, tried.account, tried.network, tried.at)
        known = await staff.find_by_email(db, house.keystore.system, tried.account)
    token = None if attempts.too_many else await _let_in(request, known, offered, tried)
    if token is None:
        return _refused(request, offered, next_page, attempts)
    response = see_other(next_page)
    hand_out(response, house, token)
    return response


async def _let_in(
    request: web.Request, known: Credentials | None, offered: Offered, tried: Try
) -> str | None:
    """Check everything, whatever was wrong before it; give a session's token when all is right."""
    house, passphrases = house_of(request), request.app[PASSPHRASES]
    kept = known.password if known else None
    secret = known.totp if known else None
    is_right = await passphrases.is_right(kept, offered.passphrase)
    step = step_of(secret or NOBODYS_SECRET, offered.code, tried.at)
    if known is None or not (known.member.active and kept and secret and is_right) or step is None:
        return None
    renewed = None
    if passphrases.is_outdated(kept):
        renewed = await passphrases.hash(offered.passphrase)
    own = await own_with(house, passphrases, known.member, offered.passphrase)
    try:
        async with house.database.begin() as db:
            # In the order in which a try is counted, so that no two of them wait for each other.
            await signin.forgive(db, tried.account, tried.network, tried.at)
            member = await _still(db, house, known)
            await staff.note_totp_step(db, member.id, step)
            if renewed is not None:
                await staff.set_password(db, house.keystore.system, member.id, renewed)
            own_key = await settle(db, house, member, own)
            await note_of(db, house, member, Doing.SIGNED_IN)
            return await begin(db, house, request, member, own_key)
    except Conflict:
        return None


async def _still(db: AsyncSession, house: House, known: Credentials) -> Member:
    """Get somebody as they are now, and stay; raise Conflict when what was compared is not kept.

    Comparing takes long enough for a colleague to be reset, or to be let in no more.
    """
    kept = await staff.hold(db, house.keystore.system, known.member.id)
    if not kept.member.active or (kept.password, kept.totp) != (known.password, known.totp):
        raise Conflict("how this colleague signs in was changed in the meantime")
    return kept.member


def _refused(
    request: web.Request, offered: Offered, next_page: str, attempts: Attempts
) -> web.Response:
    """Answer in the same words whatever was wrong.

    That it was tried too often is no secret, for it is counted alike where there is no account;
    only the count of an account's failures in a row is kept for ourselves.
    """
    is_hasty = attempts.too_many and attempts.in_a_row <= signin.IN_A_ROW
    status = 429 if is_hasty else 401
    refused = "sign_in.refused"
    response = door(request, next_page, email=offered.email, refused=refused, status=status)
    if is_hasty:
        response.headers["Retry-After"] = str(int(signin.MINUTE.total_seconds()))
    return response


def unified(passphrase: str) -> str:
    """Make the same letters of what different keyboards send for them."""
    return normalize("NFC", passphrase)
