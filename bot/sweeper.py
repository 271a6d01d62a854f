"""Takes out of chats what people and colleagues wrote there, before a day is over; or at once.

A chat at Telegram stays on phones and servers that are not ours. What a colleague wrote is not
taken away unread: in its place stands where it can still be read.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import timedelta
from itertools import groupby

from bot.announcer import CHATS, Announcer
from bot.clock import Clock
from bot.envelopes import LetterBody, read_chat
from bot.errors import DoorError, Later, Undelivered
from bot.pause import Pause
from dialogs.frozen import Frozen, field
from dialogs.turn import faded
from storage import traces
from storage.database import Database
from storage.errors import StorageError
from storage.keystore import KeyStore
from storage.traces import Trace

log = logging.getLogger(__name__)

EVERY_S = 60.0
AGAIN = timedelta(minutes=10)
# As many as Telegram takes in one call.
MOST = 100


class Sweeper(Frozen):
    """Goes round the chats; only whoever speaks with Telegram has one.

    `take_out` takes messages out of the chat at an address. `replace` puts a letter in the place of
    one. Both raise a DoorError.
    """

    database: Database
    keystore: KeyStore
    clock: Clock
    announcer: Announcer
    take_out: Callable[[str, Sequence[int]], Awaitable[None]]
    replace: Callable[[LetterBody, int], Awaitable[None]]
    pause: Pause = field(default_factory=Pause)

    async def run(self) -> None:
        """Go round whenever somebody was erased, and every minute."""
        with self.announcer.listening(CHATS) as called:
            while True:
                try:
                    swept = await self.round()
                except StorageError as error:
                    log.warning("Chats cannot be swept (%s).", type(error).__name__)
                    swept = 0
                if swept < MOST:
                    await called.wait(EVERY_S)

    async def round(self) -> int:
        """Take out what is due, of as many messages as fit in a call; say how many were due.

        None are while a pause holds: they stay due.
        """
        async with self.database.reading() as db:
            due = await traces.due(db, self.keystore.system, self.clock.now(), MOST)
        for same in _together(due):
            await self._sweep(same)
        return 0 if self.pause.holds(self.clock.now()) else len(due)

    async def _sweep(self, same: Sequence[Trace]) -> None:
        """Take out messages of one chat, or let one fade; what cannot be done now is put off."""
        if self.pause.holds(self.clock.now()):
            return
        try:
            await self._do(same[0], [each.number for each in same])
        except DoorError as error:
            await self._refused(same, error)
        else:
            await self._done(same)

    async def _refused(self, same: Sequence[Trace], error: DoorError) -> None:
        match error:
            case Later() as later:
                self.pause.heed(later, self.clock.now())
            case Undelivered(permanent=True) if len(same) > 1:
                # One of them is refused, and with it all: each goes by itself.
                for each in same:
                    await self._sweep([each])
            case Undelivered(permanent=True):
                await self._done(same)
            case _:
                await self._put_off(same)

    async def _do(self, first: Trace, numbers: Sequence[int]) -> None:
        try:
            chat = read_chat(first.chat)
        except (LookupError, ValueError, TypeError) as error:
            # What cannot be read today cannot be tomorrow, and must not hold up others.
            log.error("A chat cannot be read (%s).", type(error).__name__)  # noqa: TRY400
            raise Undelivered(permanent=True) from None
        if not first.fades:
            await self.take_out(chat.address, numbers)
            return
        letter = LetterBody(chat.address, chat.language, chat.service, faded(), replaces=True)
        await self.replace(letter, first.number)

    async def _done(self, same: Sequence[Trace]) -> None:
        index, numbers = same[0].index, [each.number for each in same]
        async with self.database.begin() as db:
            if same[0].fades:
                await traces.faded(db, index, numbers)
            else:
                await traces.gone(db, index, numbers)

    async def _put_off(self, same: Sequence[Trace]) -> None:
        index, numbers = same[0].index, [each.number for each in same]
        until = self.clock.now() + AGAIN
        async with self.database.begin() as db:
            await traces.put_off(db, index, numbers, until, fades=same[0].fades)


def _together(due: Sequence[Trace]) -> Iterator[Sequence[Trace]]:
    """Put together what one call does: messages that go from one chat; each that fades alone."""

    def call(trace: Trace) -> tuple[bytes, int]:
        return trace.index, trace.number if trace.fades else 0

    in_order = sorted(due, key=lambda trace: (*call(trace), trace.number))
    for _, same in groupby(in_order, call):
        yield tuple(same)
