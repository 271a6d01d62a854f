"""Who writes soon after a conversation was closed comes back to it, and to the same colleague."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.clock import Clock
from bot.organisation import Organisation
from dialogs.frozen import Frozen
from dialogs.handoff import may_reopen, reopened
from dialogs.values import Session
from storage import conversations, messages, referrals, staff
from storage.errors import NotFound
from storage.keystore import KeyStore
from storage.messages import Author, NewMessage
from storage.referrals import Referral, Status
from storage.sealed import Seal
from storage.staff import Member


class Reopening(Frozen):
    """What opening a request again needs beside a transaction."""

    clock: Clock
    organisation: Organisation
    keystore: KeyStore
    zone: ZoneInfo

    async def by_person(
        self, db: AsyncSession, seal: Seal, session: Session, now: datetime
    ) -> Session:
        """Open the last request of who writes now, if it was closed lately; give their session."""
        if not may_reopen(session):
            return session
        await conversations.lock(db, [seal.person_id])
        referral = await self._closed_lately(db, seal, now)
        if referral is None:
            return session
        owner = await self._owner_on_duty(db, referral, now)
        due_at = self.organisation.services[referral.service].due_at(now, self.zone)
        await referrals.reopen_for(db, referral.id, owner, now, due_at)
        id = self.clock.new_id()
        event = NewMessage(id, referral.id, Author.EVENT, now, event="reopened_by_person")
        await messages.add(db, seal, event)
        return reopened(session, referral.reference or "", owner.name if owner else None)

    async def _closed_lately(self, db: AsyncSession, seal: Seal, now: datetime) -> Referral | None:
        theirs = await referrals.of_person(db, seal.person_id)
        since = now - timedelta(days=self.organisation.reopen_days)
        is_late = not theirs or (theirs[-1].closed_at or since) <= since
        return None if is_late or theirs[-1].status is not Status.CLOSED else theirs[-1]

    async def _owner_on_duty(
        self, db: AsyncSession, referral: Referral, now: datetime
    ) -> Member | None:
        if referral.owner_id is None:
            return None
        owner = await staff.get(db, self.keystore.system, referral.owner_id)
        if not owner.is_on_duty(now.astimezone(self.zone).date()):
            return None
        with suppress(NotFound):
            # They may not know of it any more: of another queue by now, or of the other side.
            await referrals.get(db, owner, referral.id)
            return owner
        return None
