"""One history, all of it from its seed: who does what, what goes wrong, and what must hold."""

from __future__ import annotations

import asyncio
from contextlib import closing
from random import Random

from telegram import Bot

from tests.botapi.server import BotApi
from tests.simulation import checks
from tests.simulation.faults import CRASHES, Fault, Faults
from tests.simulation.ground import CLAIMED, LEAVING, Ground
from tests.simulation.loop import Loop
from tests.simulation.machine import Machine
from tests.simulation.people import LAST_WORDS, WAYS, Colleague, Person
from tests.simulation.planted import SOUND, Planted
from tests.simulation.process import Process
from tests.simulation.wire import Postmen, Road

# One person and many crashes find more in the same time than many people do.
TWO_PEOPLE, AT_THE_DESK = 0.2, 0.2
FAULTS_FOR_S = 60.0
ANSWERED_WITHIN_S = 30.0
LOOKS_EVERY_S = 0.5


class History:
    """What happens, and what is wrong with it."""

    def __init__(self, seed: int, ground: Ground, planted: Planted = SOUND) -> None:
        self.seed, lots = seed, Random(seed)
        ground.restore(lots)
        self.ground, self.faults, self.api = ground, Faults.drawn(lots), BotApi()
        self.wrong: list[str] = []
        self.road = Road(self.api, self.faults, lots)
        bot = Bot(self.api.token, request=self.road, get_updates_request=self.road)
        polls = lots.random() < 1 / 2
        self.process = Process(ground, bot, self.faults, lots, self._look, polls, planted)
        if not polls:
            self.api.mail = Postmen(self.api, self.process.take, lots)
        self._before = self.api.mail._numbers
        chats = lots.sample(sorted(WAYS), 1 + (lots.random() < TWO_PEOPLE))
        self.people = [Person.at(self.api, chat, lots) for chat in chats]
        self.claimed = Person.at(self.api, CLAIMED, lots)
        self.colleagues = [
            Colleague(member, self.process, ground.known[CLAIMED], lots)
            for member in (ground.colleagues if lots.random() < AT_THE_DESK else ())
        ]

    def __str__(self) -> str:
        """Say what is wrong, and how to see it happen again."""
        struck = ", ".join(each.name for each in self.faults.struck)
        again = f"python -m tests.simulation {self.seed} 1"
        return f"seed {self.seed}: {'; '.join(self.wrong)}. Struck: {struck}. Again: {again}"

    @property
    def course(self) -> list[object]:
        """What was stored and shown, as far as two tellings of one seed can be compared."""
        steps = [machine.statements for machine in self.process.machines]
        return [steps, self.faults.struck, *(each.chat.transcript for each in self.people)]

    async def go(self) -> None:
        """Let it happen, and look whether all is well in the end."""
        if not self.process.polls:
            await self.api.mail.set_hook({"url": "http://127.0.0.1:1/"})
        going = asyncio.create_task(self.process.run())
        done = asyncio.create_task(self._until_all_is_done())
        over = asyncio.create_task(self.faults.over.wait())
        await asyncio.wait([done, over], timeout=FAULTS_FOR_S, return_when=asyncio.FIRST_COMPLETED)
        self.faults.end()
        await asyncio.wait([done], timeout=ANSWERED_WITHIN_S)
        if not done.done():
            self.wrong.append(f"nobody answers {self._waiting}")
        for task in (going, done, over):
            task.cancel()
        ended = await asyncio.gather(going, done, over, return_exceptions=True)
        self.wrong += [repr(error) for error in ended if isinstance(error, Exception)]
        await self.api.mail.close()
        self._look()
        if not self.wrong:
            await self._look_in_the_end()

    async def _until_all_is_done(self) -> None:
        """Wait until everybody has their answer, and nothing is on its way any more."""
        everybody: list[Person | Colleague] = [*self.people, *self.colleagues]
        await asyncio.gather(*(each.go() for each in everybody))
        # What is on its way stands in a file, and nobody tells when that changes.
        while self.api.mail.waiting or self.ground.stored("SELECT id FROM letter"):  # noqa: ASYNC110
            await asyncio.sleep(LOOKS_EVERY_S)

    @property
    def _waiting(self) -> list[str]:
        return [f"{each.chat.id} {each.waits_for}" for each in self.people if each.waits_for]

    def _look(self) -> None:
        """Look at what is stored while no process is there."""
        mail = self.api.mail
        brought = set(range(self._before + 1, mail._numbers + 1))
        acknowledged = brought - {each.number for each in mail.waiting}
        self.wrong += checks.lost(self.ground, acknowledged)
        self.wrong += checks.found(self.ground, checks.NEVER)

    async def _look_in_the_end(self) -> None:
        machine = Machine()
        self.ground.runs_on(machine)
        await machine.run(self._compare())
        await self.ground.close()
        await machine.end()

    async def _compare(self) -> None:
        house = self.ground.opened()
        self.wrong += await checks.in_the_end(house, self.ground, self.people)
        if self.colleagues:
            self.wrong += await checks.at_the_desk(house, self.ground, self.colleagues)
            if not any(LAST_WORDS in each for each in self.claimed.chat.transcript):
                self.wrong.append("a colleague's words did not arrive")
        struck = self.faults.struck
        crashes = sum(each in CRASHES for each in struck)
        # At each crash one letter of each person may be on the road. One to somebody who erases
        # everything meanwhile arrives, and is not counted.
        more = struck.count(Fault.LOST) + crashes * (len(self.people) + 1)
        more += sum(each.chat.id == LEAVING for each in self.people)
        self.wrong += checks.at_telegram(self.ground, self.api, self.road.shown, more)


def tell(seed: int, ground: Ground, planted: Planted = SOUND) -> History:
    """Tell the history of a seed; nothing of it depends on anything else."""
    with closing(Loop()) as loop:
        history = History(seed, ground, planted)
        loop.run_until_complete(history.go())
    return history
