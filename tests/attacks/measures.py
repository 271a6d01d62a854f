"""How large an attack is, what was measured of it, and what a process holds."""

from __future__ import annotations

import asyncio
import os
import statistics
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

from dialogs.frozen import Frozen, field
from storage.database import Database
from tests.databases import rows_of

LOOKS_EVERY_S = 1.0
PAGE = os.sysconf("SC_PAGE_SIZE")
FIGURE = "figure"


class Measure(Frozen):
    """What one attack is given: its size, 1 for all of it; and where its figures are noted.

    Without a size it is as small as it can be, and nothing is judged that another program on the
    machine could make slower.
    """

    size: float = 0.0
    figures: list[tuple[str, object]] = field(default_factory=list)

    def many(self, full: int, least: int) -> int:
        """Say how many of something to take, of so many when the size is 1."""
        return max(least, round(full * self.size))

    def note(self, figure: str) -> None:
        """Note what came of it, in words that end on the page."""
        self.figures.append((FIGURE, figure))

    def below(self, limit: float, value: float, name: str, unit: str) -> None:
        """Note a figure that must stay below a limit; it is judged when a size was asked for."""
        self.note(f"{name} {value:.3g} {unit} (below {limit:g})")
        if self.size:
            assert value < limit, f"{name}: {value} {unit}"


def at(percent: int, values: Sequence[float]) -> float:
    """Give a percentile; the largest of a few."""
    if len(values) < 100:
        return sorted(values)[min(len(values) * percent // 100, len(values) - 1)]
    return statistics.quantiles(values, n=100)[percent - 1]


async def letters_left(database: Database, longest_s: float) -> int:
    """Wait until no letter waits any more, but not longer than this; gives how many do."""
    until = perf_counter() + longest_s
    while left := len(await rows_of(database, "SELECT id FROM letter")):
        if perf_counter() > until:
            break
        # It is another process that brings them, and on SQLite nobody tells when one is brought.
        await asyncio.sleep(LOOKS_EVERY_S)
    return left


def memory_mb(pid: int) -> float:
    """Say how much memory a process holds."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE / 2**20


def open_files(pid: int) -> int:
    """Say how many files and connections a process has open."""
    return len(list(Path(f"/proc/{pid}/fd").iterdir()))
