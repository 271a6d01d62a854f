"""Tells histories: `python -m tests.simulation FIRST COUNT`; one of them with its log.

Ends with 1 when something is wrong with one of them, and says how to tell that one again.
"""

from __future__ import annotations

import logging
import sys
import time

from tests.simulation.faults import CRASHES
from tests.simulation.ground import Ground, grounded
from tests.simulation.history import tell

COUNT = 1000


def main(first: int = 0, count: int = COUNT) -> int:
    """Tell so many histories, and say how many a second that were."""
    if count > 1:
        logging.disable()
    with grounded() as ground:
        return _told(ground, range(first, first + count))


def _told(ground: Ground, seeds: range) -> int:
    began, crashes, wrong = time.perf_counter(), 0, 0
    for seed in seeds:
        history = tell(seed, ground)
        crashes += sum(history.faults.struck.count(each) for each in CRASHES)
        if history.wrong:
            wrong += 1
            sys.stdout.write(f"{history}\n")
    seconds = time.perf_counter() - began
    sys.stdout.write(
        f"{len(seeds)} histories, {crashes} crashes, {wrong} wrong; "
        f"{len(seeds) / seconds:.1f} histories a second\n"
    )
    return min(wrong, 1)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
