"""Passphrases: hashed slowly, beside the loop, and never more than two at once.

Nobody can tell from an answer, or from how long it took, whether an account exists.
"""

from __future__ import annotations

import asyncio
from base64 import b32encode, b64encode
from hashlib import sha256

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

SHORTEST, LONGEST = 14, 128
AT_ONCE = 2
GROUPS, SIGNS_IN_A_GROUP = 5, 5


class Passphrases:
    """Hashes and compares; the parameters are those of RFC 9106 for little memory."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        # Each takes 64 MiB and a quarter of a second.
        self._places = asyncio.Semaphore(AT_ONCE)
        self._nobodys = _never_right(self._hasher)

    async def hash(self, passphrase: str) -> str:
        """Make what is kept of a passphrase."""
        async with self._places:
            return await asyncio.to_thread(self._hasher.hash, passphrase)

    async def is_right(self, kept: str | None, offered: str) -> bool:
        """Compare; where nothing is kept it takes as long, and is never right."""
        async with self._places:
            return await asyncio.to_thread(self._verify, kept or self._nobodys, offered)

    def is_outdated(self, kept: str) -> bool:
        """Say whether it was hashed with less care than today."""
        return self._hasher.check_needs_rehash(kept)

    def _verify(self, kept: str, offered: str) -> bool:
        try:
            return self._hasher.verify(kept, offered)
        except (VerifyMismatchError, InvalidHashError):
            return False


def suggested(token: str) -> str:
    """Make a passphrase of a fresh token: 125 bits, in groups that can be copied by hand."""
    signs = b32encode(sha256(token.encode()).digest()).decode().lower()
    starts = range(0, GROUPS * SIGNS_IN_A_GROUP, SIGNS_IN_A_GROUP)
    return "-".join(signs[start : start + SIGNS_IN_A_GROUP] for start in starts)


def is_long_enough(passphrase: str) -> bool:
    """Ask for length only: rules about signs make people write passphrases down."""
    return SHORTEST <= len(passphrase) <= LONGEST


def _never_right(hasher: PasswordHasher) -> str:
    """Write a hash that costs as much to compare as any other, and that nothing hashes to."""
    salt, digest = (b64encode(bytes(length)).decode().rstrip("=") for length in (16, 32))
    cost = f"m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
    return f"$argon2id$v=19${cost}${salt}${digest}"
