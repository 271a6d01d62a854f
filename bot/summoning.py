"""Tells those who decide, outside the desk, that a colleague asks to read in need: once each time.

It names nobody, neither who asks nor what for. Who could not be reached is told in another round,
unless somebody else who decides was.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from functools import partial

from bot.going import every, went
from bot.house import House
from bot.smtp import SendMail
from dialogs.frozen import Frozen
from storage import needs, staff
from storage.staff_values import Member

log = logging.getLogger(__name__)

EVERY_S = 60.0
UNABLE = partial(log.warning, "Nobody can be told what is asked in need (%s).")
UNTOLD = partial(log.warning, "What is asked in need was not told (%s).")


class Summoner(Frozen):
    """Tells over the ways there are: who decides by e-mail, and the group of the colleagues."""

    house: House
    mail: SendMail | None
    group: Callable[[str, str, str], Awaitable[None]] | None

    async def run(self) -> None:
        """Look around every minute, until cancelled."""
        await every(EVERY_S, self.round, UNABLE)

    async def round(self) -> None:
        """Tell of what nobody was told yet."""
        house, now = self.house, self.house.clock.now()
        today = now.astimezone(house.settings.timezone).date()
        async with house.database.reading() as db:
            everybody = await staff.everyone(db, house.keystore.system)
            there = {each.id: each for each in everybody if each.is_on_duty(today)}
            asked = await needs.untold(db, list(there.values()), now)
        if not asked:
            return
        told = set(asked) if await self._group_was_told() else set()
        for id in set().union(*asked.values()):
            if await self._was_told(there[id]):
                told |= {each for each, deciders in asked.items() if id in deciders}
        async with house.database.begin() as db:
            await needs.told(db, told, now)

    @property
    def _link(self) -> str:
        return f"{self.house.settings.address}/staff/needs"

    async def _group_was_told(self) -> bool:
        if self.group is None:
            return False
        say = partial(self.house.wording.staff, self.house.wording.desk_languages[0])
        sending = self.group(say("summons.subject"), say("summons.decide"), self._link)
        return await went(sending, UNTOLD)

    async def _was_told(self, member: Member) -> bool:
        if self.mail is None or not member.email:
            return False
        say = partial(self.house.wording.staff, member.language)
        words = say("summons.text", link=self._link)
        now = self.house.clock.now()
        return await went(self.mail(member.email, say("summons.subject"), words, now), UNTOLD)
