"""The only now, the only new id, the only randomness.

Everything else is told the time and given its names, so that a conversation can be told again.
"""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from storage.keystore import SIGNS

log = logging.getLogger(__name__)

A_JUMP = timedelta(minutes=5)
BELIEVED_AFTER_S = 86_400.0

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


class Steps:
    """How far a clock is set, ahead or back, beside seconds that never jump."""

    def __init__(self, clock: Clock) -> None:
        """Begin with what the clock says now."""
        self._clock = clock
        self._seen, self._counted = clock.now(), clock.monotonic()

    def look(self) -> timedelta:
        """Give how far it was set since one looked last: less than nothing when it was set back."""
        seen, counted = self._clock.now(), self._clock.monotonic()
        step = seen - self._seen - timedelta(seconds=counted - self._counted)
        self._seen, self._counted = seen, counted
        return step


class Believed:
    """The time, but for a jump ahead, which is believed after a day.

    For so long somebody can set the clock right before anything is forgotten too early. A machine
    that slept looks as if its clock had jumped; it forgets that much later, and never earlier.
    """

    def __init__(self, clock: Clock) -> None:
        """Begin by believing the clock."""
        self._clock, self._steps = clock, Steps(clock)
        self._jumps = list[tuple[float, float]]()

    def now(self) -> datetime:
        """Tell the time as far as it is believed."""
        step, counted = self._steps.look(), self._clock.monotonic()
        # Each by itself: a machine that sleeps every night would never be believed otherwise.
        self._jumps = [jump for jump in self._jumps if counted - jump[1] < BELIEVED_AFTER_S]
        if abs(step) > A_JUMP:
            log.warning("The clock was set; for a day nothing is forgotten because of that.")
            by = step.total_seconds()
            # Set back and ahead again, or the other way round, is nothing in all.
            while self._jumps and self._jumps[-1][0] * by < 0:
                by += self._jumps.pop()[0]
            self._jumps.append((by, counted))
        return self._clock.now() - timedelta(seconds=max(0.0, sum(by for by, _ in self._jumps)))
