"""The terminal door: the same conversation, for whoever tries it out.

Whoever sits here sees everything they typed anyway, so nothing is hidden from them.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from contextlib import suppress
from itertools import takewhile

from msgspec import Struct, field

from bot.commands import event_of
from bot.envelopes import Envelope, Outcome, Sender
from bot.house import House
from bot.wording import Worded
from dialogs.events import Chose, Event, Started
from dialogs.meanwhile import meanwhile
from dialogs.screens import Screen
from dialogs.values import Session
from storage import conversations, messages, people, referrals
from storage.doors import Door
from storage.errors import Unavailable
from storage.messages import Author, Message

WATCH_S = 1.0
GOODBYE = ("", "exit", "quit")


class Terminal(Struct):
    """One conversation on one terminal; `heard` is the last number of the words shown so far."""

    house: House
    sender: Sender
    labels: list[str] = field(default_factory=list)
    heard: int = 0

    async def run(self) -> None:
        """Talk until the end of the input, or an empty line."""
        await self._hear(Started())
        watching = asyncio.create_task(self._watch())
        try:
            while (typed := await asyncio.to_thread(read_line)) not in GOODBYE:
                await self._hear(self._event(typed))
        finally:
            watching.cancel()
            with suppress(asyncio.CancelledError):
                await watching

    def _event(self, typed: str) -> Event:
        """A number is a button; anything else is a command or words."""
        if typed.isdecimal() and 0 < int(typed) <= len(self.labels):
            place, _, option = self.labels[int(typed) - 1].partition(":")
            return Chose(place, option)
        return event_of(typed)

    async def _hear(self, event: Event) -> None:
        key = f"terminal:{self.house.clock.new_token()}"
        try:
            outcome = await self.house.conductor.hear(Envelope(self.sender, key, event))
        except Unavailable:
            done = meanwhile(self.house.reception.first_session(self.sender), event)
            outcome = Outcome(done.screen, done.session)
        if outcome.screen is not None:
            self._show(outcome.session, outcome.screen)

    def _show(self, session: Session, screen: Screen) -> None:
        worded = self.house.wording.screen(session.language, session.service, screen, reveal=True)
        self.labels = [label.data for label in (*worded.buttons, *worded.fixed)]
        write("\n".join((*drawn(worded), "")))

    async def _watch(self) -> None:
        """Show what a colleague writes in the meantime."""
        while True:
            await asyncio.sleep(WATCH_S)
            with suppress(Unavailable):
                for message in await self._new_words():
                    write(f"\n  {message.staff_name}: {message.words}\n> ")

    async def _new_words(self) -> list[Message]:
        house = self.house
        index = house.keystore.index(self.sender.door, self.sender.address)
        now = house.clock.now()
        async with house.database.reading() as db:
            way = (await people.find_ways(db, [index])).get(index)
            seals = {} if way is None else await house.keystore.seals([way.person_id])
            found = await conversations.find(db, seals)
            thread = [
                message
                for person_id, seal in seals.items()
                for referral in await referrals.of_person(db, person_id)
                for message in await messages.thread(db, seal, referral.id, self.heard)
                if found
            ]
        # What may still be taken back, and all that comes behind it, is for the next look.
        thread = list(takewhile(lambda message: not message.is_held(now), thread))
        if not thread:
            return []
        self.heard = max(message.seq for message in thread)
        async with house.database.begin() as db:
            for person_id in seals:
                await messages.fetched(db, person_id, now)
        return [message for message in thread if message.author is Author.STAFF]


def drawn(worded: Worded) -> Iterator[str]:
    """Draw a screen: its paragraphs, its choices by number, and the ones that are always there."""
    yield from (f"\n{paragraph}" for paragraph in worded.paragraphs)
    yield ""
    for number, label in enumerate(worded.buttons, 1):
        yield f"  {number:2}  {label.text}"
    always = (
        f"{number} {label.text}"
        for number, label in enumerate(worded.fixed, len(worded.buttons) + 1)
    )
    yield f"\n  [ {'  |  '.join(always)} ]"


def read_line() -> str:
    """Read a line; the end of the input reads as an empty one."""
    write("> ")
    return sys.stdin.readline().strip()


def write(text: str) -> None:
    """Write to the terminal, at once."""
    sys.stdout.write(text)
    sys.stdout.flush()


async def talk(house: House) -> None:
    """Talk to the house; every time as somebody new."""
    await Terminal(house, Sender(Door.TERMINAL, house.clock.new_token())).run()
