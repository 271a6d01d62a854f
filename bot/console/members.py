"""Members of staff as the command line and the first start know them: each gets a set-up link.

A link is worth a day, and once. Nobody but its holder ever learns the passphrase.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import timedelta
from ipaddress import ip_address

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.console.auditing import Doing, note_of
from bot.console.sessions import hashed
from bot.console.tries import email_index
from bot.house import House
from bot.settings import Settings
from dialogs.frozen import replace
from storage import letterbox, own_keys, passkeys, signin, staff
from storage.duties import Duty, take_turns
from storage.errors import NotFound
from storage.staff_values import Member, StaffRole

VALID = timedelta(hours=24)
EMAIL = re.compile(r"[^@\s<>]{1,64}@[^@\s<>]{1,180}\.[^@\s<>.]{1,63}")
LONGEST_NAME = 60
THIS_MACHINE = "127.0.0.1"


class BadMember(ValueError):
    """A member of staff cannot be added like this: it says what is wrong."""


async def setup_link(house: House, address: str = "") -> str | None:
    """Make a link for the first member of staff, as long as nobody can sign in.

    `address` is where the house can be reached, for whoever knows better than the settings.
    """
    system = house.keystore.system
    async with house.database.begin() as db:
        # Processes that start together make one first member.
        await take_turns(db, Duty.SET_UP)
        everyone = await staff.everyone(db, system)
        for member in everyone:
            known = await staff.credentials(db, system, member.id)
            if member.active and known.password and known.totp:
                return None
        first = next((member for member in everyone if not member.email), None)
        if first is None:
            first = _first_member(house)
            await staff.add(db, system, first, email_index(house, ""))
        return await _link(db, house, first, address)


async def add(
    house: House,
    name: str,
    email: str,
    roles: Collection[StaffRole],
    queues: Collection[str],
    *,
    address: str = "",
    by: Member | None = None,
) -> str:
    """Add a colleague and give their set-up link; nobody does it for the command line.

    Raise BadMember for what cannot be, and Conflict for an e-mail address that is taken.
    """
    known = {queue.key for queue in house.organisation.queues}
    if unknown := sorted(set(queues) - known):
        raise BadMember(f"{unknown[0]} is not a queue; there are {', '.join(sorted(known))}")
    if not is_name(name):
        raise BadMember("the name must be one line of at most 60 characters")
    if not is_email(email):
        raise BadMember("the e-mail address does not look like one")
    language = house.wording.desk_languages[0]
    id = house.clock.new_id()
    member = Member(id, name.strip(), email.strip(), frozenset(roles), frozenset(queues), language)
    async with house.database.begin() as db:
        await staff.add(db, house.keystore.system, member, email_index(house, email))
        await note_of(db, house, by, Doing.ADDED, member.id)
        return await _link(db, house, member, address)


async def everyone(house: House) -> list[Member]:
    """List the members of staff by name, without the one who still has to say who they are."""
    async with house.database.reading() as db:
        found = await staff.everyone(db, house.keystore.system)
    return [member for member in found if member.email]


async def disable(house: House, email: str, *, by: Member | None = None) -> Member:
    """Let a colleague in no more, from this moment on; raise NotFound.

    Raise LastKey when nobody else opens a letterbox that they open.
    """
    async with house.database.begin() as db:
        member = await _find(db, house, email)
        await staff.change(db, member.id, active=False)
        await letterbox.take_away(db, member.id)
        await note_of(db, house, by, Doing.DISABLED, member.id)
    return replace(member, active=False)


async def reset(
    house: House,
    email: str,
    *,
    address: str = "",
    by: Member | None = None,
    even_the_last: bool = False,
) -> str:
    """Give a colleague a new set-up link; what they knew until now opens nothing any more.

    Raise LastKey when nobody else opens a letterbox that they open: what is in it would be lost.
    """
    system = house.keystore.system
    async with house.database.begin() as db:
        member = await _find(db, house, email)
        await staff.change(db, member.id, active=True)
        await letterbox.take_away(db, member.id, even_the_last=even_the_last)
        # A key given before they chose a new passphrase would lie under the old one.
        await own_keys.forget_own(db, member.id)
        await staff.set_totp(db, system, member.id, None)
        await passkeys.remove_all(db, member.id)
        await note_of(db, house, by, Doing.LINK_MADE, member.id)
        return await _link(db, house, member, address)


def is_name(name: str) -> bool:
    """Take any name of one line; people are shown it."""
    return 0 < len(name.strip()) <= LONGEST_NAME and name.isprintable()


def is_email(email: str) -> bool:
    """Take what looks like an e-mail address."""
    return EMAIL.fullmatch(email.strip()) is not None


async def _find(db: AsyncSession, house: House, email: str) -> Member:
    known = await staff.find_by_email(db, house.keystore.system, email_index(house, email))
    if known is None or not email.strip():
        raise NotFound("no such member of staff")
    return known.member


async def _link(db: AsyncSession, house: House, member: Member, address: str) -> str:
    token = house.clock.new_token()
    await signin.add_link(db, hashed(token), member.id, house.clock.now() + VALID)
    outside = house.settings.public_url or address.rstrip("/") or _address_of(house.settings)
    return f"{outside}/staff/setup/{token}"


def _address_of(settings: Settings) -> str:
    """Say where a browser on this machine finds the house."""
    host = THIS_MACHINE if _is_everywhere(settings.host) else settings.host
    return f"http://[{host}]:{settings.port}" if ":" in host else f"http://{host}:{settings.port}"


def _is_everywhere(host: str) -> bool:
    """Say whether a house that listens here listens at every address, which no browser can open."""
    try:
        return ip_address(host).is_unspecified
    except ValueError:
        return not host


def _first_member(house: House) -> Member:
    """Make a member who says who they are when they use their link, and who may do everything."""
    queues = frozenset(queue.key for queue in house.organisation.queues)
    language = house.wording.desk_languages[0]
    return Member(house.clock.new_id(), "", "", frozenset(StaffRole), queues, language)
