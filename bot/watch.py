"""Watches the requests that lie before staff: what should move on by itself does."""

from __future__ import annotations

import logging
from contextlib import suppress
from functools import partial

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.announcer import QUEUES, of_referral
from bot.envelopes import Envelope
from bot.going import every
from bot.house import House
from dialogs.events import StaffReleased
from dialogs.frozen import Frozen
from storage import messages, needs, presence, referrals, staff, waiting
from storage.errors import Conflict, NotFound
from storage.messages import Author, NewMessage
from storage.referrals import Back, Referral
from storage.staff import Member

log = logging.getLogger(__name__)

EVERY_S = 60.0
UNABLE = partial(log.warning, "Requests could not be looked after now (%s).")


class Watch(Frozen):
    """Looks after requests in time."""

    house: House

    async def run(self) -> None:
        """Look around every minute, until cancelled."""
        await self.terms_anew()
        await every(EVERY_S, self.round, UNABLE)

    async def terms_anew(self) -> None:
        """Find again before when everybody must have an answer: the settings may have changed."""
        services, zone = self.house.organisation.services, self.house.settings.timezone
        async with self.house.database.begin() as db:
            for waits in await waiting.everybody(db):
                due_at = services[waits.service].due_at(waits.since, zone)
                if due_at != waits.due_at:
                    await waiting.set_due(db, waits, due_at)

    async def round(self) -> None:
        """Do what it is time for."""
        async with self.house.database.begin() as db:
            await needs.run_out(db, self.house.keystore, self.house.clock.now())
        await self._wake()
        for referral, why in await self._forgotten():
            with suppress(Conflict, NotFound):
                await self._give_back(referral, why)

    async def _wake(self) -> None:
        """Let what has rested lie before its owner again."""
        now = self.house.clock.now()
        async with self.house.database.begin() as db:
            await presence.forget(db, now)
            woken = await referrals.rested(db, now)
            for referral in woken:
                await self._note(db, referral, Back.RESTED)
        if woken:
            self.house.announcer.announce(QUEUES, *(of_referral(each.id) for each in woken))

    async def _forgotten(self) -> list[tuple[Referral, Back]]:
        """List whose colleague is not there, or says nothing, while they wait."""
        async with self.house.database.reading() as db:
            everyone = await staff.everyone(db, self.house.keystore.system)
            waiting_for = await referrals.unanswered(db)
        members = {member.id: member for member in everyone}
        found = [
            (each, self._why(each, members[each.owner_id])) for each in waiting_for if each.owner_id
        ]
        return [(referral, why) for referral, why in found if why]

    def _why(self, referral: Referral, owner: Member) -> Back | None:
        now, zone = self.house.clock.now(), self.house.settings.timezone
        if not owner.is_on_duty(now.astimezone(zone).date()):
            return Back.AWAY
        # Whoever picked it up late has the whole term for it.
        moments = (referral.waiting_since, referral.owned_since)
        since = max(moment for moment in moments if moment)
        office = self.house.organisation.services[referral.service]
        return Back.SILENT if office.is_silent(since, now, zone) else None

    async def _give_back(self, referral: Referral, why: Back) -> None:
        """Put a request into its queue again, in the conversation of its person too."""

        async def first(db: AsyncSession) -> None:
            await referrals.give_back(db, referral, why)
            await self._note(db, referral, why)

        if referral.person_id is not None:
            key = f"watch:{referral.id}:{referral.version}"
            back = Envelope(referral.person_id, key, StaffReleased(), first)
            await self.house.conductor.hear(back)

    async def _note(self, db: AsyncSession, referral: Referral, why: Back) -> None:
        """Put on a timeline what nobody did."""
        if referral.person_id is None:
            return
        seal = await self.house.keystore.seal_of(referral.person_id)
        id, now = self.house.clock.new_id(), self.house.clock.now()
        await messages.add(db, seal, NewMessage(id, referral.id, Author.EVENT, now, event=why))
