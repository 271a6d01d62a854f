"""A request as the desk finds it by its address; another queue's is not there at all."""

from __future__ import annotations

import json
from uuid import UUID

from aiohttp import web

from bot.console.desk import house_of, member_of, say_to
from bot.console.time_left import Reading
from bot.pages.forms import Form
from bot.pages.languages import language_of
from storage import referrals
from storage.errors import NotFound
from storage.referrals import Referral, Status
from storage.staff_values import Member

LONGEST_NONCE = 64

HALF = 4

# In the address of whom "give me the next one" led to a request.
LED = "led"


def id_of(request: web.Request) -> UUID:
    """Read the id in the address; one that is none looks like one that is not there."""
    return id_in(request.match_info["id"])


def id_in(text: str) -> UUID:
    """Read an id that came from outside; raise NotFound for what is none."""
    try:
        return UUID(text)
    except ValueError:
        raise NotFound("there is nothing by this name") from None


def reference_of(said: str) -> str:
    """Write a reference as it is kept, however it was heard: “k7p4 2m9x” is “K7P4-2M9X”."""
    signs = "".join(each for each in said.upper() if each.isalnum())
    return f"{signs[:HALF]}-{signs[HALF:]}"


async def found(request: web.Request) -> Referral:
    """Get the request that the address names; raise NotFound for one of another queue too."""
    async with house_of(request).database.reading() as db:
        return await referrals.get(db, member_of(request), id_of(request))


def person_of(referral: Referral) -> UUID:
    """Give whose request it is; raise NotFound when they were forgotten."""
    if referral.person_id is None:
        raise NotFound("no such request")
    return referral.person_id


def is_led(request: web.Request) -> bool:
    """Say whether somebody came here for the next one, and did not choose this one from a list."""
    return LED in request.query


def is_owned_by(member: Member, referral: Referral) -> bool:
    """Say whether this colleague works on it now."""
    return referral.status is Status.OWNED and referral.owner_id == member.id


def is_kept_by(member: Member, referral: Referral) -> bool:
    """Say whether it is this colleague's, also after it ended."""
    return referral.owner_id == member.id


def taken_from(member: Member, referral: Referral) -> str | None:
    """Name the colleague who works on it now; nobody when that is the member or no one."""
    is_taken = referral.status is Status.OWNED and referral.owner_id != member.id
    return referral.owner_name if is_taken else None


def has_content(referral: Referral) -> bool:
    """Say whether its content may be read: not before somebody picked it up, nor when withdrawn."""
    return referral.owner_id is not None and referral.status is not Status.WITHDRAWN


def key_of(request: web.Request, form: Form, *words: str) -> str:
    """Name what a form asks for, so that sending it twice does it once.

    A form that was sent without the name it was given is a new one each time, and so is one that
    is sent with other words.
    """
    nonce = nonce_of(form) or house_of(request).clock.new_token()
    key = f"staff:{member_of(request).id}:{request.path}:{nonce}"
    if not words:
        return key
    # Keyed, for the words of a short answer could be guessed from a plain hash.
    said = house_of(request).keystore.index("form", json.dumps([nonce, *words]))
    return f"{key}:{said.hex()}"


def nonce_of(form: Form) -> str:
    """Give the name under which a form was drawn; nothing when it has none that can be kept."""
    nonce = form.get("nonce", "")
    is_name = len(nonce) <= LONGEST_NONCE and nonce.isascii() and nonce.isprintable()
    return nonce if is_name else ""


def reading_of(request: web.Request) -> Reading:
    """Say who reads a page, where and when."""
    house = house_of(request)
    return Reading(
        house.clock.now(), house.settings.timezone, language_of(request), say_to(request)
    )


def address_of(referral: Referral) -> str:
    """Give the address of a request's page."""
    return f"/staff/r/{referral.id}"
