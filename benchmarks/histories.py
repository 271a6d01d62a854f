"""How many histories the simulation tells a second, and what one takes beside SQLite alone.

What one core tells is counted in what the process computed, so that other programs on the machine
count less; the ratio is that beside what SQLite computed of it.
"""

from __future__ import annotations

import argparse
import logging
import sys
import time
from collections.abc import Callable
from unittest.mock import patch

from tests.simulation.ground import grounded
from tests.simulation.history import tell
from tests.simulation.machine import Machine
from tests.simulation.telling import CORES, told_side_by_side

COUNT, AIMED_AT = 200, 100


class Watch:
    """Adds up what SQLite takes for the statements of machines."""

    def __init__(self) -> None:
        self.statements, self.seconds = 0, 0.0

    def over(
        self, step: Callable[[Machine, Callable[[], object]], None]
    ) -> Callable[[Machine, Callable[[], object]], None]:
        """Do a step of a machine by the watch."""

        def timed(work: Callable[[], object]) -> None:
            began = time.process_time()
            try:
                work()
            finally:
                self.seconds += time.process_time() - began
                self.statements += 1

        return lambda machine, work: step(machine, lambda: timed(work))


def run(count: int) -> int:
    """Tell histories on one core, by the watch, and on every core; say how fast that was."""
    watch, seeds = Watch(), range(count)
    logging.disable()
    with grounded() as ground, patch.object(Machine, "step", watch.over(Machine.step)):
        began = time.process_time()
        wrong = [history for seed in seeds if (history := tell(seed, ground)).wrong]
        whole = time.process_time() - began
    every = told_side_by_side(seeds)
    print(f"{'histories':<20}{'a second':>10}{'crashes a second':>20}")
    print(f"{'one core':<20}{count / whole:>10.1f}{every.crashes / whole:>20.1f}")
    for_all = every.crashes / every.seconds
    print(f"{f'all {CORES} cores':<20}{every.a_second:>10.1f}{for_all:>20.1f}")
    print(f"{'aimed at':<20}{AIMED_AT:>10}")
    print(
        f"A history takes {watch.statements / count:.0f} statements, "
        f"and {whole / watch.seconds:.1f} times what SQLite takes for them."
    )
    return min(len(wrong) + len(every.wrong), 1)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=COUNT)
    sys.exit(run(parser.parse_args().count))
