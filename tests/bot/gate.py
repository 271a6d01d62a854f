"""A road to people that letters can be held up on, and a courier that goes there."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager

import pytest

from bot.announcer import Changes
from bot.courier import Courier
from bot.envelopes import Brought, LetterBody
from bot.handing import Carried, Carrier
from bot.house import House
from storage.doors import Door
from tests.databases import rows_of
from tests.houses import Visitor

PATIENCE_S = 20
OUTBOX = "SELECT attempts, leased_until IS NOT NULL FROM letter"


class Gate:
    """A road that letters can be held up on, and on which they fail when it is told to.

    `changes` hears of what comes here, of a courier that is there, and of all that is told.
    """

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.arrived: list[tuple[str, int | None]] = []
        self.failures: list[Exception] = []
        self.is_free = asyncio.Event()
        self.is_free.set()
        self.changes = Changes()

    async def bring(self, letter: LetterBody, screen_message: int | None) -> Brought:
        self.begun.append(letter.screen.lines[-1].id)
        self.changes.add("begun")
        # Who waits here goes on waiting when the others are given a road of their own.
        await self.is_free.wait()
        if self.failures:
            raise self.failures.pop(0)
        replaced = screen_message if letter.replaces else None
        self.arrived.append((letter.screen.lines[-1].id, replaced))
        number = replaced or len(self.arrived)
        return Brought(None if letter.screen.lasting else number, () if replaced else (number,))

    def let_others_pass(self) -> asyncio.Event:
        """Give a free road to whoever comes now; what is held up goes on when this is set."""
        held, self.is_free = self.is_free, asyncio.Event()
        self.is_free.set()
        return held

    async def until(self, holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while not holds():
                await self.changes.wait()

    async def until_outbox(self, house: House, *rows: tuple[int, bool]) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while await rows_of(house.database, OUTBOX) != list(rows):
                await self.changes.wait()

    async def holds_up(self, house: House) -> Visitor:
        """Let a first letter be on the road to somebody, and stay there."""
        self.is_free.clear()
        visitor = Visitor(house, Door.TELEGRAM)
        await visitor.starts()
        await self.until(lambda: bool(self.begun))
        return visitor


def courier_on(house: House, gate: Gate, patience_s: float = PATIENCE_S) -> Courier:
    """Make a courier for this road, which waits that long for who is on it."""
    house.hands.road.patience_s = patience_s
    return Courier(
        house.database, house.keystore, house.clock, house.announcer, gate.bring, house.hands
    )


@asynccontextmanager
async def going(
    house: House, gate: Gate, patience_s: float = PATIENCE_S, again: Courier | None = None
) -> AsyncIterator[Courier]:
    """Have a courier that goes, or goes again, and is ready to take letters over."""
    courier = again or courier_on(house, gate, patience_s)
    with house.announcer.overhearing() as gate.changes, watched(house, gate):
        running = asyncio.create_task(courier.run())
        await gate.until(lambda: house.hands.are_free)
        try:
            yield courier
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)


@contextmanager
def watched(house: House, gate: Gate) -> Iterator[None]:
    """Let the gate hear when a courier is there, when something arrived, and when that is noted."""
    hands, announcer = house.hands, house.announcer
    opened, noting, tell = hands.open, hands.noting, announcer.tell

    @contextmanager
    def open(carrier: Carrier) -> Iterator[None]:  # noqa: A001 - as it is called there
        with opened(carrier):
            gate.changes.add("ready")
            yield

    @contextmanager
    def noted() -> Iterator[list[Carried]]:
        with noting() as arrived:
            yield arrived
        gate.changes.add("noted")

    def told(*names: str) -> None:
        tell(*names)
        gate.changes.add("told")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hands, "open", open)
        patch.setattr(hands, "noting", noted)
        patch.setattr(announcer, "tell", told)
        yield
