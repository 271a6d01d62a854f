"""The file of weights, which is mapped and not read: only what is looked at takes memory.

That it is whole is seen at the start; what sums the weights is loaded when somebody first types.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from mmap import ACCESS_READ, mmap
from pathlib import Path
from struct import Struct
from typing import Any, Final, Self

from dialogs.frozen import Frozen, Hidden

FILE: Final = Path(__file__).parent / "model.bin"
# How many rows, columns, and bytes of what they are about. Then a number and a rarity for each row,
# a step for each column, the weights, and what they are about.
HEAD: Final = Struct("<3I")
WIDE: Final = 4


class Held(Frozen):
    """The file, open for as long as this is there."""

    rows: int
    columns: int
    about: Hidden[Mapping[str, Any]]
    data: Hidden[mmap]

    @classmethod
    def open(cls, path: Path = FILE) -> Self:
        """Map a file; raise OSError or ValueError when it is none of ours, or not whole."""
        with path.open("rb") as file:
            # Read beside the map: a first look at that may take two million bytes of memory.
            head = file.read(HEAD.size).ljust(HEAD.size, b"\0")
            data = mmap(file.fileno(), 0, access=ACCESS_READ)
        rows, columns, length = HEAD.unpack(head)
        about_from = _weights_from(rows, columns) + rows * columns
        if not rows or len(data) != about_from + length:
            raise ValueError(f"{path.name} is not whole")
        return cls(rows, columns, json.loads(data[about_from:]), data)

    @property
    def weights_from(self) -> int:
        """Where the weights begin, a byte each."""
        return _weights_from(self.rows, self.columns)


def _weights_from(rows: int, columns: int) -> int:
    return HEAD.size + WIDE * (2 * rows + columns)
