"""Carries letters to people, in order for each of them, until they arrive; nothing else does.

No transaction stays open on the road. Who dies on the way loses nothing: the lease runs out, and
another courier goes.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.announcer import MAIL, Announcer, of_person
from bot.clock import A_JUMP, Clock, Steps
from bot.envelopes import Brought, Chat, LetterBody, read_letter
from bot.errors import DoorError, Later, TokenRefused, Undelivered
from bot.pause import Pause
from bot.terms import IN_CHAT
from storage import mail, messages, people, traces
from storage.database import Database
from storage.errors import StorageError, Unavailable
from storage.keystore import KeyStore
from storage.mail import Letter
from storage.messages import Delivery
from storage.traces import Trace

log = logging.getLogger(__name__)

# As many as there are roads to Telegram; each of a round is another person's.
AT_ONCE = 64
LEASE = timedelta(seconds=60)
IDLE_S = 1.0
# Half a lease, with what a database that is too busy takes to say so.
PATIENCE_S = (0.1, 1.0, 4.0)
PAUSES = tuple(timedelta(seconds=each) for each in (1, 4, 16, 64, 256))
LAST_TRY = 100
"""After about seven hours a letter is given up, and staff are shown that it did not arrive."""


Bring = Callable[[LetterBody, int | None], Awaitable[Brought]]
"""Brings a letter to a chat whose screen stands in the given message. Raises a DoorError."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """The letter is there; the screen stands in this message, or in none, as before or not."""

    screen_message: int | None
    has_moved: bool


@dataclass(frozen=True, slots=True)
class Delayed:
    """The letter is not there yet; it is tried again at this time."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Held:
    """Nothing can be brought now, whatever it is: the letter was not tried."""

    until: datetime


@dataclass(frozen=True, slots=True)
class GivenUp:
    """The letter will never be there, and this is what staff are shown of it."""

    how: Delivery


Setback = Delayed | Held | GivenUp
Fate = Arrived | Setback


@dataclass(frozen=True, slots=True)
class Carried:
    """A letter, what became of it, and what stands in the chat because of it."""

    letter: Letter
    fate: Fate
    traces: tuple[Trace, ...] = ()


