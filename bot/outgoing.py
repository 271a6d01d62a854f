"""The letters that turns lead to, for people to whom words are brought; others come for theirs."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.clock import Clock
from bot.envelopes import Envelope, LetterBody, Sender
from bot.guests import Guest
from dialogs.effects import ErasePerson, Turn
from dialogs.events import Event, Returned
from dialogs.screens import Screen
from dialogs.turn import brought, unopened
from dialogs.values import Session
from storage import messages
from storage.mail import NewLetter
from storage.messages import Delivery


def is_old(session: Session) -> bool:
    """Say whether an old button was pressed: then the screen comes below it, to be seen."""
    return session.remark == "problem.old_button"


@dataclass(frozen=True, slots=True)
class Played:
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


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Writes letters; each is put down in the transaction of its turn."""

    clock: Clock

    async def letters(self, db: AsyncSession, each: Played) -> list[NewLetter]:
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

    async def _waiting(self, db: AsyncSession, each: Played) -> list[NewLetter]:
        """Bring what staff wrote and nobody fetched to somebody who came back."""
        session = each.turn.session
        return [
            self._letter(each, brought(session, new.staff_name or "", new.words), new.id)
            for new in await messages.waiting(db, each.guest.seal)
        ]

    def _letter(self, each: Played, screen: Screen, message_id: UUID | None) -> NewLetter:
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
        return NewLetter(id, way.index, person_id, way.door, body.text(), message_id)

    def to_nobody(
        self, sender: Sender, index: bytes, session: Session, screen: Screen
    ) -> NewLetter:
        """Write to an address of which nothing is kept."""
        body = LetterBody(sender.address, session.language, session.service, screen, replaces=False)
        return NewLetter(self.clock.new_id(), index, None, sender.door, body.text())
