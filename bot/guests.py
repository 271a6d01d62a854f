"""Who is behind an envelope: somebody who was here before, or a newcomer with a new key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.clock import Clock
from bot.envelopes import Chat, Sender
from bot.organisation import Organisation
from bot.spoken import other_language
from bot.terms import IN_CHAT
from dialogs.frozen import Frozen, Hidden, replace
from dialogs.returning import needs_code
from dialogs.values import Session
from dialogs.welcome import LANGUAGES, asks_for_a_language
from storage import conversations, copies, locks, mail, messages, people, traces
from storage.conversations import NEW, Conversation
from storage.errors import Conflict, NotFound
from storage.keystore import KeyStore
from storage.messages import Delivery
from storage.people import Newcomer, Way
from storage.sealed import Seal
from storage.traces import Trace

# Newcomers read their first screen in the language of their phone, where we speak it.
FIRST_LANGUAGE = "nl"


@cache
def unspoken(languages: tuple[str, ...]) -> tuple[str, ...]:
    """Name the languages that lack words here."""
    return tuple(each for each in LANGUAGES if each not in languages)


class Guest(Frozen):
    """A person in a transaction: their key, the way to them, their session as it was read.

    `touched` is when they were there last, where it is not they who come now.
    Who is shut behind a PIN is one only where others act upon them, and reads nothing there.
    """

    seal: Hidden[Seal]
    way: Way
    address: Hidden[str]
    session: Session
    version: int
    touched: datetime | None = None
    is_shut: bool = False


class Reception(Frozen):
    """Finds or makes the person behind a sender."""

    keystore: KeyStore
    clock: Clock
    languages: tuple[str, ...]
    organisation: Organisation

    @property
    def shut_after(self) -> timedelta:
        """Say how long somebody with a PIN may be away."""
        return timedelta(minutes=self.organisation.lock_after_minutes)

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
        await self._shut(db, ways, seals, by_index, now)
        newcomers = {index: sender for index, sender in by_index.items() if index not in ways}
        new_ways, new_seals = await self._welcome(db, newcomers, now)
        found = await conversations.find(db, seals)
        return {
            by_index[way.index]: self._guest(way, {**seals, **new_seals}, found, by_index)
            for way in (*ways.values(), *new_ways)
        }

    async def note_words(
        self, db: AsyncSession, words: Iterable[tuple[Sender | UUID, int | None]], now: datetime
    ) -> None:
        """Note the numbers of what people wrote in a chat that others keep too.

        It is taken out of there in time. Who wrote where nobody else reads has no number.
        """
        left = [
            self._trace(sender, number, now)
            for sender, number in words
            if isinstance(sender, Sender) and number is not None
        ]
        await traces.note(db, self.keystore.system, left, now)

    def _trace(self, sender: Sender, number: int, now: datetime) -> Trace:
        first = self.first_session(sender)
        chat = Chat(sender.address, first.language, first.service)
        return Trace(self.index(sender), number, chat.text(), now + IN_CHAT)

    async def visit(self, db: AsyncSession, person_id: UUID) -> Guest:
        """Find a person whom staff act upon; raise NotFound when they were erased."""
        seal = await self.keystore.seal_of(person_id)
        way, address, is_shut = await self._way_to(db, seal)
        found = await conversations.find(db, {person_id: seal})
        if person_id not in found:
            raise NotFound("this person has no conversation")
        conversation = found[person_id]
        return Guest(
            seal,
            way,
            address,
            conversation.session,
            conversation.version,
            conversation.touched,
            is_shut,
        )

    async def _way_to(self, db: AsyncSession, seal: Seal) -> tuple[Way, str, bool]:
        """Find the way to somebody and its address, and say whether they are shut behind a PIN."""
        lock = (await locks.find(db, {seal.person_id: seal})).get(seal.person_id)
        is_shut = lock is not None and lock.is_shut(self.clock.now(), self.shut_after)
        if lock is not None and lock.way is not None:
            return lock.way, lock.address, is_shut
        way = await people.way_of(db, seal.person_id)
        return way, await people.address(db, seal, way), is_shut

    async def _shut(
        self,
        db: AsyncSession,
        ways: dict[bytes, Way],
        seals: Mapping[UUID, Seal],
        by_index: Mapping[bytes, Sender],
        now: datetime,
    ) -> None:
        """Shut the conversations of those with a PIN who were away: whoever writes now is new."""
        found = await locks.find(db, {way.person_id: seals[way.person_id] for way in ways.values()})
        for way in [way for way in ways.values() if way.person_id in found]:
            seal = seals[way.person_id]
            if found[way.person_id].is_shut(now, self.shut_after):
                await locks.shut(db, seal, way, by_index[way.index].address)
                del ways[way.index]
            else:
                await locks.note_seen(db, seal, now)

    async def hand_over(
        self, db: AsyncSession, stranger: Guest, person_id: UUID, now: datetime
    ) -> Guest:
        """Let the door of a stranger lead to somebody who came back, and forget the stranger.

        Their own door leads nowhere from then on: who writes there next is new. What was on its
        way there is stopped, and words of staff wait again. What stands in both chats goes.
        """
        await conversations.lock(db, [stranger.seal.person_id, person_id])
        seal = await self.keystore.seal_of(person_id)
        before, _, _ = await self._way_to(db, seal)
        stopped = await mail.drop(db, before.index, now)
        await messages.mark(db, stopped, Delivery.WAITING)
        await copies.end(db, person_id)
        index, door, address = stranger.way.index, stranger.way.door, stranger.address
        await people.lead(db, seal, index, door, address)
        await people.erase(db, stranger.seal.person_id, now)
        await locks.reopen(db, seal, now)
        await traces.clear(db, [before.index, index], now)
        guest = await self.visit(db, person_id)
        return replace(guest, session=self._prepared(person_id, guest.session))

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
        return Guest(
            seals[way.person_id],
            way,
            sender.address,
            self._prepared(way.person_id, session),
            NEW if conversation is None else conversation.version,
        )

    def _prepared(self, person_id: UUID, session: Session) -> Session:
        """Give a session what the dialogs cannot make: names, a code, a day."""
        return replace(
            session,
            reference=session.reference or self.clock.new_reference(),
            ticket=session.ticket or self.clock.new_token(),
            proof=session.proof or self.keystore.proof(person_id),
            code=self.clock.new_return_code() if needs_code(session) else session.code,
            checked_since=self._checked_since,
            unspoken=unspoken(self.languages),
        )

    def spoken_to(self, session: Session, words: str) -> Session:
        """Speak to who types before they chose a language in the one they clearly type."""
        if not asks_for_a_language(session):
            return session
        typed = other_language(words, session.language)
        return replace(session, language=typed) if typed in self.languages else session

    def first_session(self, sender: Sender) -> Session:
        """Begin a conversation in the newcomer's language, if we speak it."""
        known = sender.language in self.languages
        language = sender.language if known else FIRST_LANGUAGE
        return Session(
            language=language,
            checked_since=self._checked_since,
            unspoken=unspoken(self.languages),
        )

    @property
    def _checked_since(self) -> date:
        """Say since which day a card must have been checked to be shown."""
        cards_expire = timedelta(days=self.organisation.cards_expire_days)
        return (self.clock.now() - cards_expire).date()
