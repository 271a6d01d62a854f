"""The only now, the only new id, the only randomness.

Everything else is told the time and given its names, so that a conversation can be told again.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID, uuid4

from storage.keystore import SIGNS

NATURE = (
    "Berk", "Duin", "Eik", "Es", "Hazel", "Hei", "Iep", "Kiezel", "Klaver", "Kreek", "Linde",
    "Merel", "Mos", "Oever", "Riet", "Roos", "Spar", "Tijm", "Varen", "Veer", "Vlier", "Wilg",
    "Wolk", "Zilver",
)  # fmt: skip


class Clock:
    """The time, and names that nobody can guess."""

    def now(self) -> datetime:
        """Tell the time, in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Count seconds that never jump."""
        return time.monotonic()

    def new_id(self) -> UUID:
        """Make an id."""
        return uuid4()

    def new_token(self) -> str:
        """Make a secret of 256 bits that fits in a cookie or a link."""
        return secrets.token_urlsafe(32)

    def new_reference(self) -> str:
        """Make the name of a request, to be read over the phone; it opens nothing."""
        signs = "".join(secrets.choice(SIGNS) for _ in range(8))
        return f"{signs[:4]}-{signs[4:]}"

    def new_return_code(self) -> str:
        """Make the digits by which somebody comes back: 53 bits, to be written on paper."""
        return f"{secrets.randbelow(10**16):016}"

    def draw(self, ids: Sequence[UUID], number: int) -> list[UUID]:
        """Draw lots: so many of these at most, each with the same chance."""
        return secrets.SystemRandom().sample(ids, min(number, len(ids)))

    def new_code_name(self) -> str:
        """Make a name under which staff speak of somebody whose name they need not know."""
        return f"{secrets.choice(NATURE)}-{secrets.randbelow(90) + 10}"
