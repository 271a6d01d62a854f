"""Carries letters to people, in order for each of them, until they arrive; nothing else does.

No transaction stays open on the road. Who dies on the way loses nothing: the lease runs out, and
another courier goes.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.announcer import MAIL, Announcer, of_person
from bot.clock import Clock
from bot.envelopes import LetterBody, read_letter
from bot.errors import Later, TokenRefused, Undelivered
from storage import mail, messages, people
from storage.database import Database
from storage.errors import StorageError
from storage.keystore import KeyStore
from storage.mail import Letter
from storage.messages import Delivery

log = logging.getLogger(__name__)

AT_ONCE = 20
LEASE = timedelta(seconds=60)
IDLE_S = 1.0
PAUSES = tuple(timedelta(seconds=each) for each in (1, 4, 16, 64, 256))
LAST_TRY = 100
"""After about seven hours a letter is given up, and staff are shown that it did not arrive."""


Bring = Callable[[LetterBody, int | None], Awaitable[int | None]]
"""Brings a letter to a chat whose screen stands in the given message; gives the message in which it
stands from now on. Raises a DoorError."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """The letter is there; the screen stands in this message, or in none."""

    screen_message: int | None


@dataclass(frozen=True, slots=True)
class Delayed:
    """The letter is not there yet; it is tried again at this time."""

    until: datetime


@dataclass(frozen=True, slots=True)
class GivenUp:
    """The letter will never be there; perhaps no other one will either."""

    closes_way: bool = False


Fate = Arrived | Delayed | GivenUp


@dataclass(frozen=True, slots=True)
class Courier:
    """Goes for as long as there are letters, and sleeps until there are."""

    database: Database
    keystore: KeyStore
    clock: Clock
    announcer: Announcer
    bring: Bring

    async def run(self) -> None:
        """Take up what a courier that is gone had leased, and go round after round."""
        async with self.database.begin() as db:
            await mail.free(db)
        with self.announcer.listening(MAIL) as mail_came:
            while True:
                try:
                    carried = await self.round()
                except StorageError as error:
                    log.warning("No letters can be fetched (%s).", type(error).__name__)
                    carried = 0
                if not carried:
                    await mail_came.wait(IDLE_S)

    async def round(self) -> int:
        """Carry what can be carried now; say how many letters that were."""
        now = self.clock.now()
        async with self.database.begin() as db:
            letters = await mail.lease(db, self.keystore, AT_ONCE, now, now + LEASE)
        if not letters:
            return 0
        fates = await asyncio.gather(*(self._carry(each) for each in letters))
        async with self.database.begin() as db:
            for letter, fate in zip(letters, fates, strict=True):
                await self._note(db, letter, fate)
        self.announcer.announce(*(of_person(each.person_id) for each in letters if each.person_id))
        return len(letters)

    async def _carry(self, letter: Letter) -> Fate:
        """Bring one letter, and say what became of it."""
        if letter.body is None:
            return GivenUp()
        try:
            body, before = read_letter(letter.body), await self._screen_before(letter)
            return Arrived(await self.bring(body, before))
        except Later as later:
            return Delayed(self.clock.now() + timedelta(seconds=later.seconds))
        except TokenRefused as error:
            log.error("%s", error)  # noqa: TRY400 - the line says it all
            return Delayed(self.clock.now() + LEASE)
        except Undelivered as error:
            if error.permanent:
                return GivenUp(closes_way=error.closes_way)
        except (LookupError, ValueError) as error:
            log.error("A letter cannot be read (%s).", type(error).__name__)  # noqa: TRY400
        return self._again(letter)

    async def _screen_before(self, letter: Letter) -> int | None:
        async with self.database.reading() as db:
            ways = await people.find_ways(db, [letter.recipient])
        way = ways.get(letter.recipient)
        return None if way is None else way.screen_message

    def _again(self, letter: Letter) -> Fate:
        if letter.attempts >= LAST_TRY:
            return GivenUp()
        return Delayed(self.clock.now() + PAUSES[min(letter.attempts, len(PAUSES)) - 1])

    async def _note(self, db: AsyncSession, letter: Letter, fate: Fate) -> None:
        """Write down what became of a letter, where staff see it."""
        now = self.clock.now()
        words = [letter.message_id] if letter.message_id else []
        match fate:
            case Arrived(screen_message=screen_message):
                await mail.done(db, [letter.id], now)
                await people.remember_screen(db, letter.recipient, screen_message)
                await messages.mark(db, words, Delivery.SENT)
            case GivenUp(closes_way=True):
                await people.close_way(db, letter.recipient)
                carried = await mail.drop(db, letter.recipient, now)
                await messages.mark(db, carried, Delivery.BLOCKED)
            case GivenUp():
                await mail.give_up(db, [letter.id], now)
                await messages.mark(db, words, Delivery.FAILED)
            case Delayed(until=until):
                await mail.retry(db, letter.id, until)
