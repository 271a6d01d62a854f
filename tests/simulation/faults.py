"""What goes wrong in a history, one after the other, each after so many chances to."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass
from enum import Enum, auto
from random import Random
from typing import Self


class Fault(Enum):
    """Something that goes wrong with a statement, or with a call to Telegram."""

    CRASH_BEFORE = auto()
    CRASH_AFTER = auto()
    LOCKED = auto()
    DROPPED = auto()
    LOST = auto()
    BROKEN = auto()
    FLOODED = auto()


CRASHES = (Fault.CRASH_BEFORE, Fault.CRASH_AFTER)
OF_STATEMENTS = (*CRASHES, Fault.LOCKED)
OF_CALLS = (Fault.DROPPED, Fault.LOST, Fault.BROKEN, Fault.FLOODED)
# A letter that was tried more often waits longer than a history goes on after its last fault.
CALLS_FAIL_AMONG_THE_FIRST, A_CALL = 2, 0.25
MOST, ONE_MORE = 10, 0.8
STATEMENTS_BETWEEN = 25
CALLS_BETWEEN = 3


@dataclass(slots=True)
class Ahead:
    """A fault, and after how many chances it strikes."""

    fault: Fault
    chances: int


class Faults:
    """All that goes wrong; the next one comes up once the one before it has struck."""

    def __init__(self, *ahead: Ahead) -> None:
        self._ahead = deque(ahead)
        self.struck: list[Fault] = []
        self.over = asyncio.Event()

    @classmethod
    def drawn(cls, lots: Random) -> Self:
        """Draw what goes wrong in one history."""
        number = 1
        while number < MOST and lots.random() < ONE_MORE:
            number += 1
        return cls(*(_drawn(lots, place) for place in range(number)))

    def at_statement(self) -> Fault | None:
        """Say what goes wrong with this statement."""
        return self._strike(OF_STATEMENTS)

    def at_call(self) -> Fault | None:
        """Say what goes wrong with this call."""
        return self._strike(OF_CALLS)

    def end(self) -> None:
        """Let nothing go wrong any more."""
        self._ahead.clear()
        self.over.set()

    def _strike(self, kinds: tuple[Fault, ...]) -> Fault | None:
        if not self._ahead or self._ahead[0].fault not in kinds:
            return None
        self._ahead[0].chances -= 1
        if self._ahead[0].chances:
            return None
        self.struck.append(self._ahead.popleft().fault)
        if not self._ahead:
            self.over.set()
        return self.struck[-1]


def _drawn(lots: Random, place: int) -> Ahead:
    if place < CALLS_FAIL_AMONG_THE_FIRST and lots.random() < A_CALL:
        return Ahead(lots.choice(OF_CALLS), lots.randint(1, CALLS_BETWEEN))
    return Ahead(lots.choice((*CRASHES, *OF_STATEMENTS)), lots.randint(1, STATEMENTS_BETWEEN))
