"""`make train`: finds the weights of `model.bin` from the phrases that people wrote down.

Each topic gets the weights by which its phrases stand out, as far as others do not speak against
it. Needs what only those who develop have; the same phrases give the same file.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from itertools import chain
from typing import Final, Self

import numpy as np
from msgspec.structs import asdict
from numpy.typing import NDArray
from scipy.linalg import cho_factor, cho_solve
from scipy.sparse import csr_matrix

from bot.understanding.features import Reader, Seen
from bot.understanding.held import FILE, HEAD
from bot.understanding.model import Bounds, Floats, weighed
from bot.understanding.phrases import (
    HARMLESS,
    NO_MATCH,
    Phrase,
    Words,
    fingerprint,
    phrases_below,
    words_below,
)
from bot.wording import LOCALES
from dialogs.frozen import Frozen

RISKS: Final = (
    "child_safety",
    "danger_now",
    "suicide",
    "threat_to_other_party",
    "threat_to_staff",
)
# How little one phrase alone may decide.
RESTRAINT: Final = 0.6
FOLDS: Final = 5
# So many phrases are compared with all others at a time.
AT_A_TIME: Final = 1_000
# What the bounds are for: guesses that are right, and alarms that are false. Phrases are more like
# each other than like what is typed, of which fewer guesses will be right: 19 of 20, it is meant.
SURE, SOFT, HARD = 0.975, 0.05, 0.02
# How many phrases, of a hundred, may be taken for nothing known.
LOST: Final = 0.08

Weights = NDArray[np.float64]


class Fitted(Frozen):
    """What was found in some of the phrases."""

    numbers: NDArray[np.uint32]
    rarity: Floats
    weights: Weights

    def scores(self, looked: Looked) -> Weights:
        """Score other phrases by it: a row for each."""
        scores: Weights = as_matrix(looked, self.numbers, self.rarity) @ self.weights
        return scores


class Looked(Frozen):
    """What is in so many phrases, each known by its place."""

    groups: tuple[Seen, ...]
    count: int

    @classmethod
    def at(cls, phrases: Sequence[Phrase], words: Words) -> Self:
        """Look at phrases as they are looked at when somebody types them."""
        reader = Reader.of(words)
        texts = [[*chain.from_iterable(reader.read(each.text))] for each in phrases]
        return cls(reader.look(texts), len(texts))

    def some(self, chosen: NDArray[np.bool_]) -> Self:
        """Leave out all that are not chosen."""
        place = np.cumsum(chosen) - 1
        return type(self)(
            tuple(
                Seen(place[each.text[kept]], each.number[kept], each.weight[kept])
                for each in self.groups
                for kept in [chosen[each.text]]
            ),
            int(chosen.sum()),
        )


def as_matrix(looked: Looked, numbers: NDArray[np.uint32], rarity: Floats) -> csr_matrix:
    """Lay what was found in each phrase into a row."""
    rows, columns, values = weighed(looked.groups, numbers, rarity, looked.count)
    return csr_matrix((values.astype(np.float64), (rows, columns)), (looked.count, len(numbers)))


def fit(looked: Looked, meanings: Sequence[str], topics: Sequence[str]) -> Fitted:
    """Find the weights of each topic, each risk and any risk, in this order, as columns.

    Topics learn nothing from words of danger, for these are looked for beside them.
    """
    every = np.concatenate([each.number for each in looked.groups])
    numbers, often = np.unique(every, return_counts=True)
    rarity = (np.log((1 + looked.count) / (1 + often)) + 1).astype(np.float32)
    matrix = as_matrix(looked, numbers, rarity)
    calm = np.array([each in topics for each in meanings])
    alike = likeness(matrix)
    counts = solved(alike[np.ix_(calm, calm)], wanted(meanings, topics)[calm])
    risks = solved(alike, np.hstack([wanted(meanings, RISKS), any_risk(meanings)]))
    return Fitted(numbers, rarity, np.hstack([matrix[calm].T @ counts, matrix.T @ risks]))


def likeness(matrix: csr_matrix) -> Floats:
    """Say how like each phrase is to each other; so many at a time, for most are a bit alike."""
    alike = np.empty((matrix.shape[0], matrix.shape[0]), np.float32)
    for start in range(0, len(alike), AT_A_TIME):
        alike[start : start + AT_A_TIME] = (matrix[start : start + AT_A_TIME] @ matrix.T).toarray()
    return alike


def solved(alike: Floats, wanted: Weights) -> Weights:
    """Find how much each phrase counts, so that each comes near to what is wanted of it.

    The likeness is used up by it.
    """
    alike[np.diag_indices_from(alike)] += RESTRAINT
    factor = cho_factor(alike, overwrite_a=True, check_finite=False)
    counts: Weights = cho_solve(factor, wanted.astype(np.float32)).astype(np.float64)
    return counts


def wanted(meanings: Sequence[str], names: Sequence[str]) -> Weights:
    """Say which phrase means what: a row for each phrase, a column for each name."""
    return np.array([[float(each == name) for name in names] for each in meanings])


def any_risk(meanings: Sequence[str]) -> Weights:
    """Say which phrase means danger; what is like nothing known means none."""
    return np.array([[float(each in RISKS)] for each in meanings])


def folds_of(phrases: Sequence[Phrase]) -> NDArray[np.int_]:
    """Deal the phrases of each meaning and language out in turn, without any chance."""
    dealt: Counter[tuple[str, str]] = Counter()
    folds = []
    for each in phrases:
        folds.append(dealt[each.language, each.meaning] % FOLDS)
        dealt[each.language, each.meaning] += 1
    return np.array(folds)


def left_out(looked: Looked, phrases: Sequence[Phrase], topics: Sequence[str]) -> Weights:
    """Score each phrase by what was found in the others."""
    folds, meanings = folds_of(phrases), np.array([each.meaning for each in phrases])
    scores = np.zeros((len(phrases), len(topics) + len(RISKS) + 1))
    for fold in range(FOLDS):
        asked = folds == fold
        fitted = fit(looked.some(~asked), meanings[~asked].tolist(), topics)
        scores[asked] = fitted.scores(looked.some(asked))
    return scores


def bounds_of(scores: Weights, meanings: Sequence[str], topics: Sequence[str]) -> Bounds:
    """Find from where on a guess is right often enough."""
    asked = np.array([each in topics for each in meanings])
    by_topic = scores[asked][:, : len(topics)]
    best = by_topic.argmax(axis=1)
    right = np.array([topics[at] for at in best]) == np.array(meanings)[asked]
    second, first = np.sort(by_topic, axis=1)[:, -2:].T
    wanted_topic = np.array(meanings)[asked] != NO_MATCH
    calm = np.array([each not in RISKS for each in meanings])
    danger = scores[:, -1]
    return Bounds(
        sure=from_where(first - second, right, SURE),
        none=float(np.quantile(first[wanted_topic], LOST)),
        soft=float(np.quantile(danger[calm], 1 - SOFT)),
        hard=float(np.quantile(danger[calm], 1 - HARD)),
    )


def from_where(values: Weights, right: NDArray[np.bool_], share: float) -> float:
    """Find the value from which on such a share of the guesses is right."""
    order = np.argsort(-values)
    shares = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    reached = np.flatnonzero(shares >= share)
    return float(values[order[reached[-1]]]) if len(reached) else float(values[order[0]])


def made(phrases: Sequence[Phrase], words: Words, made_from: str) -> bytes:
    """Make the file: weights in steps of a 127th of the largest of their column."""
    looked = Looked.at(phrases, words)
    meanings = [each.meaning for each in phrases]
    topics = [*sorted({*meanings} - {*RISKS, HARMLESS, NO_MATCH}), NO_MATCH]
    fitted = fit(looked, meanings, topics)
    bounds = bounds_of(left_out(looked, phrases, topics), meanings, topics)
    steps = np.abs(fitted.weights).max(axis=0) / 127
    about = {
        "made_from": made_from,
        "topics": topics,
        "risks": RISKS,
        "bounds": {name: round(value, 3) for name, value in asdict(bounds).items()},
        "spellings": dict(words.spellings),
        "concepts": {name: list(many) for name, many in words.concepts.items()},
    }
    told = json.dumps(about, sort_keys=True).encode()
    rows, columns = fitted.weights.shape
    parts = (
        fitted.numbers.astype("<u4"),
        fitted.rarity.astype("<f4"),
        steps.astype("<f4"),
        np.round(fitted.weights / steps).astype(np.int8),
    )
    return HEAD.pack(rows, columns, len(told)) + b"".join(each.tobytes() for each in parts) + told


def main() -> None:
    """Make the model anew from what the phrase files say now."""
    made_now = made([*phrases_below(LOCALES)], words_below(LOCALES), fingerprint(LOCALES))
    # A house that runs still looks at what it opened.
    aside = FILE.with_suffix(".new")
    aside.write_bytes(made_now)
    aside.replace(FILE)
    print(f"{FILE.name}: {len(made_now):,} bytes")


if __name__ == "__main__":
    main()
