"""What was read a moment ago, in the memory of one process: bounded in number and in age."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

MOST = 10_000
SECONDS = 300.0

Key = TypeVar("Key")
Value = TypeVar("Value")


class Recent(Generic[Key, Value]):
    """The last values, the longest unused of which makes room.

    A value that was read before something was dropped is not taken in any more: it may be of what
    was dropped. That is what the mark is for.
    """

    def __init__(self, monotonic: Callable[[], float], most: int = MOST) -> None:
        self._monotonic = monotonic
        self._most = most
        self._values: OrderedDict[Key, tuple[float, Value]] = OrderedDict()
        self._drops = 0

    def __len__(self) -> int:
        return len(self._values)

    def get(self, key: Key) -> Value | None:
        """Give what is known, unless it is too old."""
        kept = self._values.get(key)
        if kept is None:
            return None
        if kept[0] <= self._monotonic():
            del self._values[key]
            return None
        self._values.move_to_end(key)
        return kept[1]

    def mark(self) -> int:
        """Say how it stands before reading."""
        return self._drops

    def put(self, key: Key, value: Value, mark: int | None = None) -> None:
        """Take in what was made, or what was read since the mark."""
        if mark is not None and mark != self._drops:
            return
        self._values[key] = (self._monotonic() + SECONDS, value)
        self._values.move_to_end(key)
        while len(self._values) > self._most:
            self._values.popitem(last=False)

    def drop(self, key: Key) -> None:
        """Forget one value."""
        self._drops += 1
        self._values.pop(key, None)

    def clear(self) -> None:
        """Forget every value."""
        self._drops += 1
        self._values.clear()
