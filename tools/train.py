"""`make train`: finds the weights of `model.npz` from the phrases that people wrote down.

Each topic gets the weights by which its phrases stand out, as far as others do not speak against
it. Needs what only those who develop have; the same phrases give the same file.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from io import BytesIO
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from bot.understanding.features import Group, Reader
from bot.understanding.model import FILE, Bounds, Floats, weighed
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
# What the bounds are for: guesses that are right, and alarms that are false, of a hundred.
SURE, SOFT, HARD = 0.95, 0.05, 0.02
# How many phrases, of a hundred, may be taken for nothing known.
LOST: Final = 0.08

Looked = tuple[Group, Group, Group]
Weights = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Fitted:
    """What was found in some of the phrases."""

    numbers: NDArray[np.uint32]
    rarity: Floats
    weights: Weights

    def scores(self, looked: Sequence[Looked]) -> Weights:
        """Score other phrases by it: a row for each."""
        scores: Weights = as_matrix(looked, self.numbers, self.rarity) @ self.weights
        return scores


def as_matrix(looked: Sequence[Looked], numbers: NDArray[np.uint32], rarity: Floats) -> csr_matrix:
    """Lay what was found in each phrase into a row."""
    rows = [weighed(each, numbers, rarity) for each in looked]
    ends = np.cumsum([0, *(len(columns) for columns, _ in rows)])
    columns, values = (np.concatenate(each) for each in zip(*rows, strict=True))
    return csr_matrix((values.astype(np.float64), columns, ends), (len(rows), len(numbers)))


def fit(looked: Sequence[Looked], meanings: Sequence[str], topics: Sequence[str]) -> Fitted:
    """Find the weights of each topic, each risk and any risk, in this order, as columns.

    Topics learn nothing from words of danger, for these are looked for beside them.
    """
    seen = Counter(number for each in looked for group in each for number in group)
    numbers = np.array(sorted(seen), np.uint32)
    often = np.array([seen[number] for number in numbers.tolist()])
    rarity = (np.log((1 + len(looked)) / (1 + often)) + 1).astype(np.float32)
    matrix = as_matrix(looked, numbers, rarity)
    calm = np.array([each in topics for each in meanings])
    alike = (matrix @ matrix.T).toarray()
    weights: Weights = np.hstack(
        [
            matrix[calm].T @ solved(alike[np.ix_(calm, calm)], wanted(meanings, topics)[calm]),
            matrix.T @ solved(alike, np.hstack([wanted(meanings, RISKS), any_risk(meanings)])),
        ]
    )
    return Fitted(numbers, rarity, weights)


def solved(alike: Weights, wanted: Weights) -> Weights:
    """Find how much each phrase counts, so that each comes near to what is wanted of it."""
    return np.linalg.solve(alike + RESTRAINT * np.eye(len(alike)), wanted).astype(np.float64)


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


def left_out(looked: Sequence[Looked], phrases: Sequence[Phrase], topics: Sequence[str]) -> Weights:
    """Score each phrase by what was found in the others."""
    folds = folds_of(phrases)
    scores = np.zeros((len(phrases), len(topics) + len(RISKS) + 1))
    for fold in range(FOLDS):
        known, asked = np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)
        fitted = fit(
            [looked[at] for at in known.tolist()],
            [phrases[at].meaning for at in known.tolist()],
            topics,
        )
        scores[asked] = fitted.scores([looked[at] for at in asked.tolist()])
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
    reader = Reader.of(words)
    looked = [reader.look(each.text) for each in phrases]
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
    file = BytesIO()
    np.savez_compressed(
        file,
        about=np.frombuffer(json.dumps(about, sort_keys=True).encode(), np.uint8),
        numbers=fitted.numbers,
        rarity=fitted.rarity,
        weights=np.round(fitted.weights / steps).astype(np.int8),
        steps=steps.astype(np.float32),
    )
    return file.getvalue()


def main() -> None:
    """Make the model anew from what the phrase files say now."""
    made_now = made([*phrases_below(LOCALES)], words_below(LOCALES), fingerprint(LOCALES))
    FILE.write_bytes(made_now)
    print(f"{FILE.name}: {len(made_now):,} bytes")


if __name__ == "__main__":
    main()
