"""Two faults that a house could have, planted to see that they are found."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from telegram import Bot

from bot.conductor import Conductor
from bot.envelopes import Envelope, Outcome
from bot.house import House
from bot.stage import Done, Stage
from bot.telegram.listen import Ears
from bot.telegram.read import Read
from bot.telegram.receiving import ears_of
from dialogs.frozen import Frozen, replace
from dialogs.values import Session
from storage import heard


class Planted(Frozen):
    """What is different about a house, and about how it listens to Telegram."""

    house: Callable[[House], House] = lambda house: house
    ears: Callable[[House, Bot], Ears] = ears_of


class Hasty(Ears):
    """Acknowledges what is not stored yet."""

    async def take(self, read: Read, within_s: float | None = None) -> str | None:
        # The machine it runs on keeps hold of it.
        asyncio.get_running_loop().create_task(super().take(read, within_s))
        return None


class Torn(Stage):
    """Saves the sessions in one transaction, and makes the effects true in another."""

    async def _commit(self, envelopes: Sequence[Envelope], done: Done, *, held: bool) -> None:
        async with self.database.begin() as db:
            if held:
                await self._hold(db, envelopes)
            fresh = await heard.keep(db, [each.key for each in envelopes], done.now)
            for key in {each.key for each in envelopes} - fresh:
                done.outcomes[key] = Outcome(None, Session(), heard_before=True)
            played = await self._turns(db, [e for e in envelopes if e.key in fresh], done)
            await self._save(db, played, done.now)
        async with self.database.begin() as db:
            await self._fulfil(db, played, done)
            for each in played:
                done.letters += await self.outgoing.letters(db, each)
            done.loads = await self.outgoing.put(db, done.letters, done.now, done.carried)


def torn(house: House) -> House:
    """Give the house a torn stage."""
    sound = house.conductor._stage
    stage = Torn(**{name: getattr(sound, name) for name in Stage.__struct_fields__})
    conductor = Conductor(stage, house.announcer, house.clock.monotonic, house.hands)
    return replace(house, conductor=conductor)


def hasty(house: House, bot: Bot) -> Ears:
    """Give the house ears that are too quick."""
    sound = ears_of(house, bot)
    return Hasty(sound.hear, sound.close_way, sound.set_aside, sound.stand_by, sound.take_out)


SOUND = Planted()
ACKNOWLEDGED_FIRST = Planted(ears=hasty)
IN_TWO_TRANSACTIONS = Planted(house=torn)
