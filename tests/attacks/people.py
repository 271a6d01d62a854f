"""People at their phones who never pause: they send a request, write, and look what comes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from bot.clock import Clock
from bot.house import House
from bot.opening import opened
from bot.settings import Settings
from storage import messages, referrals
from storage.database import Database
from storage.messages import Author
from tests.botapi.phone import Phone
from tests.botapi.server import BotApi
from tests.databases import rows_of
from tests.presses import TO_A_REQUEST
from tests.simulation.checks import NEVER

SENTENCES = ("Dinsdag kan ik.", "Woensdag ook.", "Liever niet bellen.")
SEND = "intake.review:send"
STOP = "everywhere.go:stop"
WALK = (*TO_A_REQUEST, *((each, STOP) for each in SENTENCES))
# Longer than it may take until another process speaks with Telegram, and than any start.
PATIENCE_S = 30


@dataclass(slots=True)
class Walker:
    """Somebody with a phone; `waits_for` is what they did and got no answer to."""

    phone: Phone
    done: list[str] = field(default_factory=list)
    waits_for: str = ""

    async def go(self, street: Street) -> None:
        """Go the whole way, or until it is over; but always until there is an answer."""
        for does, offered in WALK:
            if street.is_over:
                return
            seen = len(self.phone.chat.shown)
            self.waits_for = does
            await (self.phone.press(does) if ":" in does else self.phone.say(does))
            await self._until_heard()
            await self._until_offered(offered, seen)
            self.done.append(does)
            self.waits_for = ""
            await street.turned()
            await asyncio.sleep(street.pause_s)

    @property
    def has_sent(self) -> bool:
        return SEND in self.done

    @property
    def written(self) -> list[str]:
        """What they wrote to staff."""
        return [each for each in self.done if each in SENTENCES]

    async def _until_heard(self) -> None:
        """Wait until Telegram need not bring it any more, so that what comes next comes later."""
        mail, number = self.phone.api.mail, self.phone.last["update_id"]
        async with mail.changed:
            await mail.changed.wait_for(lambda: all(each.number != number for each in mail.waiting))

    async def _until_offered(self, offered: str, seen: int) -> None:
        shown, changed = self.phone.chat.shown, self.phone.api.chats.changed
        async with changed:
            await changed.wait_for(lambda: any(offered in each.buttons for each in shown[seen:]))


@dataclass(slots=True)
class Street:
    """So many people at once; who has come to the end goes, and somebody new begins.

    `pause_s` is what each lets pass before the next thing they do.

    Telegram takes an answer a second for each and thirty for all, so thirty are as much as there
    can be.
    """

    api: BotApi
    patience_s: float = PATIENCE_S
    pause_s: float = 0.0
    walkers: list[Walker] = field(default_factory=list)
    turns: int = 0
    is_over: bool = False
    stuck: list[str] = field(default_factory=list)
    _turned: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def turned(self) -> None:
        """Note that somebody has their answer."""
        async with self._turned:
            self.turns += 1
            self._turned.notify_all()

    async def further(self, turns: int) -> bool:
        """Wait until so many more were answered; False when that does not happen any more."""
        until = self.turns + turns
        try:
            async with asyncio.timeout(self.patience_s), self._turned:
                await self._turned.wait_for(lambda: self.turns >= until)
        except TimeoutError:
            return False
        return True

    async def keep_coming(self) -> None:
        """Be one person after the other."""
        while not self.is_over:
            walker = Walker(Phone.of(self.api))
            self.walkers.append(walker)
            await walker.go(self)

    @asynccontextmanager
    async def crowded(self, people: int) -> AsyncIterator[None]:
        """Have so many here; in the end wait until each has their last answer."""
        tasks = [asyncio.create_task(self.keep_coming()) for _ in range(people)]
        try:
            yield
            self.is_over = True
            await asyncio.wait(tasks, timeout=self.patience_s)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        self.stuck = [each.waits_for for each in self.walkers if each.waits_for]

    @property
    def twice(self) -> int:
        """Count what was shown beside one answer to each act."""
        return sum(len(each.phone.chat.shown) for each in self.walkers) - self.turns


async def looked_at(street: Street, settings: Settings, clock: Clock) -> list[str]:
    """Look into the databases for what is wrong."""
    async with opened(settings, clock) as house:
        return await wrong_with(street, house)


async def wrong_with(street: Street, house: House) -> list[str]:
    """Find what people were promised and is not so, after everything has come to rest."""
    database, api = house.database, street.api
    wrong = [f"no answer to {each}" for each in street.stuck]
    wrong += [f"not stored: {number}" for number in await lost(database, api)]
    for name, statement in NEVER.items():
        wrong += [name] * len(await rows_of(database, statement))
    there = await everything(house)
    sent = [each for each in street.walkers if each.has_sent]
    if len(there) != len(sent):
        wrong.append(f"{len(there)} requests of {len(sent)} people")
    for walker in sent:
        told = walker.phone.transcript
        mine = [each for each in there if str(each.reference) in told]
        if [await thread(house, each) for each in mine] != [walker.written]:
            wrong.append(f"{walker.phone.chat.id} has not what they sent")
    return wrong


async def everything(house: House) -> list[referrals.Referral]:
    """List all requests there are."""
    async with house.database.reading() as db:
        return await referrals.everything(db)


async def thread(house: House, referral: referrals.Referral) -> list[str]:
    """Read what somebody wrote about their request, in order."""
    assert referral.person_id is not None
    seal = await house.keystore.seal_of(referral.person_id)
    async with house.database.reading() as db:
        said = await messages.thread(db, seal, referral.id)
    return [each.words for each in said if each.author is Author.PERSON]


async def lost(database: Database, api: BotApi) -> list[int]:
    """List the updates that were acknowledged and are not stored."""
    heard = {key for (key,) in await rows_of(database, "SELECT key FROM heard")}
    waiting = {each.number for each in api.mail.waiting}
    return [
        number
        for number in api.mail.numbers
        if number not in waiting and f"telegram:{number}" not in heard
    ]
