"""What typed words are most like: small sums over weights that were found beforehand.

The file is made by `make train`. It holds no phrase, and nothing that anybody typed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from bot.understanding.features import Reader, Seen
from bot.understanding.held import HEAD, WIDE, Held
from bot.understanding.phrases import Words
from dialogs.frozen import Frozen

# How much words, concepts and parts of words count beside each other.
SHARES: Final = (1.0, 1.5, 1.0)
# What is asked is looked for in so many words of a message. Danger is looked for in each sentence,
# and of a long one in so many words at a time, the first of which are the last of those before.
MOST_WORDS: Final = 60
AT_A_TIME: Final = 12
AGAIN: Final = 4

Floats = NDArray[np.float32]


class Bounds(Frozen):
    """From where on a guess counts; found by guessing phrases that were left out."""

    sure: float
    none: float
    soft: float
    hard: float


class Scores(Frozen):
    """How like each topic, and each risk, a text is; more is more like it."""

    topics: dict[str, float]
    risks: dict[str, float]
    any_risk: float


class Model(Frozen):
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
    def of(cls, held: Held) -> Self:
        """Find the weights where they lie in a file."""
        rows, columns, data, about = held.rows, held.columns, held.data, held.about
        number, rarity, step = (HEAD.size + WIDE * rows * before for before in range(3))
        weights = np.frombuffer(data, np.int8, rows * columns, held.weights_from)
        return cls(
            Reader.of(Words(about["spellings"], about["concepts"])),
            tuple(about["topics"]),
            tuple(about["risks"]),
            Bounds(**about["bounds"]),
            about["made_from"],
            np.frombuffer(data, "<u4", rows, number),
            np.frombuffer(data, "<f4", rows, rarity),
            weights.reshape(rows, columns),
            np.frombuffer(data, "<f4", columns, step),
        )

    def score(self, text: str) -> Scores:
        """Say how like each topic and risk a text is, and how like danger is what is most in it."""
        sentences = self.reader.read(text)
        whole = [*chain.from_iterable(sentences)]
        pieces = [whole[:MOST_WORDS], *pieces_of(sentences)]
        at, rows, values = weighed(self.reader.look(pieces), self.numbers, self.rarity, len(pieces))
        first = at == 0
        sums = values[first] @ self.weights[rows[first]] * self.steps
        danger = np.bincount(at, values * self.weights[rows, -1], len(pieces)) * self.steps[-1]
        known = len(self.topics)
        return Scores(
            dict(zip(self.topics, sums[:known].tolist(), strict=True)),
            dict(zip(self.risks, sums[known:-1].tolist(), strict=True)),
            float(danger.max()),
        )


def pieces_of(sentences: Sequence[Sequence[str]]) -> Iterator[Sequence[str]]:
    """Give each sentence, and a long one in pieces that lie over each other.

    A short sentence that stands alone is no piece of anything.
    """
    if len(sentences) == 1 and len(sentences[0]) <= AT_A_TIME:
        return
    for words in sentences:
        for start in range(0, max(len(words) - AGAIN, 1), AT_A_TIME - AGAIN):
            yield words[start : start + AT_A_TIME]


def weighed(
    groups: Sequence[Seen], numbers: NDArray[np.uint32], rarity: Floats, texts: int
) -> tuple[NDArray[np.intp], NDArray[np.intp], Floats]:
    """Weigh what was found by how rare it is; each group weighs its share in each text.

    Gives in which of so many texts, in which row of the numbers, and how much; what has no number
    counts for nothing.
    """
    found: list[tuple[NDArray[np.intp], NDArray[np.intp], Floats]] = []
    for seen, share in zip(groups, SHARES, strict=True):
        row = np.searchsorted(numbers, seen.number).clip(max=len(numbers) - 1)
        known = numbers[row] == seen.number
        text, row = seen.text[known], row[known]
        value = seen.weight[known] * rarity[row]
        length = np.sqrt(np.bincount(text, value * value, texts))
        found.append((text, row, (value * share / length[text]).astype(np.float32)))
    text, row, value = (np.concatenate(each) for each in zip(*found, strict=True))
    return text, row, value
