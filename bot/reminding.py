"""Tells mediators by e-mail that their licence ends soon, and that it has ended: each of it once.

It is in nobody else's mail; coordinators see on the page of the licences how each stands.
"""

from __future__ import annotations

import logging
from datetime import date
from functools import partial

from babel.dates import format_date

from bot.going import every, went
from bot.house import House
from bot.licensing import is_to_be_told, lacking, light
from bot.smtp import SendMail
from dialogs.frozen import Frozen
from storage import licences, staff
from storage.licences import Licence
from storage.staff_values import Member, StaffRole

log = logging.getLogger(__name__)

EVERY_S = 4 * 3600.0
UNABLE = partial(log.warning, "Nobody can be told of their licence (%s).")
UNTOLD = partial(log.warning, "A mediator was not told of their licence (%s).")


class Reminder(Frozen):
    """Reminds in time; who was not reached is tried again a few hours later."""

    house: House
    mail: SendMail

    async def run(self) -> None:
        """Look around a few times a day, until cancelled."""
        await every(EVERY_S, self.round, UNABLE)

    async def round(self) -> None:
        """Tell whom it is time for."""
        house, asked = self.house, self.house.organisation.licensing
        today = house.clock.now().astimezone(house.settings.timezone).date()
        async with house.database.reading() as db:
            everybody = await staff.everyone(db, house.keystore.system)
            known = await licences.of(db, [each.id for each in everybody])
        for member in everybody:
            is_mediator = member.active and member.email and StaffRole.MEDIATOR in member.roles
            if is_mediator and is_to_be_told(known[member.id], asked, today):
                await self._tell(member, known[member.id], today)

    async def _tell(self, member: Member, licence: Licence, today: date) -> None:
        """Send one e-mail, and keep that it was sent."""
        subject = self.house.wording.staff(member.language, "reminder.subject")
        words = self._words(member, licence, today)
        sending = self.mail(member.email, subject, words, self.house.clock.now())
        if await went(sending, UNTOLD):
            async with self.house.database.begin() as db:
                await licences.told(db, member.id, today)

    def _words(self, member: Member, licence: Licence, today: date) -> str:
        say = partial(self.house.wording.staff, member.language)
        asked = self.house.organisation.licensing
        until = format_date(licence.valid_until, "d MMMM yyyy", locale=member.language)
        still = ", ".join(
            say(f"licence.lacking_{name}", count=number)
            for name, number in lacking(licence, asked).items()
        )
        stands = say(f"reminder.{light(licence, asked, today)}", until=until)
        to_do = f"{say('licences.lacking')} {still}." if still else ""
        return "\n\n".join(filter(None, (stands, to_do, say("reminder.questions"))))
