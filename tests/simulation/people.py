"""Who takes part in a history: people at their phones, and colleagues who are after one request."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from random import Random
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.envelopes import Envelope
from dialogs.events import StaffTook, StaffWrote
from storage import messages, referrals
from storage.errors import Conflict
from storage.messages import Author, Delivery, NewMessage
from storage.staff import Member
from tests.botapi.chats import Chat, Message
from tests.botapi.phone import Phone
from tests.botapi.server import BotApi
from tests.simulation.ground import ABOUT_TO_SEND, LEAVING, NEWCOMER, SENT, WAITING
from tests.simulation.process import Gone, Process

STOP = "everywhere.go:stop"
WAYS = {
    NEWCOMER: (
        ("/start", "welcome.language:nl"),
        ("welcome.language:nl", "welcome.role:victim"),
        ("welcome.role:victim", "welcome.menu:request"),
    ),
    ABOUT_TO_SEND: ((SENT, STOP), ("Dinsdag kan ik.", STOP)),
    WAITING: (("Woensdag kan ik.", STOP), ("Donderdag ook.", STOP)),
    LEAVING: (("everywhere.go:rights", "rights.overview:erase"), ("rights.overview:erase", "")),
}
"""What each does, and a button that the screen after it offers."""

TWICE = 0.2
AGAIN_S = 1.0
LAST_WORDS = "Dag, ik lees het."


@dataclass(slots=True)
class Person:
    """Somebody at a phone, who does one thing after the other and looks what comes of it."""

    phone: Phone
    lots: Random
    waits_for: str = ""

    @classmethod
    def at(cls, api: BotApi, id: int, lots: Random) -> Person:
        """Give somebody a phone on which the bot has written already."""
        person = {"id": id, "is_bot": False, "first_name": "Testpersoon", "language_code": "nl"}
        chat = api.chats.open(Chat(id, person))
        api.chats.add(chat, Message(api.chats.next_id(), "...", by_bot=True))
        return cls(Phone(api, chat, {}), lots)

    @property
    def words(self) -> list[str]:
        """What they say, and staff are to read."""
        return [does for does, _ in WAYS[self.chat.id] if ":" not in does and does[0] != "/"]

    @property
    def chat(self) -> Chat:
        return self.phone.chat

    async def go(self) -> None:
        """Go the whole way."""
        for does, offered in WAYS[self.chat.id]:
            seen = len(self.chat.shown)
            self.waits_for = does
            await self._do(does)
            if ":" in does and self.chat.id != LEAVING and self.lots.random() < TWICE:
                await self._do(does)
            await self._until(offered, seen)
        self.waits_for = ""

    async def _do(self, does: str) -> None:
        if ":" in does:
            await self.phone.forge(does)
        else:
            await self.phone.say(does)

    async def _until(self, offered: str, seen: int) -> None:
        """Look at what arrives until this is offered."""
        shown, changed = self.chat.shown, self.phone.api.chats.changed
        async with changed:
            await changed.wait_for(
                lambda: any(not offered or offered in each.buttons for each in shown[seen:])
            )


@dataclass(slots=True)
class Colleague:
    """Somebody at the desk who picks a request up and writes, if nobody else was faster."""

    member: Member
    process: Process
    person_id: UUID
    lots: Random
    has_it: bool = False

    async def go(self) -> None:
        """Press until it is done, or a colleague was faster."""
        await asyncio.sleep(self.lots.random())
        try:
            await self._until_done(self._claims())
        except Conflict:
            return
        self.has_it = True
        await self._until_done(self._writes())

    async def _until_done(self, envelope: Envelope) -> None:
        while True:
            try:
                await self.process.hear(envelope)
            except Gone:
                await asyncio.sleep(AGAIN_S)
            else:
                return

    def _claims(self) -> Envelope:
        async def first(db: AsyncSession) -> None:
            now = self.process.ground.clock.now()
            referral = await self._referral(db)
            await referrals.claim(db, self.member, referral, now)

        took = StaffTook(self.member.name)
        return Envelope(self.person_id, f"{self.member.name} claims", took, first)

    def _writes(self) -> Envelope:
        clock = self.process.ground.clock
        id = clock.new_id()

        async def first(db: AsyncSession) -> None:
            referral = await self._referral(db)
            await referrals.require_owner(db, self.member, referral)
            assert self.process.house
            seal = await self.process.house.keystore.seal_of(self.person_id)
            new = NewMessage(
                id,
                referral,
                Author.STAFF,
                clock.now(),
                LAST_WORDS,
                self.member.id,
                Delivery.WAITING,
            )
            await messages.add(db, seal, new)

        wrote = StaffWrote(self.member.name, LAST_WORDS)
        return Envelope(self.person_id, f"{self.member.name} writes", wrote, first, id)

    async def _referral(self, db: AsyncSession) -> UUID:
        referral = await referrals.find_open(db, self.person_id)
        assert referral
        return referral.id
