"""Watches the requests that lie before staff: what should move on by itself does."""

from __future__ import annotations

from dataclasses import dataclass

from bot.house import House
from storage import waiting


@dataclass(frozen=True, slots=True)
class Watch:
    """Looks after requests in time."""

    house: House

    async def terms_anew(self) -> None:
        """Find again before when everybody must have an answer: the settings may have changed."""
        services, zone = self.house.organisation.services, self.house.settings.timezone
        async with self.house.database.begin() as db:
            for waits in await waiting.everybody(db):
                due_at = services[waits.service].due_at(waits.since, zone)
                if due_at != waits.due_at:
                    await waiting.set_due(db, waits, due_at)
