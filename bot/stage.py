"""One transaction of turns: everything they lead to is true together, or none of it is."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.announcer import MAIL, QUEUES, of_person, of_referral
from bot.envelopes import Envelope, First, LetterBody, Outcome, Sender
from bot.guests import Guest, Reception
from bot.performing import Performer, Scene
from bot.understanding import Understanding
from dialogs.effects import ErasePerson, Turn
from dialogs.events import Chose, Overheard
from dialogs.screens import Screen
from dialogs.steps import lines
from dialogs.turn import FIXED, turn
from dialogs.values import Session
from storage import conversations, heard, mail, messages, people, referrals, setaside
from storage.conversations import Change
from storage.database import Database
from storage.errors import Conflict, Entangled, Unavailable
from storage.mail import NewLetter
from storage.messages import Delivery
from storage.sealed import Seal
from storage.setaside import SetAside

log = logging.getLogger(__name__)

WENT_WRONG = Screen(lines("problem.went_wrong"), fixed=FIXED, lasting=True)


class Overtaken(Exception):
    """Another process saved a session first; the turn is thought again over what it saved."""


def is_old(session: Session) -> bool:
    """Say whether an old button was pressed: then the screen comes below it, to be seen."""
    return session.remark == "problem.old_button"


@dataclass(frozen=True, slots=True)
class Played:
    """A turn, whose it was, and what caused it."""

    envelope: Envelope
    guest: Guest
    turn: Turn

    @property
    def erases(self) -> bool:
        """Say whether nothing of this person may be left."""
        return ErasePerson() in self.turn.effects


@dataclass(slots=True)
class Done:
    """What a transaction brought about; it is told once it is committed."""

    now: datetime
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)
    erased: set[UUID] = field(default_factory=set)
    letters: list[NewLetter] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Stage:
    """Where turns are played."""

    database: Database
    reception: Reception
    performer: Performer
    understanding: Understanding

    async def play(self, envelopes: Sequence[Envelope]) -> Done:
        """Play the turns of these envelopes, each of another person, in one transaction.

        Raises Overtaken when another process was faster, and what any turn or `first` raises; then
        nothing happened.
        """
        done = Done(self.reception.clock.now())
        try:
            await self._commit(envelopes, done)
        except Entangled as error:
            raise Overtaken from error
        for person_id in done.erased:
            await self._forget(person_id, done.now)
        if done.letters:
            done.changed.add(MAIL)
        return done

    async def _commit(self, envelopes: Sequence[Envelope], done: Done) -> None:
        async with self.database.begin() as db:
            fresh = await heard.keep(db, [each.key for each in envelopes], done.now)
            for envelope in envelopes:
                if envelope.key not in fresh:
                    done.outcomes[envelope.key] = Outcome(None, Session(), heard_before=True)
            played = await self._turns(db, [e for e in envelopes if e.key in fresh], done)
            await self._save(db, played, done.now)
            for each in played:
                await self._fulfil(db, each, done)
                await self._address(db, each, done)
            await mail.put(db, self.reception.keystore, done.letters, done.now)

    async def set_aside(self, envelope: Envelope, sender: Sender) -> Outcome:
        """Keep an envelope whose turn failed, sealed, and tell its person where a human is."""
        keystore, clock = self.reception.keystore, self.reception.clock
        now, what = clock.now(), type(envelope.event).__name__
        text = json.dumps({"event": what, **asdict(envelope.event), "from": asdict(sender)})
        async with self.database.begin() as db:
            if await heard.keep(db, [envelope.key], now):
                kept = SetAside(clock.new_id(), envelope.key, now, text)
                await setaside.keep(db, await self._seal_for(db, sender), kept)
                if not sender.door.is_fetched:
                    letter = self._letter_to_nobody(sender, WENT_WRONG)
                    await mail.put(db, keystore, [letter], now)
        return Outcome(WENT_WRONG, self.reception.first_session(sender))

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
            if isinstance(envelope.sender, Sender):
                guest = guests[envelope.sender]
            else:
                guest = await self._visit(db, envelope.sender, envelope.first)
            event = self.understanding.of(envelope.event)
            played.append(Played(envelope, guest, turn(guest.session, event)))
        return played

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
            Change(each.guest.seal, each.guest.version, each.turn.session)
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

    async def _fulfil(self, db: AsyncSession, each: Played, done: Done) -> None:
        """Make the effects of one turn true, and note what open pages will want to see."""
        guest, after = each.guest, each.turn.session
        done.outcomes[each.envelope.key] = Outcome(each.turn.screen, after)
        done.changed.add(of_person(guest.seal.person_id))
        before = await self._referrals_of(db, each)
        for effect in each.turn.effects:
            scene = Scene(guest.seal, guest.way.door, after, done.now)
            await self.performer.perform(db, scene, effect)
        if each.turn.effects or each.envelope.first is not None:
            done.changed |= {QUEUES, *before}
        if each.erases:
            done.erased.add(guest.seal.person_id)
        elif guest.way.closed and isinstance(each.envelope.sender, Sender):
            await people.reopen_way(db, guest.way.index)

    async def _referrals_of(self, db: AsyncSession, each: Played) -> set[str]:
        if not each.turn.effects and each.envelope.first is None:
            return set()
        theirs = await referrals.of_person(db, each.guest.seal.person_id)
        return {of_referral(referral.id) for referral in theirs}

    async def _address(self, db: AsyncSession, each: Played, done: Done) -> None:
        """Write a letter to somebody to whom words are brought; others come for theirs."""
        guest, envelope = each.guest, each.envelope
        if each.turn.screen is None or guest.way.door.is_fetched:
            return
        if guest.way.closed and not isinstance(envelope.sender, Sender):
            if envelope.message_id is not None:
                await messages.mark(db, [envelope.message_id], Delivery.BLOCKED)
            return
        body = LetterBody(
            guest.address,
            each.turn.session.language,
            each.turn.session.service,
            each.turn.screen,
            replaces=isinstance(envelope.event, Chose) and not is_old(each.turn.session),
        )
        letter = NewLetter(
            self.reception.clock.new_id(),
            guest.way.index,
            None if each.erases else guest.seal.person_id,
            guest.way.door,
            body.text(),
            envelope.message_id,
        )
        done.letters.append(letter)

    async def _seal_for(self, db: AsyncSession, sender: Sender) -> Seal:
        """Seal with the person's own key where there is one, so that it goes when they go."""
        keystore, index = self.reception.keystore, self.reception.index(sender)
        way = (await people.find_ways(db, [index])).get(index)
        seals = {} if way is None else await keystore.seals([way.person_id])
        return next(iter(seals.values()), keystore.system)

    def _answer_in_public(self, envelope: Envelope, sender: Sender, done: Done) -> None:
        taken = turn(self.reception.first_session(sender), envelope.event)
        done.outcomes[envelope.key] = Outcome(taken.screen, taken.session)
        if taken.screen is not None:
            done.letters.append(self._letter_to_nobody(sender, taken.screen))

    def _letter_to_nobody(self, sender: Sender, screen: Screen) -> NewLetter:
        """Write to an address of which nothing is kept."""
        session = self.reception.first_session(sender)
        body = LetterBody(sender.address, session.language, session.service, screen, replaces=False)
        index = self.reception.index(sender)
        return NewLetter(self.reception.clock.new_id(), index, None, sender.door, body.text())

    async def _forget(self, person_id: UUID, now: datetime) -> None:
        """Destroy the key of somebody whose rows are gone; the keeper finishes what fails here."""
        with suppress(Unavailable):
            if await self.reception.keystore.erase(person_id, now):
                async with self.database.begin() as db:
                    await people.erased(db, person_id)
                await self.database.scrub()
                return
        log.warning("A key could not be destroyed yet; the keeper will try again.")
