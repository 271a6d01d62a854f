"""Watches the clock, and forgets what is no longer needed."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from functools import partial
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.clock import Believed, Clock
from bot.envelopes import Envelope, Outcome
from bot.going import every
from bot.retention import Retention
from dialogs.copies import REVIEWS
from dialogs.events import AskLapsed, Elapsed, Event, LinkEnded, Outlived
from dialogs.frozen import Frozen
from storage import asks, conversations, copies, messages, people
from storage.asks import Ask, State
from storage.database import Database
from storage.keystore import KeyStore
from storage.messages import Author, NewMessage

log = logging.getLogger(__name__)

EVERY_S = 600.0
UNABLE = partial(log.warning, "Nothing could be forgotten now (%s).")


class Keeper(Frozen):
    """Forgets on time."""

    database: Database
    keystore: KeyStore
    clock: Clock
    believed: Believed
    retention: Retention
    hear: Callable[[Envelope], Awaitable[Outcome]]

    async def run(self) -> None:
        """Look around every ten minutes, until cancelled."""
        await every(EVERY_S, self.round, UNABLE)

    async def round(self, *, is_confirmed: bool = False) -> int:
        """Forget what is due, also much at once if that is confirmed; say how many people."""
        now = self.believed.now()
        async with self.database.begin() as db:
            await self.retention.forget(db, now, is_confirmed=is_confirmed)
            gone = await people.erasing(db)
            due: dict[Event, list[UUID]] = {
                Elapsed(): await conversations.begun_again(db, now - self.retention.unfinished),
                Outlived(): await conversations.outlived(db, now - self.retention.reflections),
                LinkEnded(): await copies.ended(db, REVIEWS, now),
            }
            lapsed = await asks.due(db, now)
        for event, person_ids in due.items():
            for person_id in person_ids:
                key = f"keeper:{type(event).__name__}:{person_id}:{now.isoformat()}"
                await self.hear(Envelope(person_id, key, event))
        for ask in lapsed:
            await self._lapse(ask)
        async with self.database.begin() as db:
            # Only now: until answers are gone, it must be known that they are to go.
            await copies.forget(db, now)
        for person_id in gone:
            await self._destroy_key(person_id)
        if gone:
            await self.database.scrub()
        return len(gone)

    async def _lapse(self, ask: Ask) -> None:
        """Let a question be over that nobody answered: on the desk's timeline and in the chat."""
        seal = await self.keystore.seal_of(ask.person_id)
        id, now = self.clock.new_id(), self.clock.now()
        lapsed = NewMessage(
            id, ask.referral_id, Author.EVENT, now, event="ask_lapsed", about=ask.purpose
        )

        async def first(db: AsyncSession) -> None:
            if await asks.settle(db, ask.person_id, ask.purpose, State.LAPSED):
                await messages.add(db, seal, lapsed)

        key = f"keeper:{ask.referral_id}:{ask.purpose}:{ask.until.isoformat()}"
        await self.hear(Envelope(ask.person_id, key, AskLapsed(ask.purpose), first))

    async def _destroy_key(self, person_id: UUID) -> None:
        # Whatever is left of it in a file is looked for again in the next round.
        if await self.keystore.erase(person_id, self.clock.now()):
            async with self.database.begin() as db:
                await people.erased(db, person_id)
