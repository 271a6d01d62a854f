"""Requests come before staff: with answers, or as a warning that holds none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot import counting
from bot.clock import Clock
from bot.organisation import Organisation
from bot.scene import Scene
from dialogs.effects import AddAnswers, OpenReferral, WarnStaff
from dialogs.frozen import Frozen, replace
from dialogs.intake import IN_THE_OPEN
from dialogs.values import Answer, Role, Service
from storage import letterbox, referrals
from storage.letterbox import Letter, Letterbox
from storage.referral_values import Asked, NewReferral


class Requesting(Frozen):
    """What requests need beside a transaction."""

    clock: Clock
    organisation: Organisation
    zone: ZoneInfo

    async def open(self, db: AsyncSession, scene: Scene, asked: OpenReferral) -> None:
        """Put a request in the queue of its service, once."""
        queue = self.organisation.services[asked.service].queue.key
        box = await self.letterbox_of(db, asked.service, queue)
        answers, letters = put_in(box, asked.answers)
        new = NewReferral(
            id=self.clock.new_id(),
            reference=asked.reference,
            code_name=self.clock.new_code_name(),
            service=asked.service,
            queue=queue,
            language=scene.session.language,
            door=scene.door,
            role=asked.role,
            answers=answers,
            agreements=asked.agreements,
            now=scene.now,
            due_at=self._due_at(asked.service, scene.now),
            letters=letters,
        )
        if await referrals.open(db, scene.seal, new):
            await counting.opened(db, new)

    async def warn(self, db: AsyncSession, scene: Scene, warned: WarnStaff) -> None:
        """Put a request in the queue that says nothing of its person, not even in what role."""
        agreed = (warned.agreement,)
        empty = OpenReferral(warned.reference, warned.service, Role.UNDISCLOSED, agreed, ())
        await self.open(db, scene, empty)

    async def add(self, db: AsyncSession, scene: Scene, added: AddAnswers) -> None:
        """Lay answers with the request that is open; its person waits for an answer to them."""
        seal, now = scene.seal, scene.now
        referral = await referrals.get_open(db, seal.person_id)
        box = await self.letterbox_of(db, referral.service, referral.queue)
        answers, letters = put_in(box, added.answers)
        asked = Asked(added.role, answers, added.agreements, letters)
        due_at = self._due_at(referral.service, now)
        await referrals.add_answers(db, seal, referral.id, asked, now=now, due_at=due_at)

    async def letterbox_of(
        self, db: AsyncSession, service: Service, queue: str
    ) -> Letterbox | None:
        """Find where what a person tells is put in, if their service has that and it is there."""
        if not self.organisation.services[service].has_letterbox:
            return None
        return await letterbox.find(db, queue)

    def _due_at(self, service: Service, now: datetime) -> datetime | None:
        return self.organisation.services[service].due_at(now, self.zone)


def put_in(
    box: Letterbox | None, answers: Sequence[Answer]
) -> tuple[tuple[Answer, ...], Mapping[str, Letter]]:
    """Put all that was typed, but for a name or a way of contact, into a letterbox."""
    letters = {
        answer.step: box.put(answer.words)
        for answer in answers
        if box is not None and answer.words and answer.step not in IN_THE_OPEN
    }
    left = (replace(each, words=None) if each.step in letters else each for each in answers)
    return tuple(left), letters
