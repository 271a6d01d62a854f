"""Numbers about people as they are told: in fives, and never fewer than five.

So nothing can be subtracted: neither a part from a total, nor one period from another.
"""

from __future__ import annotations

from collections.abc import Mapping

FEWEST = 5


def in_fives(count: int) -> int | None:
    """Round down to fives; None for fewer than five.

    Down, because 8 told as 10 beside something that is not told would be 4 and 4, and nothing else.
    """
    return None if count < FEWEST else count - count % FEWEST


def half_within(counts: Mapping[int, int]) -> int | None:
    """Give the step in which the middle one of all that were measured falls.

    `counts` says for each step, in minutes, how many took no longer than that and longer than the
    step before. None for fewer than five.
    """
    total, so_far = sum(counts.values()), 0
    if total < FEWEST:
        return None
    for step in sorted(counts):
        so_far += counts[step]
        if so_far * 2 >= total:
            return step
    raise AssertionError("half of them are never passed")
