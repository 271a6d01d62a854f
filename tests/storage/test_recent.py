"""What was read a moment ago is known, until it is old, crowded out or dropped."""

from __future__ import annotations

import pytest

from storage.recent import SECONDS, Recent


class Watch:
    time = 1_000.0

    def __call__(self) -> float:
        return self.time


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def recent(watch: Watch) -> Recent[str, int]:
    return Recent(watch, most=2)


def test_a_value_is_known_until_it_is_too_old(recent: Recent[str, int], watch: Watch) -> None:
    recent.put("a", 1)
    watch.time += SECONDS - 1
    assert recent.get("a") == 1
    watch.time += 1
    assert recent.get("a") is None
    assert len(recent) == 0


def test_the_longest_unused_makes_room(recent: Recent[str, int]) -> None:
    recent.put("a", 1)
    recent.put("b", 2)
    recent.get("a")
    recent.put("c", 3)
    assert [recent.get(name) for name in "abc"] == [1, None, 3]


def test_what_was_dropped_is_forgotten(recent: Recent[str, int]) -> None:
    recent.put("a", 1)
    recent.drop("a")
    recent.drop("b")
    assert recent.get("a") is None
    recent.put("a", 1)
    recent.clear()
    assert recent.get("a") is None


def test_what_was_read_before_something_was_dropped_is_not_taken_in(
    recent: Recent[str, int],
) -> None:
    mark = recent.mark()
    recent.put("a", 1, mark)
    assert recent.get("a") == 1
    recent.drop("a")
    recent.put("a", 1, mark)
    assert recent.get("a") is None
