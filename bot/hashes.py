"""Secrets that people remember or write down: hashed slowly, beside the loop, two at a time.

Nobody can tell from how long an answer took whether there was anything to compare with.
"""

from __future__ import annotations

import asyncio
from base64 import b64encode

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from argon2.low_level import hash_secret_raw

AT_ONCE = 2
KEY_BYTES = 32

Cost = tuple[int, int, int]
"""How slowly something is hashed: turns, KiB and lanes."""


class SlowHashes:
    """Hashes and compares; the parameters are those of RFC 9106 for little memory."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        # Each takes 64 MiB and a quarter of a second.
        self._places = asyncio.Semaphore(AT_ONCE)
        self._nobodys = _never_right(self._hasher)

    async def hash(self, secret: str) -> str:
        """Make what is kept of a secret."""
        async with self._places:
            return await asyncio.to_thread(self._hasher.hash, secret)

    async def is_right(self, kept: str | None, offered: str) -> bool:
        """Compare; where nothing is kept it takes as long, and is never right."""
        async with self._places:
            return await asyncio.to_thread(self._verify, kept or self._nobodys, offered)

    @property
    def cost(self) -> Cost:
        """Say how slowly something is hashed today."""
        hasher = self._hasher
        return hasher.time_cost, hasher.memory_cost, hasher.parallelism

    async def key_of(self, secret: str, salt: bytes, cost: Cost) -> bytes:
        """Make the key that a secret stands for; with another salt it is another."""
        turns, memory, lanes = cost
        async with self._places:
            return await asyncio.to_thread(
                hash_secret_raw, secret.encode(), salt, turns, memory, lanes, KEY_BYTES, Type.ID
            )

    def is_outdated(self, kept: str) -> bool:
        """Say whether it was hashed with less care than today."""
        return self._hasher.check_needs_rehash(kept)

    def _verify(self, kept: str, offered: str) -> bool:
        try:
            return self._hasher.verify(kept, offered)
        except (VerifyMismatchError, InvalidHashError):
            return False


def _never_right(hasher: PasswordHasher) -> str:
    """Write a hash that costs as much to compare as any other, and that nothing hashes to."""
    salt, digest = (b64encode(bytes(length)).decode().rstrip("=") for length in (16, 32))
    cost = f"m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
    return f"$argon2id$v=19${cost}${salt}${digest}"
