"""What became of letters is written down: who got theirs, and why somebody did not."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.clock import Clock
from bot.handing import Arrived, Carried, Delayed, GivenUp, Held, Setback
from dialogs.frozen import Frozen, replace
from storage import mail, messages, people, traces
from storage.database import Database
from storage.errors import Unavailable
from storage.keystore import KeyStore
from storage.mail import Letter
from storage.messages import Delivery
from storage.traces import Trace

log = logging.getLogger(__name__)

# Half a lease, with what a database that is too busy takes to say so.
PATIENCE_S = (0.1, 1.0, 4.0)


async def note_arrived(
    db: AsyncSession, keystore: KeyStore, carried: Sequence[Carried], now: datetime
) -> None:
    """Note of letters that they are there, and what stands in chats because of any of them."""
    arrived = [(each.letter, each.fate) for each in carried if isinstance(each.fate, Arrived)]
    moved = {one.recipient: to.screen_message for one, to in arrived if to.has_moved}
    words = [letter.message_id for letter, _ in arrived if letter.message_id]
    await mail.done(db, [letter.id for letter, _ in arrived], now)
    await people.remember_screens(db, moved)
    await _note_left(db, keystore, [trace for each in carried for trace in each.traces], now)
    await messages.mark(db, words, Delivery.SENT)


async def _note_left(
    db: AsyncSession, keystore: KeyStore, left: Sequence[Trace], now: datetime
) -> None:
    """Note what stands in chats; it goes at once where its person went in the meantime."""
    there = await people.held(db, {each.index for each in left})
    kept = [
        each if each.index in there else replace(each, due_at=now, fades=False) for each in left
    ]
    await traces.note(db, keystore.system, kept, now)


class Notes(Frozen):
    """Notes fates in transactions of their own."""

    database: Database
    keystore: KeyStore
    clock: Clock

    async def note_all(self, carried: Sequence[Carried]) -> None:
        """Note every fate together; when that fails, each by itself, so that none loses another.

        Raises Unavailable when storage stays away.
        """
        try:
            await self._note_together(carried)
        except Unavailable:
            raise
        except Exception as error:  # noqa: BLE001 - what cannot be noted is leased, and goes again
            log.warning("Letters could not be noted (%s).", type(error).__name__)
            if len(carried) > 1:
                for each in carried:
                    await self.note_all([each])

    async def _note_together(self, carried: Sequence[Carried]) -> None:
        """Note fates in one transaction, and wait for storage that is away.

        What is not noted while it is leased arrives twice, and holds up what comes after it.
        """
        for pause_s in (*PATIENCE_S, None):
            try:
                async with self.database.begin() as db:
                    # In one order everywhere, so that two that count cannot wait for each other.
                    for each in carried:
                        if not isinstance(each.fate, Arrived):
                            await self._note(db, each.letter, each.fate)
                    await note_arrived(db, self.keystore, carried, self.clock.now())
                return
            except Unavailable:
                if pause_s is None:
                    raise
                await asyncio.sleep(pause_s)

    async def _note(self, db: AsyncSession, letter: Letter, fate: Setback) -> None:
        """Write down why a letter is not there, where staff see it."""
        now = self.clock.now()
        words = [letter.message_id] if letter.message_id else []
        match fate:
            case GivenUp(Delivery.BLOCKED | Delivery.GONE as how):
                await people.close_way(db, letter.recipient)
                carried = await mail.drop(db, letter.recipient, now)
                await messages.mark(db, carried, how)
            case GivenUp(how):
                await mail.give_up(db, [letter.id], now)
                await messages.mark(db, words, how)
            case Delayed(until=until):
                await mail.retry(db, letter.id, until)
            case Held(until=until):
                await mail.put_back(db, letter.id, until)
