"""Tells histories: `python -m tests.simulation FIRST COUNT`; one of them with its log.

Ends with 1 when something is wrong with one of them, and says how to tell that one again.
"""

from __future__ import annotations

import logging
import os
import sys
import time
from dataclasses import dataclass
from multiprocessing import Pool

from tests.simulation.faults import CRASHES
from tests.simulation.ground import grounded
from tests.simulation.history import tell

COUNT = 1000


@dataclass(frozen=True, slots=True)
class Told:
    """What came of some histories, told one after the other in so many seconds."""

    crashes: int
    wrong: list[str]
    seconds: float


def main(first: int = 0, count: int = COUNT) -> int:
    """Tell so many histories, on every core some, and say how many a second that were."""
    cores = min(count, os.cpu_count() or 1)
    ranges = [range(first + core, first + count, cores) for core in range(cores)]
    if count == 1:
        parts = [told(ranges[0])]
    else:
        with Pool(cores, logging.disable) as pool:
            parts = pool.map(told, ranges)
    for line in sorted(line for each in parts for line in each.wrong):
        sys.stdout.write(f"{line}\n")
    wrong = sum(len(each.wrong) for each in parts)
    sys.stdout.write(
        f"{count} histories, {sum(each.crashes for each in parts)} crashes, {wrong} wrong; "
        f"{count / max(each.seconds for each in parts):.1f} histories a second on {cores} cores\n"
    )
    return min(wrong, 1)


def told(seeds: range) -> Told:
    """Tell histories on a ground of their own."""
    with grounded() as ground:
        began, crashes, wrong = time.perf_counter(), 0, []
        for seed in seeds:
            history = tell(seed, ground)
            crashes += sum(history.faults.struck.count(each) for each in CRASHES)
            if history.wrong:
                wrong.append(str(history))
        return Told(crashes, wrong, time.perf_counter() - began)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
