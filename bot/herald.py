"""Tells colleagues outside the desk that somebody waits, again and again until it is picked up.

It tells while the office is open, and at any hour after what sounds like a threat. Who is told
never learns here who waits: only in which queue, and where to pick it up.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Collection
from datetime import datetime, timedelta
from functools import partial

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.announcer import QUEUES
from bot.errors import Later, Undelivered
from bot.going import every
from bot.hours import is_open
from bot.house import House
from bot.smtp import SendMail
from dialogs.frozen import Frozen
from storage import notices, referrals, staff
from storage.duties import Duty, take_turns
from storage.notices import Notice, State, Untold
from storage.staff_values import Member, StaffRole

log = logging.getLogger(__name__)

AT_ONCE = 100
EVERY_S = 10.0
UNABLE = partial(log.warning, "Nobody can be told of who waits (%s).")
LEASE = timedelta(minutes=2)
PAUSES = tuple(timedelta(minutes=each) for each in (1, 5, 15, 60))

TellGroup = Callable[[str, str, str], Awaitable[None]]
"""Tells the group a text, with the label of a button and where it leads. Raises a DoorError."""


class Herald(Frozen):
    """Tells over the ways there are: by e-mail, in the group of the colleagues, or both."""

    house: House
    mail: SendMail | None
    group: TellGroup | None

    async def run(self) -> None:
        """Look around whenever a queue changes, and every ten seconds."""
        with self.house.announcer.listening(QUEUES) as changes:
            await every(EVERY_S, self.round, UNABLE, changes.wait)

    async def round(self) -> int:
        """Tell what is to be told now; say how many notices that were."""
        house, now = self.house, self.house.clock.now()
        async with house.database.begin() as db:
            # Another process sees what was put down here, and puts down nothing of it again.
            await take_turns(db, Duty.NOTICES)
            members = await staff.everyone(db, house.keystore.system)
            await self._put(db, members, now)
        told = 0
        while told < AT_ONCE and await self._send_next():
            told += 1
        return told

    async def _send_next(self) -> bool:
        """Lease one notice and send it; several could outlast their lease."""
        house, now = self.house, self.house.clock.now()
        async with house.database.begin() as db:
            notice = await notices.lease(db, now, now + LEASE)
            if notice is None:
                return False
            system, told = house.keystore.system, notice.staff_id
            member = None if told is None else await staff.get(db, system, told)
            if member is not None and not await self._may_know(db, member, notice):
                await notices.settle(db, notice.id, State.NEEDLESS)
                return True
        await self._send(notice, member)
        return True

    async def _may_know(self, db: AsyncSession, member: Member, notice: Notice) -> bool:
        """Ask once more, for it may have been kept from them since this was put down."""
        return notice.referral_id in await referrals.known_to(db, member, [notice.referral_id])

    @property
    def _repeat(self) -> timedelta:
        return timedelta(minutes=self.house.organisation.notice_repeat_minutes)

    async def _put(self, db: AsyncSession, members: Collection[Member], now: datetime) -> None:
        """Put down what is to be told now: to the group, and to whoever may know of it."""
        untold = await self._untold(db, now)
        ids = [each.referral_id for each in untold]
        if self.group:
            await notices.put(db, [self._notice(each) for each in untold], now)
        for member in members if untold and self.mail else ():
            known = await referrals.known_to(db, member, ids)
            theirs = [each for each in untold if each.referral_id in known]
            told = [each for each in theirs if self._is_told(member, each, now)]
            await notices.put(db, [self._notice(each, member) for each in told], now)

    async def _untold(self, db: AsyncSession, now: datetime) -> list[Untold]:
        """List who waits while colleagues are at work, or of whom they must know anyhow."""
        before, found = now - self._repeat, []
        for office in self.house.organisation.services.values():
            hours = office.hours
            is_shut = bool(hours) and not is_open(hours, now, self.house.settings.timezone)
            for queue in office.queues:
                found += await notices.untold(db, queue.key, before, AT_ONCE, only_alarms=is_shut)
        return found

    def _notice(self, waits: Untold, member: Member | None = None) -> Notice:
        staff_id = None if member is None else member.id
        return Notice(self.house.clock.new_id(), waits.referral_id, waits.queue, staff_id)

    def _is_told(self, member: Member, waits: Untold, now: datetime) -> bool:
        """Say whether a colleague who is there is told: who likes it, later who coordinates too."""
        if not member.is_on_duty(now.astimezone(self.house.settings.timezone).date()):
            return False
        is_long = now - waits.waiting_since >= self._repeat
        return member.preferences.has_mail or (is_long and StaffRole.COORDINATOR in member.roles)

    async def _send(self, notice: Notice, member: Member | None) -> None:
        """Send one notice, and write down what became of it."""
        fate = await self._fate(notice, member)
        async with self.house.database.begin() as db:
            match fate:
                case State():
                    await notices.settle(db, notice.id, fate)
                case datetime():
                    await notices.retry(db, notice.id, fate)

    async def _fate(self, notice: Notice, member: Member | None) -> State | datetime:
        """Send a notice, and say how it ended, or when it is tried again."""
        now = self.house.clock.now()
        is_last = notice.attempts > len(PAUSES)
        again_at = now + PAUSES[min(notice.attempts, len(PAUSES)) - 1]
        try:
            await self._tell(notice, member, now)
            return State.SENT
        except Later as later:
            return now + timedelta(seconds=later.seconds)
        except Undelivered as error:
            return State.FAILED if error.permanent or is_last else again_at
        except Exception as error:  # noqa: BLE001 - whatever it is, others must be told
            log.error("A notice could not be sent (%s).", type(error).__name__)  # noqa: TRY400
            return State.FAILED if is_last else again_at

    async def _tell(self, notice: Notice, member: Member | None, now: datetime) -> None:
        house = self.house
        language = member.language if member else house.wording.desk_languages[0]
        say = partial(house.wording.staff, language)
        names = {queue.key: queue.name(language) for queue in house.organisation.queues}
        subject = say("notice.subject", queue=names.get(notice.queue, notice.queue))
        link = f"{house.settings.address}/staff/r/{notice.referral_id}"
        if member and self.mail:
            await self.mail(member.email, subject, say("notice.text", link=link), now)
        elif member is None and self.group:
            await self.group(subject, say("notice.pick_up"), link)
        else:
            # It was put down when there was still a way to send it.
            raise Undelivered(permanent=True)
