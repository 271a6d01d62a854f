"""Watches the requests that lie before staff: what should move on by itself does."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.announcer import QUEUES, of_referral
from bot.house import House
from storage import messages, presence, referrals, waiting
from storage.errors import StorageError
from storage.messages import Author, NewMessage
from storage.referrals import Referral

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
            woken = await referrals.rested(db, self.house.clock.now())
            for referral in woken:
                await self._note(db, referral, "rested")
        if woken:
            self.house.announcer.announce(QUEUES, *(of_referral(each.id) for each in woken))

    async def _note(self, db: AsyncSession, referral: Referral, event: str) -> None:
        """Put on a timeline what nobody did."""
        if referral.person_id is None:
            return
        seal = await self.house.keystore.seal_of(referral.person_id)
        id, now = self.house.clock.new_id(), self.house.clock.now()
        await messages.add(db, seal, NewMessage(id, referral.id, Author.EVENT, now, event=event))
