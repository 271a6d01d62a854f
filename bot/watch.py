"""Watches the requests that lie before staff: what should move on by itself does."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass

from bot.house import House
from storage import presence, waiting
from storage.errors import StorageError

log = logging.getLogger(__name__)

EVERY_S = 60.0


@dataclass(frozen=True, slots=True)
class Watch:
    """Looks after requests in time."""

    house: House

    async def run(self) -> None:
        """Look around every minute, until cancelled."""
        await self.terms_anew()
        while True:
            try:
                await self.round()
            except StorageError as error:
                log.warning("Requests could not be looked after now (%s).", type(error).__name__)
            await asyncio.sleep(EVERY_S)

    async def terms_anew(self) -> None:
        """Find again before when everybody must have an answer: the settings may have changed."""
        services, zone = self.house.organisation.services, self.house.settings.timezone
        async with self.house.database.begin() as db:
            for waits in await waiting.everybody(db):
                due_at = services[waits.service].due_at(waits.since, zone)
                if due_at != waits.due_at:
                    await waiting.set_due(db, waits, due_at)

    async def round(self) -> None:
        """Do what it is time for."""
        async with self.house.database.begin() as db:
            await presence.forget(db, self.house.clock.now())
