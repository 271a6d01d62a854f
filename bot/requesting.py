"""Requests come before staff: with answers, or as a warning that holds none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot import counting
from bot.clock import Clock
from bot.organisation import Organisation
from bot.scene import Scene
from dialogs.effects import AddAnswers, OpenReferral, WarnStaff
from dialogs.values import Role, Service
from storage import referrals
from storage.referral_values import Asked, NewReferral


@dataclass(frozen=True, slots=True)
class Requesting:
    """What requests need beside a transaction."""

    clock: Clock
    organisation: Organisation
    zone: ZoneInfo

    async def open(self, db: AsyncSession, scene: Scene, asked: OpenReferral) -> None:
        """Put a request in the queue of its service, once."""
        new = NewReferral(
            id=self.clock.new_id(),
            reference=asked.reference,
            code_name=self.clock.new_code_name(),
            service=asked.service,
            queue=self.organisation.services[asked.service].queue.key,
            language=scene.session.language,
            door=scene.door,
            role=asked.role,
            answers=asked.answers,
            agreements=asked.agreements,
            now=scene.now,
            due_at=self._due_at(asked.service, scene.now),
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
        asked = Asked(added.role, added.answers, added.agreements)
        seal, now = scene.seal, scene.now
        referral = await referrals.get_open(db, seal.person_id)
        due_at = self._due_at(referral.service, now)
        await referrals.add_answers(db, seal, referral.id, asked, now=now, due_at=due_at)

    def _due_at(self, service: Service, now: datetime) -> datetime | None:
        return self.organisation.services[service].due_at(now, self.zone)
