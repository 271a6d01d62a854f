"""Colleagues who read and answer all day, at the desk of a process of its own."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from random import Random
from typing import cast
from uuid import UUID

from aiohttp import ClientSession

from bot.house import House
from storage import messages
from storage.messages import Author, Delivery
from storage.referral_values import Status
from storage.referrals import Referral
from tests.attacks.people import everything
from tests.console.colleagues import Client, Colleague, address, hired, session_of
from tests.databases import rows_of

PAGES = (
    "/staff/queue",
    "/staff/queue?view=mine",
    "/staff/figures",
    "/staff/help",
    "/staff/me",
)
ANSWER = "Dank u. Wij lezen dit vandaag."
ENOUGH = 3
WITHOUT_ANSWER = """
SELECT referral_id FROM message GROUP BY referral_id
HAVING max(CASE author WHEN 'person' THEN seq ELSE 0 END)
     > max(CASE author WHEN 'staff' THEN seq ELSE 0 END)
"""


@dataclass
class Reception:
    """Colleagues at one desk; `answered` counts what each request was told."""

    house: House
    address: str
    answered: Counter[UUID] = field(default_factory=Counter)
    colleagues: list[UUID] = field(default_factory=list)
    read: int = 0
    failed: list[str] = field(default_factory=list)
    is_over: bool = False

    async def work(self, name: str, pause_s: float, lots: Random) -> None:
        """Read a page, then pick somebody up or answer, and begin again."""
        member = await hired(self.house, name)
        self.colleagues.append(member.id)
        cookies = {"sid": await session_of(self.house, member)}
        async with ClientSession(self.address, cookies=cookies) as session:
            colleague = Colleague(cast("Client", session), self.house, member, "")
            while not self.is_over:
                page = await colleague.get(lots.choice(PAGES))
                self.read += 1
                if page.status != 200:
                    self.failed.append(f"a page was answered with {page.status}")
                await self._answer(colleague)
                await asyncio.sleep(pause_s)

    async def _answer(self, colleague: Colleague) -> None:
        ids = await rows_of(self.house.database, WITHOUT_ANSWER)
        waiting = {UUID(str(id)) for (id,) in ids}
        found = [
            each
            for each in await everything(self.house)
            if self._is_for(colleague, each)
            and (each.id in waiting or self.answered[each.id] < ENOUGH)
        ]
        if not found:
            return
        # Whoever wrote last is answered first, however often they were before.
        referral = min(found, key=lambda each: (each.id not in waiting, self.answered[each.id]))
        if referral.status is Status.WAITING:
            nonce = self.house.clock.new_token()
            await colleague.post(address(referral, "claim"), nonce=nonce, knows="no")
        page = await colleague.opens(referral)
        if not page.has_form("/write"):
            # Its person stopped since it was found.
            return
        page = await colleague.submit(page.form("/write"), words=ANSWER, kind="answer")
        if page.status == 303:
            self.answered[referral.id] += 1
        elif page.status not in {404, 409}:
            self.failed.append(f"an answer was answered with {page.status}")

    def _is_for(self, colleague: Colleague, referral: Referral) -> bool:
        """Say whether a colleague can do something here; each begins with requests of their own."""
        mine = referral.owner_id == colleague.member.id
        whose = self.colleagues[referral.id.int % len(self.colleagues)]
        return mine or (referral.status is Status.WAITING and whose == colleague.member.id)

    async def wrong(self) -> list[str]:
        """Find answers that are not stored, or did not arrive."""
        wrong = list(self.failed)
        for referral in await everything(self.house):
            assert referral.person_id is not None
            seal = await self.house.keystore.seal_of(referral.person_id)
            async with self.house.database.reading() as db:
                thread = await messages.thread(db, seal, referral.id)
            ours = [each.delivery for each in thread if each.author is Author.STAFF]
            if ours != [Delivery.SENT] * self.answered[referral.id]:
                wrong.append(f"answers {ours} of {self.answered[referral.id]}")
        return wrong
