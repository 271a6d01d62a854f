"""One transaction of turns: everything they lead to is true together, or none of it is."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from contextlib import nullcontext, suppress
from datetime import datetime
from uuid import UUID

from msgspec import Struct, field
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.announcer import CHATS, MAIL, QUEUES, of_person, of_referral
from bot.envelopes import Envelope, First, Outcome, Sender
from bot.guests import Guest, Reception
from bot.handing import Carried, Load, given_words
from bot.outgoing import Outgoing, Played, Written
from bot.performing import Performer
from bot.reopening import Reopening
from bot.returning import Returning
from bot.scene import Scene
from bot.understanding.hearing import Understanding
from dialogs.events import Event, Overheard, Returned, Said
from dialogs.frozen import Frozen, replace
from dialogs.handoff import CONTACTS
from dialogs.meanwhile import AWAY, meanwhile
from dialogs.returning import ENTER
from dialogs.screens import Screen
from dialogs.steps import lines
from dialogs.turn import FIXED, turn
from dialogs.values import Session
from storage import conversations, heard, people, referrals, setaside
from storage.conversations import Change
from storage.database import Database
from storage.errors import Conflict, Entangled, NotFound, Unavailable, Unreadable
from storage.sealed import Seal
from storage.setaside import SetAside

log = logging.getLogger(__name__)

# The buttons may go wrong as well, so the ways to a human stand there.
WENT_WRONG = Screen((*lines("problem.went_wrong"), *CONTACTS), fixed=FIXED, lasting=True)


class Overtaken(Exception):
    """Another process saved a session first; the turn is thought again over what it saved."""


class Done(Struct):
    """What a transaction brought about; it is told once it is committed.

    Of those `carried` before it is noted along that they arrived.
    """

    now: datetime
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)
    erased: set[UUID] = field(default_factory=set)
    letters: list[Written] = field(default_factory=list)
    loads: tuple[Load, ...] = ()
    carried: Sequence[Carried] = ()


class Stage(Frozen):
    """Where turns are played."""

    database: Database
    reception: Reception
    performer: Performer
    returning: Returning
    understanding: Understanding
    reopening: Reopening
    outgoing: Outgoing

    def _to_nobody(self, sender: Sender, screen: Screen) -> Written:
        session = self.reception.first_session(sender)
        return self.outgoing.to_nobody(sender, self.reception.index(sender), session, screen)

    async def play(self, envelopes: Sequence[Envelope], *, held: bool = False) -> Done:
        """Play the turns of these envelopes, each of another person, in one transaction.

        With `held`, others wait until it is over before they go on with these conversations. Raises
        Overtaken when another process was faster, and what any turn or `first` raises; then
        nothing happened.
        """
        done = Done(self.reception.clock.now())
        # A turn by itself is never in the way of what became of letters, nor the other way round.
        noting = self.outgoing.hands.noting() if len(envelopes) > 1 else nullcontext(())
        try:
            with noting as done.carried:
                await self._commit(envelopes, done, held=held)
        except Entangled as error:
            raise Overtaken from error
        # Before anything else, for nobody else carries them.
        is_over = await self.outgoing.hand_over(self.database, done.loads, done.now)
        if not is_over or len(done.loads) < len(done.letters):
            done.changed.add(MAIL)
        done.changed.update(map(of_person, given_words(done.carried)))
        for person_id in done.erased:
            await self._forget(person_id, done.now)
        if done.erased:
            done.changed.add(CHATS)
        return done

    async def _commit(self, envelopes: Sequence[Envelope], done: Done, *, held: bool) -> None:
        async with self.database.begin() as db:
            if held:
                await self._hold(db, envelopes)
            fresh = await heard.keep(db, [each.key for each in envelopes], done.now)
            for key in {each.key for each in envelopes} - fresh:
                done.outcomes[key] = Outcome(None, Session(), heard_before=True)
            # Also what was heard before: of an album only the first picture is heard.
            words = [(each.sender, each.message) for each in envelopes]
            await self.reception.note_words(db, words, done.now)
            played = await self._turns(db, [e for e in envelopes if e.key in fresh], done)
            await self._save(db, played, done.now)
            done.changed |= await self._touched(db, played)
            await self._fulfil(db, played, done)
            for each in played:
                done.letters += await self.outgoing.letters(db, each)
            done.loads = await self.outgoing.put(db, done.letters, done.now, done.carried)

    async def _hold(self, db: AsyncSession, envelopes: Sequence[Envelope]) -> None:
        senders = [each.sender for each in envelopes if isinstance(each.sender, Sender)]
        ways = await people.find_ways(db, list(map(self.reception.index, senders)))
        await conversations.lock(db, [way.person_id for way in ways.values()])

    def sorry(self, sender: Sender, event: Event) -> Screen:
        """Choose what follows a turn that failed: what somebody came to read, or whom to call.

        So nobody is cut off from it whose session does not open any more.
        """
        # What failed before may fail here too.
        with suppress(Exception):
            done = meanwhile(self.reception.first_session(sender), event)
            if done.screen is not None and done.session.place != AWAY:
                return done.screen
        return WENT_WRONG

    async def set_aside(
        self,
        key: str,
        text: str,
        sender: Sender | None,
        message: int | None = None,
        screen: Screen = WENT_WRONG,
    ) -> Outcome:
        """Keep what cannot be played, sealed, and show its person this screen.

        Nobody is told when it cannot even be said whose it is. `message` is as in an envelope.
        """
        keystore, clock = self.reception.keystore, self.reception.clock
        now, seal, version = clock.now(), keystore.system, conversations.NEW
        async with self.database.begin() as db:
            if await heard.keep(db, [key], now):
                if sender is not None:
                    await self.reception.note_words(db, [(sender, message)], now)
                    seal = await self._seal_for(db, sender)
                    version = await conversations.version_of(db, seal.person_id)
                kept = SetAside(clock.new_id(), key, now, text, version)
                await setaside.keep(db, seal, kept)
                if sender is not None and not sender.door.is_fetched:
                    await self.outgoing.put(db, [self._to_nobody(sender, screen)], now)
        session = Session() if sender is None else self.reception.first_session(sender)
        return Outcome(screen, session)

    async def _turns(
        self, db: AsyncSession, envelopes: Sequence[Envelope], done: Done
    ) -> list[Played]:
        """Find everybody and think their turns; who speaks in public does not become a person."""
        private = []
        for envelope in envelopes:
            if isinstance(envelope.event, Overheard) and isinstance(envelope.sender, Sender):
                self._answer_in_public(envelope, envelope.sender, done)
            else:
                private.append(envelope)
        senders = [each.sender for each in private if isinstance(each.sender, Sender)]
        guests = await self._arrive(db, senders, done.now)
        played = []
        for envelope in private:
            event = envelope.event
            if isinstance(envelope.sender, Sender):
                guest = guests[envelope.sender]
                guest, event = await self._led_back(db, guest, event, done)
            else:
                guest = await self._visit(db, envelope.sender, envelope.first)
            if isinstance(event, Said):
                session = await self.reopening.by_person(db, guest.seal, guest.session, done.now)
                session = self.reception.spoken_to(session, event.words)
                guest = replace(guest, session=session)
            event = self.understanding.of(event, guest.session)
            played.append(Played(envelope, guest, event, turn(guest.session, event)))
        if len({each.guest.seal.person_id for each in played}) < len(played):
            # Somebody came back where another door of theirs spoke too; each is heard by itself.
            raise Overtaken
        return played

    async def _led_back(
        self, db: AsyncSession, guest: Guest, event: Event, done: Done
    ) -> tuple[Guest, Event]:
        """Lead who typed a code of theirs back to their conversation; others stay who they are."""
        if guest.session.place != ENTER or not isinstance(event, Said) or event.attached:
            return guest, event
        person_id = await self.returning.find(db, guest.way.index, event.words, done.now)
        if person_id is None:
            return guest, event
        stranger = guest.seal.person_id
        if person_id != stranger:
            guest = await self.reception.hand_over(db, guest, person_id, done.now)
            done.erased.add(stranger)
            done.changed.add(of_person(stranger))
        return guest, Returned()

    async def _arrive(
        self, db: AsyncSession, senders: Sequence[Sender], now: datetime
    ) -> dict[Sender, Guest]:
        try:
            return await self.reception.arrive(db, senders, now) if senders else {}
        except Conflict as error:
            raise Overtaken from error

    async def _visit(self, db: AsyncSession, person_id: UUID, first: First | None) -> Guest:
        """Do what staff do, in the order of any turn: the conversation before the request."""
        await conversations.lock(db, [person_id])
        if first is not None:
            await first(db)
        return await self.reception.visit(db, person_id)

    async def _save(self, db: AsyncSession, played: Sequence[Played], now: datetime) -> None:
        changes = [
            Change(each.guest.seal, each.guest.version, each.turn.session, each.guest.touched)
            for each in played
            if not each.erases
        ]
        try:
            overtaken = await conversations.save_all(db, changes, now)
        except Conflict as error:
            raise Overtaken from error
        if overtaken:
            raise Overtaken
        await conversations.lock(db, [each.guest.seal.person_id for each in played if each.erases])

    async def _fulfil(self, db: AsyncSession, played: Sequence[Played], done: Done) -> None:
        """Make the effects of all turns true, and note what open pages will want to see."""
        asked = [
            (Scene(each.guest.seal, each.guest.way.door, each.turn.session, done.now), effect)
            for each in played
            for effect in each.turn.effects
        ]
        await self.performer.perform_all(db, asked)
        for each in played:
            guest = each.guest
            done.outcomes[each.envelope.key] = Outcome(each.turn.screen, each.turn.session)
            done.changed.add(of_person(guest.seal.person_id))
            if each.erases:
                done.erased.add(guest.seal.person_id)
            elif guest.way.closed and isinstance(each.envelope.sender, Sender):
                await people.reopen_way(db, guest.way.index)

    async def _touched(self, db: AsyncSession, played: Sequence[Played]) -> set[str]:
        """Name the requests of those for whom something is to become true, and the queues."""
        theirs = [
            each.guest.seal.person_id
            for each in played
            if each.turn.effects or each.envelope.first is not None
        ]
        if not theirs:
            return set()
        return {QUEUES, *map(of_referral, await referrals.ids_of(db, theirs))}

    async def _seal_for(self, db: AsyncSession, sender: Sender) -> Seal:
        """Seal with the person's own key where there is one, so that it goes when they go."""
        keystore, index = self.reception.keystore, self.reception.index(sender)
        way = (await people.find_ways(db, [index])).get(index)
        if way is not None:
            # A key that does not open must not keep this from being set aside.
            with suppress(Unreadable, NotFound):
                return await keystore.seal_of(way.person_id)
        return keystore.system

    def _answer_in_public(self, envelope: Envelope, sender: Sender, done: Done) -> None:
        taken = turn(self.reception.first_session(sender), envelope.event)
        done.outcomes[envelope.key] = Outcome(taken.screen, taken.session)
        if taken.screen is not None:
            done.letters.append(self._to_nobody(sender, taken.screen))

    async def _forget(self, person_id: UUID, now: datetime) -> None:
        """Destroy the key of somebody whose rows are gone; the keeper finishes what fails here."""
        with suppress(Unavailable):
            if await self.reception.keystore.erase(person_id, now):
                async with self.database.begin() as db:
                    await people.erased(db, person_id)
                await self.database.scrub()
                return
        log.warning("A key could not be destroyed yet; the keeper will try again.")
