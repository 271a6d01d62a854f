"""Passphrases of colleagues: how long they must be, and one to begin with."""

from __future__ import annotations

from base64 import b32encode
from hashlib import sha256

SHORTEST, LONGEST = 14, 128
GROUPS, SIGNS_IN_A_GROUP = 5, 5


def suggested(token: str) -> str:
    """Make a passphrase of a fresh token: 125 bits, in groups that can be copied by hand."""
    signs = b32encode(sha256(token.encode()).digest()).decode().lower()
    starts = range(0, GROUPS * SIGNS_IN_A_GROUP, SIGNS_IN_A_GROUP)
    return "-".join(signs[start : start + SIGNS_IN_A_GROUP] for start in starts)


def is_long_enough(passphrase: str) -> bool:
    """Ask for length only: rules about signs make people write passphrases down."""
    return SHORTEST <= len(passphrase) <= LONGEST
