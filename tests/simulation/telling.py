"""Many histories, one after the other or on every core some, and what came of them."""

from __future__ import annotations

import logging
import os
import time
from multiprocessing import Pool

from dialogs.frozen import Frozen
from tests.simulation.faults import CRASHES
from tests.simulation.ground import grounded
from tests.simulation.history import tell

CORES = os.cpu_count() or 1


class Told(Frozen):
    """What came of histories; the seconds are those of telling, without making the ground."""

    number: int
    crashes: int
    wrong: list[str]
    seconds: float

    @property
    def a_second(self) -> float:
        return self.number / self.seconds


def told(seeds: range) -> Told:
    """Tell histories on a ground of their own."""
    with grounded() as ground:
        began, crashes, wrong = time.perf_counter(), 0, []
        for seed in seeds:
            history = tell(seed, ground)
            crashes += sum(history.faults.struck.count(each) for each in CRASHES)
            if history.wrong:
                wrong.append(str(history))
        return Told(len(seeds), crashes, wrong, time.perf_counter() - began)


def told_side_by_side(seeds: range) -> Told:
    """Tell histories on every core, without a log."""
    shares = [seeds[core::CORES] for core in range(min(CORES, len(seeds)))]
    with Pool(len(shares), logging.disable) as pool:
        parts = pool.map(told, shares)
    return Told(
        len(seeds),
        sum(each.crashes for each in parts),
        [line for each in parts for line in each.wrong],
        max(each.seconds for each in parts),
    )
