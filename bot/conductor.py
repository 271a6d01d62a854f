"""Hears envelopes in the order they come, those of many people in one transaction.

What `hear` returns is committed. A turn that fails is set aside with its envelope and spoils no
other.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Sequence

from bot.announcer import MAIL, Announcer
from bot.envelopes import Envelope, Outcome, Sender, write_envelope
from bot.handing import Hands
from bot.meter import Meter
from bot.stage import WENT_WRONG, Overtaken, Stage
from dialogs.frozen import Frozen
from dialogs.screens import Screen
from storage.errors import Unavailable

log = logging.getLogger(__name__)

MOST_TOGETHER = 200
GATHER_S = 0.025
JOIN_S = 0.002
TRIES = 5


class Waiting(Frozen):
    """An envelope, and whoever waits for what comes of it."""

    envelope: Envelope
    outcome: asyncio.Future[Outcome]

    def answer(self, outcome: Outcome) -> None:
        """Tell whoever still waits."""
        if not self.outcome.done():
            self.outcome.set_result(outcome)

    def fail(self, error: Exception) -> None:
        """Tell whoever still waits that nothing happened."""
        if not self.outcome.done():
            self.outcome.set_exception(error)


class Conductor:
    """Works while there is something to hear, and rests otherwise."""

    def __init__(
        self, stage: Stage, announcer: Announcer, monotonic: Callable[[], float], hands: Hands
    ) -> None:
        """Begin with nothing to do."""
        self._stage, self._announcer, self._monotonic = stage, announcer, monotonic
        self._hands = hands
        self.meter = Meter()
        self._queue: deque[Waiting] = deque()
        self._work: asyncio.Task[None] | None = None

    async def hear(self, envelope: Envelope) -> Outcome:
        """Take an envelope in and return what came of it, committed.

        Raises Unavailable when storage is away, and whatever `envelope.first` raised; then nothing
        happened. Who stops waiting stops a turn that has not begun, and no other.
        """
        waiting = Waiting(envelope, asyncio.get_running_loop().create_future())
        began = self._monotonic()
        self._queue.append(waiting)
        if self._work is None or self._work.done():
            self._work = asyncio.create_task(self._work_off())
        outcome = await waiting.outcome
        self.meter.note(self._monotonic() - began)
        return outcome

    async def set_aside(
        self,
        key: str,
        text: str,
        sender: Sender | None,
        message: int | None = None,
        screen: Screen = WENT_WRONG,
    ) -> Outcome:
        """Keep what cannot be heard, committed, and give what its person is told."""
        outcome = await self._stage.set_aside(key, text, sender, message, screen)
        self._announcer.announce(MAIL)
        return outcome

    async def rest(self) -> None:
        """Wait until nothing is left to do."""
        if self._work is not None:
            await self._work

    async def _work_off(self) -> None:
        while self._queue:
            await self._gather()
            await self._run(self._next())

    async def _gather(self) -> None:
        """Let others join who are about to speak, as long as somebody does or reads a new letter.

        What a transaction costs, they share. Who is alone waits for nobody, nor do staff who are
        next.
        """
        loop, seen = asyncio.get_running_loop(), 0
        until = loop.time() + GATHER_S
        while self._is_shared and (seen < len(self._queue) or self._hands.road.is_busy):
            seen = len(self._queue)
            await asyncio.sleep(JOIN_S if seen > 1 else 0)
            if seen == len(self._queue) == 1 or loop.time() > until:
                return

    @property
    def _is_shared(self) -> bool:
        """Say whether others could be heard along with who is next."""
        is_person = isinstance(self._queue[0].envelope.sender, Sender)
        return is_person and len(self._queue) < MOST_TOGETHER

    def _next(self) -> list[Waiting]:
        """Take those who can be heard together: one envelope a person, and staff by themselves.

        What somebody writes while they wait holds up nobody behind it, nor staff.
        """
        together: dict[Sender, Waiting] = {}
        more: list[Waiting] = []
        while self._queue and len(together) < MOST_TOGETHER:
            waiting = self._queue.popleft()
            sender = waiting.envelope.sender
            if not isinstance(sender, Sender):
                if not together:
                    return [waiting]
                more.insert(0, waiting)
                break
            if together.setdefault(sender, waiting) is not waiting:
                more.append(waiting)
        self._queue.extendleft(reversed(more))
        return list(together.values())

    async def _run(self, together: Sequence[Waiting]) -> None:
        """Play them together; when that fails, each by itself, so that none spoils another.

        When storage is away nobody is played: a database that hangs would let each wait in turn.
        """
        if len(together) == 1:
            await self._run_alone(together[0])
            return
        try:
            await self._play(together)
        except Unavailable as away:
            for waiting in together:
                waiting.fail(away)
        except Exception:  # noqa: BLE001 - any turn may fail, and none may stop this loop
            for waiting in together:
                await self._run_alone(waiting)

    async def _run_alone(self, waiting: Waiting) -> None:
        for attempt in range(TRIES):
            try:
                # Who was overtaken goes first the next time: two processes could go on for ever.
                await self._play([waiting], held=attempt > 0)
            except Overtaken:
                continue
            except Exception as error:  # noqa: BLE001 - as above
                await self._failed(waiting, error)
            return
        waiting.fail(Unavailable("other processes kept overtaking this turn"))

    async def _failed(self, waiting: Waiting, error: Exception) -> None:
        """Hand what nobody typed back to who asked for it, and set aside what somebody did."""
        sender = waiting.envelope.sender
        is_told = isinstance(error, Unavailable) or waiting.envelope.again
        if is_told or not isinstance(sender, Sender):
            waiting.fail(error)
            return
        # The class only: the text of an error may repeat what somebody typed.
        log.error("A turn failed (%s); its envelope is set aside.", type(error).__name__)
        try:
            envelope = waiting.envelope
            text = write_envelope(envelope, sender)
            screen = self._stage.sorry(sender, envelope.event)
            waiting.answer(
                await self.set_aside(envelope.key, text, sender, envelope.message, screen)
            )
        except Exception as away:  # noqa: BLE001 - the sender tries again, nothing was confirmed
            waiting.fail(away)

    async def _play(self, together: Sequence[Waiting], *, held: bool = False) -> None:
        # Whoever stopped waiting may have been told that it did not work.
        waited_for = [waiting for waiting in together if not waiting.outcome.done()]
        if not waited_for:
            return
        done = await self._stage.play([waiting.envelope for waiting in waited_for], held=held)
        self._announcer.announce(*done.changed)
        for waiting in waited_for:
            waiting.answer(done.outcomes[waiting.envelope.key])
