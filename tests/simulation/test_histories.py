"""Whatever crashes, gets lost or comes twice: everybody is answered, and nothing is doubled."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.simulation.ground import Ground, grounded
from tests.simulation.history import tell
from tests.simulation.planted import ACKNOWLEDGED_FIRST, IN_TWO_TRANSACTIONS, Planted

HISTORIES = 300
TOGETHER = 60
SOON = 10


@pytest.fixture(scope="module")
def ground() -> Iterator[Ground]:
    """What every history begins with."""
    with grounded() as ground:
        yield ground


@pytest.mark.parametrize("first", range(0, HISTORIES, TOGETHER))
def test_everybody_is_answered_and_nothing_is_lost_or_doubled(ground: Ground, first: int) -> None:
    told = [tell(seed, ground) for seed in range(first, first + TOGETHER)]
    assert [str(each) for each in told if each.wrong] == []


@pytest.mark.parametrize("planted", [ACKNOWLEDGED_FIRST, IN_TWO_TRANSACTIONS])
def test_a_planted_fault_is_soon_found(ground: Ground, planted: Planted) -> None:
    assert any(tell(seed, ground, planted).wrong for seed in range(SOON))


def test_a_history_is_the_same_each_time_it_is_told(ground: Ground) -> None:
    one, other = tell(SOON, ground), tell(SOON, ground)
    assert one.course == other.course
