"""Until when Telegram takes nothing from us; whoever speaks with it keeps the same pause."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from msgspec import Struct

from bot.errors import Later

LONGEST_S = 86_400.0
LONG_AGO = datetime.min.replace(tzinfo=UTC)


class Pause(Struct):
    """Until when the door takes nothing from us, whoever it is for."""

    until: datetime = LONG_AGO

    def holds(self, now: datetime) -> bool:
        """Say whether the door is to be left alone now."""
        return now < self.until

    def heed(self, later: Later, now: datetime) -> None:
        """Wait as long as the door asks, too."""
        self.until = max(self.until, now + timedelta(seconds=min(LONGEST_S, later.seconds)))

    def end(self) -> None:
        """Wait no longer."""
        self.until = LONG_AGO
