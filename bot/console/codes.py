"""The six digits of an authenticator app: the second thing that signing in takes."""

from __future__ import annotations

import hmac
from base64 import b32encode
from datetime import datetime
from io import BytesIO
from typing import Final

import pyotp

STEP_S: Final = 30
ISSUER: Final = "Handreiking"
SECRET_BYTES: Final = 20


def step_of(secret: str, offered: str, now: datetime) -> int | None:
    """Find the time step of a code that is right now, or was, or will be half a minute from now.

    A step that was used before must be refused by whoever keeps it.
    """
    maker = pyotp.TOTP(secret)
    current = int(now.timestamp()) // STEP_S
    code = "".join(offered.split()).encode("utf-8", "replace")
    # All of them are compared, so that the time this takes tells nothing.
    right = [
        step
        for step in (current - 1, current, current + 1)
        if hmac.compare_digest(maker.generate_otp(step).encode(), code)
    ]
    return right[-1] if right else None


def code_of(secret: str, now: datetime) -> str:
    """Give the six digits that are right now."""
    return pyotp.TOTP(secret).at(now)


def secret_for(key: bytes, token: str) -> str:
    """Derive the secret that a set-up link offers, so that it is the same until it is used."""
    digest = hmac.digest(key, token.encode(), "sha256")
    return b32encode(digest[:SECRET_BYTES]).decode()


def in_groups(secret: str) -> str:
    """Write a secret so that it can be typed over."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


def picture(secret: str, email: str) -> bytes:
    """Draw the square that an authenticator app scans, as SVG."""
    # A colleague is set up once.
    import segno  # noqa: PLC0415

    address = pyotp.TOTP(secret).provisioning_uri(name=email or ISSUER, issuer_name=ISSUER)
    drawn = BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawn, kind="svg", scale=4, border=4, dark="#000", light="#fff", xmldecl=False
    )
    return drawn.getvalue()
