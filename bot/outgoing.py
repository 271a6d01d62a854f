"""The letters that turns lead to, for people to whom words are brought; others come for theirs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.clock import Clock
from bot.envelopes import Envelope, LetterBody, Sender
from bot.guests import Guest
from bot.handing import LEASE, Carried, Hands, Load
from bot.noting import note_arrived
from dialogs.effects import ErasePerson, Turn
from dialogs.events import Event, Returned
from dialogs.frozen import Frozen, replace
from dialogs.screens import Screen
from dialogs.turn import brought, unopened
from dialogs.values import Session
from storage import mail, messages
from storage.database import Database
from storage.errors import Unavailable
from storage.keystore import KeyStore
from storage.mail import Letter, NewLetter
from storage.messages import Delivery


def is_old(session: Session) -> bool:
    """Say whether an old button was pressed: then the screen comes below it, to be seen."""
    return session.remark == "problem.old_button"


class Played(Frozen):
    """A turn, whose it was, and what caused it.

    The event is that of the envelope, unless typed digits turned out to be somebody's code.
    """

    envelope: Envelope
    guest: Guest
    event: Event
    turn: Turn

    @property
    def erases(self) -> bool:
        """Say whether nothing of this person may be left."""
        return ErasePerson() in self.turn.effects


class Written(Frozen):
    """A letter as it lies in the outbox, and what it says."""

    letter: NewLetter
    body: LetterBody

    def load(self, before: int | None) -> Load:
        """Make it ready to be carried, as the first try."""
        new = self.letter
        letter = Letter(new.id, new.recipient, new.person_id, new.door, new.body, 1, new.message_id)
        return Load(letter, self.body, before)


class Outgoing(Frozen):
    """Writes letters; each is put down in the transaction of its turn."""

    clock: Clock
    keystore: KeyStore
    hands: Hands

    async def put(
        self,
        db: AsyncSession,
        written: Sequence[Written],
        now: datetime,
        carried: Sequence[Carried] = (),
    ) -> tuple[Load, ...]:
        """Put letters down; give those that the courier of this process is to carry at once.

        Of those that it has `carried` it is noted first that they arrived.
        """
        if carried:
            await note_arrived(db, self.keystore, carried, now)
        loads = await self._at_once(db, written)
        until, taken = now + LEASE, {load.letter.id for load in loads}
        letters = [
            replace(one.letter, leased_until=until) if one.letter.id in taken else one.letter
            for one in written
        ]
        await mail.put(db, self.keystore, letters, now)
        return loads

    async def _at_once(self, db: AsyncSession, written: Sequence[Written]) -> tuple[Load, ...]:
        """Choose the letters before which nothing lies, and which wait for nothing.

        Words of a colleague may still be taken back; who is not known any more may have other
        letters on their way.
        """
        if not self.hands.are_free:
            return ()
        number, busy = Counter(one.letter.recipient for one in written), self.hands.ways
        alone = {
            one.letter.recipient: one
            for one in written
            if one.letter.person_id is not None
            and one.letter.message_id is None
            and number[one.letter.recipient] == 1
            and one.letter.recipient not in busy
        }
        screens = await mail.unburdened(db, list(alone)[: self.hands.road.room])
        return tuple(alone[way].load(before) for way, before in screens.items())

    async def hand_over(self, database: Database, loads: Sequence[Load], now: datetime) -> bool:
        """Hand letters over, once they are put down for good; False when not all of them went.

        Those lie in the outbox as others do, or until their lease ends where storage is away.
        """
        left = self.hands.give(loads)
        if not left:
            return True
        with suppress(Unavailable):
            async with database.begin() as db:
                for load in left:
                    await mail.put_back(db, load.letter.id, now)
        return False

    async def letters(self, db: AsyncSession, each: Played) -> list[Written]:
        """Write what a turn leads to; words to where nothing arrives are marked as unsent."""
        guest, envelope = each.guest, each.envelope
        if each.turn.screen is None or guest.way.door.is_fetched:
            return []
        if guest.way.closed and not isinstance(envelope.sender, Sender):
            if envelope.message_id is not None:
                await messages.mark(db, [envelope.message_id], Delivery.UNSENT)
            return []
        if guest.is_shut:
            # The words themselves wait until their person is there again.
            return [self._letter(each, unopened(), None)]
        waiting = await self._waiting(db, each) if isinstance(each.event, Returned) else []
        return [*waiting, self._letter(each, each.turn.screen, envelope.message_id)]

    async def _waiting(self, db: AsyncSession, each: Played) -> list[Written]:
        """Bring what staff wrote and nobody fetched to somebody who came back."""
        session = each.turn.session
        return [
            self._letter(each, brought(session, new.staff_name or "", new.words), new.id)
            for new in await messages.waiting(db, each.guest.seal)
        ]

    def _letter(self, each: Played, screen: Screen, message_id: UUID | None) -> Written:
        guest, session = each.guest, each.turn.session
        body = LetterBody(
            guest.address,
            session.language,
            session.service,
            screen,
            replaces=each.envelope.pressed and not is_old(session),
        )
        person_id = None if each.erases else guest.seal.person_id
        way = guest.way
        id = self.clock.new_id()
        return Written(NewLetter(id, way.index, person_id, way.door, body.text(), message_id), body)

    def to_nobody(self, sender: Sender, index: bytes, session: Session, screen: Screen) -> Written:
        """Write to an address of which nothing is kept."""
        body = LetterBody(sender.address, session.language, session.service, screen, replaces=False)
        letter = NewLetter(self.clock.new_id(), index, None, sender.door, body.text())
        return Written(letter, body)
