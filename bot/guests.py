"""Who is behind an envelope: somebody who was here before, or a newcomer with a new key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.clock import Clock
from bot.envelopes import Sender
from bot.organisation import Organisation
from dialogs.values import Session
from storage import conversations, people
from storage.conversations import NEW, Conversation
from storage.errors import Conflict, NotFound
from storage.keystore import KeyStore
from storage.people import Newcomer, Way
from storage.sealed import Seal

# Newcomers read their first screen in the language of their phone, where we speak it.
FIRST_LANGUAGE = "nl"


@dataclass(frozen=True, slots=True)
class Guest:
    """A person in a transaction: their key, the way to them, their session as it was read."""

    seal: Seal = field(repr=False)
    way: Way
    address: str = field(repr=False)
    session: Session
    version: int


@dataclass(frozen=True, slots=True)
class Reception:
    """Finds or makes the person behind a sender."""

    keystore: KeyStore
    clock: Clock
    languages: tuple[str, ...]
    organisation: Organisation

    def index(self, sender: Sender) -> bytes:
        """Make the keyed hash by which a sender is known again."""
        return self.keystore.index(sender.door, sender.address)

    async def arrive(
        self, db: AsyncSession, senders: Sequence[Sender], now: datetime
    ) -> dict[Sender, Guest]:
        """Find everybody who writes, and write newcomers down; their keys are made first."""
        by_index = {self.index(sender): sender for sender in senders}
        ways = await people.find_ways(db, list(by_index))
        seals = await self.keystore.seals([way.person_id for way in ways.values()])
        keyless = [way for way in ways.values() if way.person_id not in seals]
        await conversations.lock(db, [way.person_id for way in keyless])
        for way in keyless:
            # Their key is destroyed and the rest is about to go: whoever writes now is new.
            await people.erase(db, way.person_id, now)
            del ways[way.index]
        newcomers = {index: sender for index, sender in by_index.items() if index not in ways}
        new_ways, new_seals = await self._welcome(db, newcomers, now)
        found = await conversations.find(db, seals)
        return {
            by_index[way.index]: self._guest(way, {**seals, **new_seals}, found, by_index)
            for way in (*ways.values(), *new_ways)
        }

    async def visit(self, db: AsyncSession, person_id: UUID) -> Guest:
        """Find a person whom staff act upon; raise NotFound when they were erased."""
        seal = await self.keystore.seal_of(person_id)
        way = await people.way_of(db, person_id)
        found = await conversations.find(db, {person_id: seal})
        if person_id not in found:
            raise NotFound("this person has no conversation")
        address = await people.address(db, seal, way)
        conversation = found[person_id]
        return Guest(seal, way, address, conversation.session, conversation.version)

    async def _welcome(
        self, db: AsyncSession, newcomers: Mapping[bytes, Sender], now: datetime
    ) -> tuple[list[Way], dict[UUID, Seal]]:
        ids = {index: self.clock.new_id() for index in newcomers}
        await self.keystore.make(list(ids.values()))
        seals = await self.keystore.seals(list(ids.values()))
        rows = [
            Newcomer(seals[ids[index]], index, sender.door, sender.address)
            for index, sender in newcomers.items()
        ]
        if await people.add_all(db, rows, now.date()):
            raise Conflict("another process just welcomed one of these")
        ways = [Way(index, ids[index], sender.door) for index, sender in newcomers.items()]
        return ways, seals

    def _guest(
        self,
        way: Way,
        seals: Mapping[UUID, Seal],
        found: Mapping[UUID, Conversation],
        by_index: Mapping[bytes, Sender],
    ) -> Guest:
        sender = by_index[way.index]
        conversation = found.get(way.person_id)
        session = self.first_session(sender) if conversation is None else conversation.session
        if session.language not in self.languages:
            # A release took this language away; the Dutch text decides.
            session = replace(session, language=FIRST_LANGUAGE)
        if not session.reference:
            session = replace(session, reference=self.clock.new_reference())
        if not session.ticket:
            session = replace(session, ticket=self.clock.new_token())
        session = replace(session, proof=self.keystore.proof(way.person_id))
        cards_expire = timedelta(days=self.organisation.cards_expire_days)
        session = replace(session, checked_since=(self.clock.now() - cards_expire).date())
        version = NEW if conversation is None else conversation.version
        return Guest(seals[way.person_id], way, sender.address, session, version)

    def first_session(self, sender: Sender) -> Session:
        """Begin a conversation in the newcomer's language, if we speak it."""
        known = sender.language in self.languages
        return Session(language=sender.language if known else FIRST_LANGUAGE)