@dataclass(frozen=True, slots=True)
class Courier:
    """Goes for as long as there are letters, and sleeps until there are."""

    database: Database
    keystore: KeyStore
    clock: Clock
    announcer: Announcer
    bring: Bring
    pause: Pause = field(default_factory=Pause)

    async def run(self) -> None:
        """Take up what a courier that is gone had leased, and go round after round."""
        async with self.database.begin() as db:
            await mail.free(db)
        steps = Steps(self.clock)
        with self.announcer.listening(MAIL) as mail_came:
            while True:
                try:
                    if steps.look() < -A_JUMP:
                        await self.begin_anew()
                    carried = await self.round()
                except StorageError as error:
                    log.warning("No letters can be fetched (%s).", type(error).__name__)
                    carried = 0
                if not carried:
                    await mail_came.wait(IDLE_S)

    async def begin_anew(self) -> None:
        """Let nothing wait for a moment that was named before the clock was set back."""
        self.pause.end()
        async with self.database.begin() as db:
            await mail.hurry(db, self.clock.now())

    async def round(self) -> int:
        """Carry what can be carried now; say how many letters that were."""
        now = self.clock.now()
        if self.pause.holds(now):
            return 0
        async with self.database.begin() as db:
            letters = await mail.lease(db, self.keystore, AT_ONCE, now, now + LEASE)
            ways = await people.find_ways(db, [each.recipient for each in letters])
        if not letters:
            return 0
        screens = {way.index: way.screen_message for way in ways.values()}
        await self._note_all(
            await asyncio.gather(
                *(self._carry(each, screens.get(each.recipient)) for each in letters)
            )
        )
        self.announcer.announce(*(of_person(each.person_id) for each in letters if each.person_id))
        return len(letters)

    async def _carry(self, letter: Letter, before: int | None) -> Carried:
        """Bring one letter to where the screen stood before, and say what became of it."""
        body = self._read(letter)
        if body is None or letter.attempts > LAST_TRY:
            return Carried(letter, GivenUp(Delivery.UNREACHED if body else Delivery.FAILED))
        if self.pause.holds(self.clock.now()):
            return Carried(letter, Held(self.pause.until))
        try:
            brought = await self.bring(body, before)
        except DoorError as error:
            # It is brought anew or never, so its beginning goes from the chat.
            left = self._traces(letter, body, error.left, self.clock.now())
            return Carried(letter, self._setback(letter, error), left)
        except Exception as error:  # noqa: BLE001 - whatever it is, the letters of others must go on
            # The class only: the text of an error may repeat what somebody wrote.
            log.error("A letter could not be brought (%s).", type(error).__name__)  # noqa: TRY400
            return Carried(letter, self._again(letter))
        after = brought.screen_message
        until = self.clock.now() + IN_CHAT if letter.message_id else None
        traces = self._traces(letter, body, brought.new, until, fades=until is not None)
        return Carried(letter, Arrived(after, has_moved=after != before), traces)

    def _setback(self, letter: Letter, error: DoorError) -> Setback:
        """Say what a refusal means for a letter."""
        match error:
            case Later():
                self.pause.heed(error, self.clock.now())
                return Held(self.pause.until)
            case TokenRefused():
                log.error("%s", error)
                return Held(self.clock.now() + LEASE)
            case Undelivered(permanent=True):
                return GivenUp(_how(error))
            case _:
                return self._again(letter)

    def _traces(
        self,
        letter: Letter,
        body: LetterBody,
        numbers: Sequence[int],
        due_at: datetime | None,
        *,
        fades: bool = False,
    ) -> tuple[Trace, ...]:
        """Say what stands in the chat now, and until when; what a colleague wrote does not stay.

        Of whoever is not known any more nothing is noted: no words of theirs are in it.
        """
        if letter.person_id is None:
            return ()
        chat = Chat(body.address, body.language, body.service).text()
        return tuple(Trace(letter.recipient, each, chat, due_at, fades) for each in numbers)

    def _read(self, letter: Letter) -> LetterBody | None:
        """Read a letter; one that cannot be read today cannot be tomorrow, and holds up others."""
        if letter.body is None:
            return None
        try:
            return read_letter(letter.body)
        except (LookupError, ValueError, TypeError, AttributeError) as error:
            log.error("A letter cannot be read (%s).", type(error).__name__)  # noqa: TRY400
        return None

    def _again(self, letter: Letter) -> Delayed | GivenUp:
        if letter.attempts >= LAST_TRY:
            return GivenUp(Delivery.UNREACHED)
        return Delayed(self.clock.now() + PAUSES[min(letter.attempts, len(PAUSES)) - 1])

    async def _note_all(self, carried: Sequence[Carried]) -> None:
        """Note every fate together; when that fails, each by itself, so that none loses another."""
        try:
            await self._note_together(carried)
        except Exception as error:  # noqa: BLE001 - what cannot be noted is leased, and goes again
            log.warning("Letters could not be noted (%s).", type(error).__name__)
            if len(carried) > 1 and not isinstance(error, Unavailable):
                for each in carried:
                    await self._note_all([each])

    async def _note_together(self, carried: Sequence[Carried]) -> None:
        """Note fates in one transaction, and wait for storage that is away.

        What is not noted while it is leased arrives twice, and holds up what comes after it.
        """
        for pause_s in (*PATIENCE_S, None):
            try:
                async with self.database.begin() as db:
                    await self._note_arrived(db, carried)
                    for each in carried:
                        if not isinstance(each.fate, Arrived):
                            await self._note(db, each.letter, each.fate)
                return
            except Unavailable:
                if pause_s is None:
                    raise
                await asyncio.sleep(pause_s)

    async def _note_arrived(self, db: AsyncSession, carried: Sequence[Carried]) -> None:
        arrived = [(each.letter, each.fate) for each in carried if isinstance(each.fate, Arrived)]
        moved = {one.recipient: to.screen_message for one, to in arrived if to.has_moved}
        words = [letter.message_id for letter, _ in arrived if letter.message_id]
        await mail.done(db, [letter.id for letter, _ in arrived], self.clock.now())
        await people.remember_screens(db, moved)
        left = [trace for each in carried for trace in each.traces]
        await self._note_left(db, left, self.clock.now())
        await messages.mark(db, words, Delivery.SENT)

    async def _note_left(self, db: AsyncSession, left: Sequence[Trace], now: datetime) -> None:
        """Note what stands in chats; it goes at once where its person went in the meantime."""
        there = await people.held(db, {each.index for each in left})
        kept = [
            each if each.index in there else replace(each, due_at=now, fades=False) for each in left
        ]
        await traces.note(db, self.keystore.system, kept, now)

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


def _how(error: Undelivered) -> Delivery:
    """Say of what did not arrive what staff are shown."""
    if error.is_gone:
        return Delivery.GONE
    return Delivery.BLOCKED if error.closes_way else Delivery.FAILED
