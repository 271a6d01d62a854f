"""A process with the real conductor, courier, keeper and long poll, begun again and again."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from random import Random

from telegram import Bot

from bot.envelopes import Envelope, Outcome
from bot.going import going
from bot.house import House
from bot.speaking import courier_of
from bot.telegram.listen import Ears
from bot.telegram.poll import Poll
from bot.telegram.read import read
from bot.telegram.webhook import PATIENCE_S
from bot.workers import keeper_of
from storage.errors import Unavailable
from tests.botapi.chats import Json
from tests.simulation.faults import Faults
from tests.simulation.ground import Ground
from tests.simulation.machine import Crash, Machine
from tests.simulation.planted import SOUND, Planted
from tests.simulation.wire import Road

# How long it takes at most until somebody begins it again.
DOWN_S = 2.0
# How often a process also forgets; that is most of what it does at its start.
KEEPS = 0.08


class Gone(Exception):
    """There is nobody to do this, or nobody any more to say that it was done."""


@dataclass(slots=True)
class Process:
    """One process after the other, each on a machine of its own.

    `polls`: updates are fetched, and not brought. `looked` is done while no process is there.
    """

    ground: Ground
    bot: Bot
    faults: Faults
    lots: Random
    looked: Callable[[], None]
    polls: bool = False
    planted: Planted = SOUND
    machines: list[Machine] = field(default_factory=list)
    house: House | None = None
    ears: Ears | None = None

    async def run(self) -> None:
        """Go on until cancelled."""
        try:
            while True:
                await self._live()
                self.looked()
                await asyncio.sleep(self.lots.random() * DOWN_S)
        finally:
            await self._end()

    async def _live(self) -> None:
        machine = Machine()
        self.machines.append(machine)
        self.ground.runs_on(machine)
        process = machine.run(self._work())
        crashed = asyncio.create_task(machine.crashed.wait())
        await asyncio.wait([process, crashed], return_when=asyncio.FIRST_COMPLETED)
        crashed.cancel()
        await self._end()

    async def _work(self) -> None:
        """Open the house and do all that a process does, until the machine crashes."""
        house = self.house = self.planted.house(self.ground.opened())
        # Until now nothing was written, so nothing can be left half done.
        self.machines[-1].faults = self.faults
        ears = self.ears = self.planted.ears(house, self.bot)
        runs: list[Callable[[], Awaitable[None]]] = [courier_of(house, self.bot).run]
        if self.lots.random() < KEEPS:
            runs.append(keeper_of(house).run)
        if self.polls:
            runs.append(lambda: self._poll(Poll(self.bot, ears)))
        async with going(*runs):
            await asyncio.Event().wait()

    async def _poll(self, poll: Poll) -> None:
        road = self.bot.request
        assert isinstance(road, Road)
        async with asyncio.TaskGroup() as answers:
            await poll._fetch_and_hear(road, answers)

    async def _end(self) -> None:
        self.house = self.ears = None
        await self.machines[-1].end()
        await self.ground.close()

    async def take(self, update: Json) -> int:
        """Take in what is brought, as the webhook does; give the status of the answer."""
        if self.ears is None:
            return 0
        task = self.machines[-1].run(self.ears.take(read(update), PATIENCE_S))
        await asyncio.wait([task])
        if task.cancelled():
            return 0
        match task.exception():
            case None:
                return 200
            case Unavailable():
                return 503
            case _:
                return 0

    async def hear(self, envelope: Envelope) -> Outcome:
        """Do what a colleague asks for at the desk; raise Gone when nobody answers."""
        if self.house is None:
            raise Gone
        task = self.machines[-1].run(self.house.conductor.hear(envelope))
        await asyncio.wait([task])
        if task.cancelled() or isinstance(task.exception(), Unavailable | Crash):
            raise Gone
        return task.result()
