"""Carries letters to people, in order for each of them, until they arrive; nothing else does.

No transaction stays open on the road. Who dies on the way loses nothing: the lease runs out, and
another courier goes.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from bot.announcer import MAIL, Announcer, Changes, of_person
from bot.clock import A_JUMP, Clock, Steps
from bot.envelopes import Brought, Chat, LetterBody, read_letter
from bot.errors import DoorError, Later, TokenRefused, Undelivered
from bot.handing import (
    LEASE,
    Arrived,
    Carried,
    Carrier,
    Delayed,
    GivenUp,
    Hands,
    Held,
    Load,
    Setback,
)
from bot.noting import Notes
from bot.pause import Pause
from bot.terms import IN_CHAT
from dialogs.frozen import Frozen, field
from storage import mail, people
from storage.database import Database
from storage.errors import StorageError
from storage.keystore import KeyStore
from storage.mail import Letter
from storage.messages import Delivery
from storage.traces import Trace

log = logging.getLogger(__name__)

IDLE_S = 1.0
# Where many speak, the next turns come sooner, and note along what arrived.
LINGER_S = 0.1
NEWS = "news"
OVER = "over"
PAUSES = tuple(timedelta(seconds=each) for each in (1, 4, 16, 64, 256))
LAST_TRY = 100
"""After about seven hours a letter is given up, and staff are shown that it did not arrive."""


Bring = Callable[[LetterBody, int | None], Awaitable[Brought]]
"""Brings a letter to a chat whose screen stands in the given message. Raises a DoorError."""


class Courier(Frozen):
    """Goes for as long as there are letters, and sleeps until there are."""

    database: Database
    keystore: KeyStore
    clock: Clock
    announcer: Announcer
    bring: Bring
    hands: Hands = field(default_factory=Hands)
    pause: Pause = field(default_factory=Pause)
    setbacks: list[Carried] = field(default_factory=list)

    async def run(self) -> None:
        """Take up what a courier that is gone had leased, and go for all that is written."""
        async with self.database.begin() as db:
            await mail.free(db)
        # What became of letters before is no news any more: others may have carried them since.
        self.setbacks.clear()
        try:
            with (
                self.announcer.listening(MAIL, OVER, NEWS) as came,
                self.hands.open(self._carrier()),
            ):
                await self._go(came)
        finally:
            await self.hands.road.leave()
            # What arrived before a stop is not brought again after it.
            with suppress(StorageError):
                await self._note_arrived()
            self.hands.forget()

    def _carrier(self) -> Carrier:
        return Carrier(self._carry_and_tell, self._wake, lambda: self.pause.holds(self.clock.now()))

    async def _go(self, came: Changes) -> None:
        """Look into the outbox when something lies there, and note what became of letters."""
        loop, steps, names = asyncio.get_running_loop(), Steps(self.clock), {MAIL}
        look_at = loop.time()
        while True:
            if MAIL in names:
                # What was put behind whoever is on the road now goes once they are over.
                self.hands.road.watch(self._look, self.hands.road.ways)
            is_due = bool(names & {MAIL, OVER}) or loop.time() >= look_at
            if is_due:
                look_at = loop.time() + IDLE_S
            if await self._went(steps, is_due=is_due, has_lingered=not names):
                names = {OVER}
            else:
                names = await came.wait(LINGER_S if self.hands.have_arrived else IDLE_S)

    async def _went(self, steps: Steps, *, is_due: bool, has_lingered: bool) -> bool:
        """Note what became of letters and, where that is due, carry what lies in the outbox.

        Says whether something lay there. That a letter arrived is noted when no turn did it soon,
        and before anything is leased: what lies behind it can go then.
        """
        try:
            await self._note_setbacks()
            if is_due or has_lingered:
                await self._note_arrived()
            if is_due and steps.look() < -A_JUMP:
                await self.begin_anew()
            return is_due and await self.round() > 0
        except StorageError as error:
            log.warning("No letters can be fetched or noted (%s).", type(error).__name__)
            return False

    async def _note_arrived(self) -> None:
        with self.hands.noting() as arrived:
            if arrived:
                await self._note_all(arrived)

    async def _note_all(self, carried: Sequence[Carried]) -> None:
        """Note what became of letters, and tell pages that are open of it."""
        await Notes(self.database, self.keystore, self.clock).note_all(carried)
        known = [each.letter.person_id for each in carried if each.letter.person_id]
        self.announcer.announce(*map(of_person, known))

    async def begin_anew(self) -> None:
        """Let nothing wait for a moment that was named before the clock was set back."""
        self.pause.end()
        async with self.database.begin() as db:
            await mail.hurry(db, self.clock.now())

    async def round(self) -> int:
        """Carry what can be carried now; say how many letters that were."""
        now, room, busy = self.clock.now(), self.hands.road.room, self.hands.ways
        if self.pause.holds(now):
            return 0
        # From now on who comes waits behind those who wait already.
        self.hands.is_behind = not room
        if not room:
            return 0
        async with self.database.begin() as db:
            letters = await mail.lease(db, self.keystore, room, now, now + LEASE, busy=busy)
            ways = await people.find_ways(db, [each.recipient for each in letters])
        self.hands.is_behind = len(letters) == room
        screens = {way.index: way.screen_message for way in ways.values()}
        if not letters:
            return 0
        loads = [Load(each, self._read(each), screens.get(each.recipient)) for each in letters]
        await self._carry_all(loads)
        await self._note_arrived()
        return len(letters)

    async def _carry_all(self, loads: Sequence[Load]) -> None:
        """Carry letters, each to another person, and note why some did not arrive."""
        going, left = self.hands.apart(loads)
        self.setbacks.extend(Carried(each.letter, Held(self.clock.now())) for each in left)
        await self.hands.road.carry_all(going, self._carry_and_tell, self._look)
        await self._note_setbacks()

    async def _note_setbacks(self) -> None:
        """Note why letters did not arrive; what lies behind one that was given up can go."""
        if setbacks := self.setbacks[:]:
            await self._note_all(setbacks)
            del self.setbacks[: len(setbacks)]
            self._look()

    def _look(self) -> None:
        """Have it looked whether something lies behind who is over."""
        self.announcer.tell(OVER)

    def _wake(self) -> None:
        """Have what became of letters noted, at once or soon."""
        self.announcer.tell(NEWS)

    async def _carry_and_tell(self, load: Load) -> None:
        """Carry a letter and tell at once: it is known also where the others are broken off."""
        carried = await self._carry(load)
        if isinstance(carried.fate, Arrived):
            self.hands.tell(carried)
        else:
            self.setbacks.append(carried)
            self._wake()

    async def _carry(self, load: Load) -> Carried:
        """Bring one letter to where the screen stood before, and say what became of it."""
        letter, body, before = load.letter, load.body, load.before
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


def _how(error: Undelivered) -> Delivery:
    """Say of what did not arrive what staff are shown."""
    if error.is_gone:
        return Delivery.GONE
    return Delivery.BLOCKED if error.closes_way else Delivery.FAILED
