"""A road to people that letters can be held up on, and a courier that goes there."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from bot.courier import Courier
from bot.envelopes import Brought, LetterBody
from bot.house import House
from tests.databases import rows_of

OUTBOX = "SELECT attempts, leased_until IS NOT NULL FROM letter"


class Gate:
    """A road that letters can be held up on, and on which they fail when it is told to."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.arrived: list[tuple[str, int | None]] = []
        self.failures: list[Exception] = []
        self.is_free = asyncio.Event()
        self.is_free.set()

    async def bring(self, letter: LetterBody, screen_message: int | None) -> Brought:
        self.begun.append(letter.screen.lines[-1].id)
        await self.is_free.wait()
        if self.failures:
            raise self.failures.pop(0)
        self.arrived.append((letter.screen.lines[-1].id, screen_message))
        number = screen_message or len(self.arrived)
        return Brought(number, () if screen_message else (number,))


def courier_on(house: House, gate: Gate) -> Courier:
    return Courier(
        house.database, house.keystore, house.clock, house.announcer, gate.bring, house.hands
    )


@asynccontextmanager
async def going(house: House, gate: Gate) -> AsyncIterator[None]:
    """Have a courier that goes, and is ready to take letters over."""
    running = asyncio.create_task(courier_on(house, gate).run())
    await until(lambda: house.hands.are_free)
    try:
        yield
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not holds():  # noqa: ASYNC110 - what is waited for calls nobody
            await asyncio.sleep(0.001)


async def until_outbox(house: House, *rows: tuple[int, bool]) -> None:
    async with asyncio.timeout(20):
        while await rows_of(house.database, OUTBOX) != list(rows):  # noqa: ASYNC110 - as above
            await asyncio.sleep(0.001)
