"""Tells histories: `python -m tests.simulation FIRST COUNT`; one of them with its log.

Ends with 1 when something is wrong with one of them, and says how to tell that one again.
"""

from __future__ import annotations

import sys

from tests.simulation.telling import told, told_side_by_side

COUNT = 1000


def main(first: int = 0, count: int = COUNT) -> int:
    """Tell so many histories, and say how many a second that were."""
    seeds = range(first, first + count)
    came = told(seeds) if count == 1 else told_side_by_side(seeds)
    for line in came.wrong:
        sys.stdout.write(f"{line}\n")
    sys.stdout.write(
        f"{count} histories, {came.crashes} crashes, {len(came.wrong)} wrong; "
        f"{came.a_second:.1f} histories a second\n"
    )
    return min(len(came.wrong), 1)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
