"""How fast we speak to Telegram: no faster than it takes from a bot, and from a bot in one chat.

Whoever is faster is told to wait, and everybody who is written to waits along.
"""

from __future__ import annotations

import asyncio
from typing import Final

from msgspec import Struct, field

# What Telegram names itself: 30 a second to everybody together, one a second to somebody, 20 a
# minute to a group. Nobody who presses three buttons in a row has to wait.
BETWEEN_ALL_S: Final = 1 / 30
BETWEEN_S: Final = 1.0
BETWEEN_IN_GROUP_S: Final = 3.0
AT_ONCE: Final = 3


class Meter(Struct):
    """Lets one go every so many seconds, and a few at once after a silence."""

    between_s: float
    at_once: int = 1
    paid_until: float = 0.0

    def take(self, now: float) -> float:
        """Take the next place, and give its moment on the clock that told `now`."""
        at = max(now, self.paid_until - self.between_s * (self.at_once - 1))
        self.paid_until = max(now, self.paid_until) + self.between_s
        return at


class Pace(Struct):
    """The places of one bot, which one process at a time speaks for."""

    everybody: Meter = field(default_factory=lambda: Meter(BETWEEN_ALL_S))
    chats: dict[str, Meter] = field(default_factory=dict)

    async def keep(self, chat: str) -> None:
        """Wait until something may be said to this chat."""
        await _until(self._of(chat).take(_now()))
        # Only now: who waits for their own chat takes no place of others meanwhile.
        await _until(self.everybody.take(_now()))

    def _of(self, chat: str) -> Meter:
        """Find the meter of a chat, and forget those that nobody needs any more."""
        now = _now()
        for each in [key for key, meter in self.chats.items() if meter.paid_until <= now]:
            del self.chats[each]
        between_s = BETWEEN_IN_GROUP_S if chat.startswith("-") else BETWEEN_S
        return self.chats.setdefault(chat, Meter(between_s, AT_ONCE))


def _now() -> float:
    return asyncio.get_running_loop().time()


async def _until(moment: float) -> None:
    await asyncio.sleep(max(0.0, moment - _now()))
