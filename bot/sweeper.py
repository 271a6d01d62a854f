"""Takes out of chats what people and colleagues wrote there, before a day is over; or at once.

A chat at Telegram stays on phones and servers that are not ours. What a colleague wrote is not
taken away unread: in its place stands where it can still be read.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby

from bot.announcer import CHATS, Announcer
from bot.clock import Clock
from bot.envelopes import LetterBody, read_chat
from bot.errors import Later, TokenRefused, Undelivered
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


@dataclass(frozen=True, slots=True)
class Sweeper:
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
        """Take out what is due, of as many messages as fit in a call; say how many were due."""
        async with self.database.reading() as db:
            due = await traces.due(db, self.keystore.system, self.clock.now(), MOST)
        for same in _together(due):
            await self._sweep(same)
        return len(due)

    async def _sweep(self, same: Sequence[Trace]) -> None:
        """Take out messages of one chat, or let one fade; what cannot be done now is put off."""
        index, numbers = same[0].index, [each.number for each in same]
        try:
            await self._do(same[0], numbers)
        except Undelivered as error:
            if error.permanent and len(same) > 1:
                # One of them is refused, and with it all: each goes by itself.
                for each in same:
                    await self._sweep([each])
                return
            until = None if error.permanent else self.clock.now() + AGAIN
        except (Later, TokenRefused):
            until = self.clock.now() + AGAIN
        else:
            until = None
        async with self.database.begin() as db:
            if until is not None:
                await traces.put_off(db, index, numbers, until)
            elif same[0].fades:
                await traces.faded(db, index, numbers)
            else:
                await traces.gone(db, index, numbers)

    async def _do(self, first: Trace, numbers: Sequence[int]) -> None:
        chat = read_chat(first.chat)
        if not first.fades:
            await self.take_out(chat.address, numbers)
            return
        letter = LetterBody(chat.address, chat.language, chat.service, faded(), replaces=True)
        await self.replace(letter, first.number)


def _together(due: Sequence[Trace]) -> Iterator[Sequence[Trace]]:
    """Put together what one call does: messages that go from one chat; each that fades alone."""

    def call(trace: Trace) -> tuple[bytes, int]:
        return trace.index, trace.number if trace.fades else 0

    in_order = sorted(due, key=lambda trace: (*call(trace), trace.number))
    for _, same in groupby(in_order, call):
        yield tuple(same)
