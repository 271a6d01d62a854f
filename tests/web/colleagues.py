"""A colleague who picks up the one request there is, writes and closes, past the desk's pages."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.envelopes import Envelope
from bot.house import House
from dialogs.events import Event, StaffClosed, StaffTook, StaffWrote
from storage import messages, referrals, staff
from storage.messages import Author, Delivery, NewMessage
from storage.referrals import Referral, View
from storage.staff_values import Member, StaffRole

LATEST = 10


class Colleague:
    """Somebody of staff, and the request they look at."""

    def __init__(self, house: House, member: Member) -> None:
        self.house, self.member = house, member
        self.referral: Referral

    @classmethod
    async def joins(cls, house: House, name: str = "Testcollega Een") -> Colleague:
        queues = frozenset(queue.key for queue in house.organisation.queues)
        id = house.clock.new_id()
        member = Member(
            id,
            name,
            f"{id}@example.org",
            frozenset({StaffRole.COLLEAGUE}),
            queues,
            "nl",
            active=True,
        )
        index = house.keystore.index("email", member.email)
        async with house.database.begin() as db:
            await staff.add(db, house.keystore.system, member, index)
        return cls(house, member)

    async def takes(self) -> None:
        async with self.house.database.reading() as db:
            (self.referral,) = await referrals.listing(db, self.member, View.WAITING, limit=LATEST)

        async def first(db: AsyncSession) -> None:
            await referrals.claim(db, self.member, self.referral.id, self.house.clock.now())

        await self._does(StaffTook(self.member.name), first)

    async def writes(
        self, words: str, author: Author = Author.STAFF, held: timedelta | None = None
    ) -> UUID:
        id = self.house.clock.new_id()
        seal = await self.house.keystore.seal_of(self.person_id)

        async def first(db: AsyncSession) -> None:
            now = self.house.clock.now()
            delivery = Delivery.WAITING if author is Author.STAFF else None
            new = NewMessage(
                id,
                self.referral.id,
                author,
                now,
                words,
                self.member.id,
                delivery,
                held_until=None if held is None else now + held,
            )
            await messages.add(db, seal, new)

        if author is Author.STAFF:
            await self._does(StaffWrote(self.member.name, words), first, id)
        else:
            async with self.house.database.begin() as db:
                await first(db)
        return id

    async def closes(self, words: str) -> None:
        await self.writes(words)

        async def first(db: AsyncSession) -> None:
            await referrals.close(db, self.member, self.referral.id, self.house.clock.now())

        await self._does(StaffClosed(self.member.name, words), first)

    async def sees_delivery_of(self, message_id: UUID) -> Delivery | None:
        seal = await self.house.keystore.seal_of(self.person_id)
        async with self.house.database.reading() as db:
            thread = await messages.thread(db, seal, self.referral.id)
        return next(each.delivery for each in thread if each.id == message_id)

    @property
    def person_id(self) -> UUID:
        assert self.referral.person_id is not None
        return self.referral.person_id

    async def _does(self, event: Event, first: object, words_id: UUID | None = None) -> None:
        key = f"staff:{self.house.clock.new_token()}"
        does = Envelope(self.person_id, key, event, first, words_id)  # type: ignore[arg-type]
        await self.house.conductor.hear(does)
