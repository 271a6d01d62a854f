"""What typed words are most like: small sums over weights that were found beforehand.

The file is made by `make train`. It holds no phrase, and nothing that anybody typed.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from bot.understanding.features import Group, Reader
from bot.understanding.phrases import NO_MATCH, Words

FILE: Final = Path(__file__).parent / "model.npz"
# How much words, concepts and parts of words count beside each other.
SHARES: Final = (1.0, 1.5, 1.0)

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Bounds:
    """From where on a guess counts; found by guessing phrases that were left out."""

    sure: float
    none: float
    soft: float
    hard: float


@dataclass(frozen=True, slots=True)
class Scores:
    """How like each topic, and each risk, a text is; more is more like it."""

    topics: dict[str, float]
    risks: dict[str, float]
    any_risk: float


@dataclass(frozen=True, slots=True)
class Model:
    """The weights: a row for each thing that is looked at, a column for each topic and risk."""

    reader: Reader
    topics: tuple[str, ...]
    risks: tuple[str, ...]
    bounds: Bounds
    made_from: str
    numbers: NDArray[np.uint32]
    rarity: Floats
    weights: NDArray[np.int8]
    steps: Floats

    @classmethod
    def load(cls, source: Path | bytes = FILE) -> Self:
        """Read a model; raise OSError or ValueError when it is none."""
        with np.load(BytesIO(source) if isinstance(source, bytes) else source) as held:
            about = json.loads(held["about"].tobytes())
            return cls(
                Reader.of(Words(about["spellings"], about["concepts"])),
                tuple(about["topics"]),
                tuple(about["risks"]),
                Bounds(**about["bounds"]),
                about["made_from"],
                held["numbers"],
                held["rarity"],
                held["weights"],
                held["steps"],
            )

    def score(self, text: str) -> Scores:
        """Say how like each topic and risk a text is."""
        rows, values = weighed(self.reader.look(text), self.numbers, self.rarity)
        sums = (values @ self.weights[rows].astype(np.float32)) * self.steps
        known = len(self.topics)
        return Scores(
            dict(zip(self.topics, sums[:known].tolist(), strict=True)),
            dict(zip(self.risks, sums[known:-1].tolist(), strict=True)),
            float(sums[-1]),
        )


def weighed(
    groups: Sequence[Group], numbers: NDArray[np.uint32], rarity: Floats
) -> tuple[NDArray[np.intp], Floats]:
    """Weigh what was found by how rare it is; each group weighs its share, and no more."""
    rows: list[NDArray[np.intp]] = []
    values: list[Floats] = []
    for group, share in zip(groups, SHARES, strict=True):
        found = np.fromiter(group.keys(), np.uint32, len(group))
        weight = np.fromiter(group.values(), np.float32, len(group))
        at = np.searchsorted(numbers, found).clip(max=len(numbers) - 1)
        known = numbers[at] == found
        row, value = at[known], weight[known] * rarity[at[known]]
        length = float(np.sqrt((value * value).sum())) or 1.0
        rows.append(row)
        values.append((value * (share / length)).astype(np.float32))
    return np.concatenate(rows), np.concatenate(values)


def ranked(topics: dict[str, float]) -> list[str]:
    """Put topics in order, the likeliest first; that it is none of them is no topic."""
    named = (topic for topic in topics if topic != NO_MATCH)
    return sorted(named, key=lambda topic: (-topics[topic], topic))
