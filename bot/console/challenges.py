"""What a browser is asked about passkeys, and whether it answers right; by the WebAuthn standard.

No other site can ask for a passkey of ours, and nothing is kept of a question: an answer shows that
we asked, for what, and that it is not too late. What knows the standard is large, and in most
processes nobody uses a passkey; so it is read when it is first asked.
"""

from __future__ import annotations

import hmac
import json
from base64 import urlsafe_b64decode
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import timedelta
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.house import House
from bot.pages.headers import origin_of
from dialogs.frozen import Frozen
from storage import heard
from storage.passkeys import Passkey
from storage.staff_values import Member

PURPOSE = "passkey challenge"
VALID = timedelta(minutes=5)
MOMENT_BYTES, MAC_BYTES = 8, 16
LONGEST_ANSWER = 8_192
LOCAL = "localhost"
SIGNING_IN = ""


class NotAnswered(Exception):
    """What came back is no right answer to what was asked; what was in it is not told."""


class Site(Frozen):
    """What passkeys belong to: a house, its name in the network, and the address of its pages."""

    house: House
    name: str
    origin: str


def site_of(house: House, request: web.Request) -> Site | None:
    """Say what passkeys made here belong to; nothing where browsers make none."""
    outside = house.settings.public_url
    origin = origin_of(outside) if outside else f"{request.scheme}://{request.host}"
    host = urlsplit(origin).hostname or ""
    if not host or _is_number(host) or not (origin.startswith("https://") or host == LOCAL):
        return None
    return Site(house, host, origin)


def asked_to_add(site: Site, member: Member, theirs: list[Passkey]) -> str:
    """Ask a browser for a new passkey of this colleague, on a device that has none of theirs."""
    import webauthn  # noqa: PLC0415
    from webauthn.helpers import structs  # noqa: PLC0415

    options = webauthn.generate_registration_options(
        rp_id=site.name,
        rp_name=site.house.organisation.name,
        user_id=member.id.bytes,
        user_name=member.email,
        user_display_name=member.name,
        challenge=_challenge(site.house, str(member.id)),
        authenticator_selection=structs.AuthenticatorSelectionCriteria(
            resident_key=structs.ResidentKeyRequirement.REQUIRED,
            user_verification=structs.UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[
            structs.PublicKeyCredentialDescriptor(each.credential) for each in theirs
        ],
    )
    return webauthn.options_to_json(options)


def asked_to_answer(site: Site, about: str, theirs: Collection[Passkey] = ()) -> str:
    """Ask a browser for any passkey of ours, or for one of these, about one thing."""
    import webauthn  # noqa: PLC0415
    from webauthn.helpers import structs  # noqa: PLC0415

    options = webauthn.generate_authentication_options(
        rp_id=site.name,
        challenge=_challenge(site.house, about),
        allow_credentials=[
            structs.PublicKeyCredentialDescriptor(each.credential) for each in theirs
        ],
        user_verification=structs.UserVerificationRequirement.REQUIRED,
    )
    return webauthn.options_to_json(options)


async def added(db: AsyncSession, site: Site, member: Member, answer: str, name: str) -> Passkey:
    """Read what a browser answers to `asked_to_add`; raise NotAnswered."""
    import webauthn  # noqa: PLC0415

    told, clock = _read(answer), site.house.clock
    challenge = await _asked(db, site.house, told, str(member.id))
    with _right_or_not_answered():
        checked = webauthn.verify_registration_response(
            credential=told,
            expected_challenge=challenge,
            expected_rp_id=site.name,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    return Passkey(
        clock.new_id(),
        member.id,
        name,
        checked.credential_id,
        checked.credential_public_key,
        checked.sign_count,
        clock.now(),
    )


def credential_of(answer: str) -> bytes:
    """Say which passkey claims to answer; raise NotAnswered."""
    return _bytes(_read(answer).get("rawId"))


async def uses_after(
    db: AsyncSession, site: Site, passkey: Passkey, answer: str, about: str
) -> int:
    """Check an answer to `asked_to_answer`, and give the count of uses it tells.

    Raises NotAnswered. An answer is taken once, and only for as long as its question holds.
    """
    import webauthn  # noqa: PLC0415

    told = _read(answer)
    challenge = await _asked(db, site.house, told, about)
    with _right_or_not_answered():
        checked = webauthn.verify_authentication_response(
            credential=told,
            expected_challenge=challenge,
            expected_rp_id=site.name,
            expected_origin=site.origin,
            credential_public_key=passkey.public_key,
            credential_current_sign_count=passkey.uses,
            require_user_verification=True,
        )
    return checked.new_sign_count


@contextmanager
def _right_or_not_answered() -> Iterator[None]:
    """Let no reason out why an answer is not right: it may hold what was sent."""
    from webauthn.helpers.exceptions import WebAuthnException  # noqa: PLC0415

    try:
        yield
    except (WebAuthnException, ValueError, LookupError, TypeError):
        raise NotAnswered from None


def _challenge(house: House, about: str) -> bytes:
    """Make a question that is known again here, until when, and for what; nothing is kept of it."""
    moment = int((house.clock.now() + VALID).timestamp()).to_bytes(MOMENT_BYTES)
    asked = moment + house.clock.new_token().encode()
    return asked + _mac(house, asked, about)


async def _asked(db: AsyncSession, house: House, told: dict[str, Any], about: str) -> bytes:
    """Find our question in an answer, and use it up; raise NotAnswered."""
    now = house.clock.now()
    data = _json(_bytes(_part(told, "response").get("clientDataJSON")))
    challenge = _bytes(data.get("challenge"))
    asked, mac = challenge[:-MAC_BYTES], challenge[-MAC_BYTES:]
    until = int.from_bytes(asked[:MOMENT_BYTES])
    if not hmac.compare_digest(mac, _mac(house, asked, about)) or until <= now.timestamp():
        raise NotAnswered
    if not await heard.keep(db, [f"passkey:{asked.hex()}"], now):
        raise NotAnswered
    return challenge


def _mac(house: House, asked: bytes, about: str) -> bytes:
    message = asked + about.encode()
    return hmac.digest(house.keystore.derive(PURPOSE), message, "sha256")[:MAC_BYTES]


def _read(answer: str) -> dict[str, Any]:
    if len(answer) > LONGEST_ANSWER:
        raise NotAnswered
    return _json(answer.encode("utf-8", "replace"))


def _json(text: bytes) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise NotAnswered from None
    if not isinstance(found, dict):
        raise NotAnswered
    return found


def _part(told: dict[str, Any], name: str) -> dict[str, Any]:
    part = told.get(name)
    if not isinstance(part, dict):
        raise NotAnswered
    return part


def _bytes(text: object) -> bytes:
    if not isinstance(text, str):
        raise NotAnswered
    try:
        return urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        raise NotAnswered from None


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
