"""What others labelled, to be understood by who has not seen it: its texts, and how it is scored.

`labelled.jsonl` holds what people may type in eight languages, with the topic and whether it speaks
of danger, as those say who judge each release by a larger set of the kind. No phrase file has one
of its texts and nothing is chosen by its figures, or they would tell nothing.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.cli.understand import Decided
from bot.understanding.phrases import NO_MATCH
from dialogs.frozen import Frozen

LABELLED = Path(__file__).with_suffix(".jsonl")


class Label(Frozen):
    """What somebody typed, in which language, and what it asks for; a danger has no topic."""

    text: str
    language: str
    topic: str
    is_danger: bool


def labelled(path: Path = LABELLED) -> tuple[Label, ...]:
    """Read a labelled set: JSON a line, with `text`, `lang`, `topic` and `risk`."""
    rows = map(json.loads, path.read_text("utf-8").splitlines())
    return tuple(Label(each["text"], each["lang"], each["topic"], each["risk"]) for each in rows)


def tell_labelled(name: str, labels: Sequence[Label], found: Sequence[Decided]) -> None:
    """Print every figure, of all and of each language."""
    pairs = list(zip(labels, found, strict=True))
    for language in ("all", *sorted({each.language for each in labels})):
        here = [(label, each) for label, each in pairs if language in {"all", label.language}]
        told = "  ".join(f"{figure} {share(right)}" for figure, right in figures(here))
        print(f"{name:<12}{language:<5}{told}")


def figures(pairs: Sequence[tuple[Label, Decided]]) -> Iterator[tuple[str, list[bool]]]:
    """Give each figure, and of what it is a share whether it is right."""
    calm = [(label, each) for label, each in pairs if not label.is_danger]
    asked = [(label, each) for label, each in calm if label.topic != NO_MATCH]
    danger = [each for label, each in pairs if label.is_danger]
    yield "first", [each["top3"][0] == label.topic for label, each in asked]
    yield "three", [label.topic in each["top3"] for label, each in asked]
    yield "decided", [each["decision"] == label.topic for label, each in calm]
    yield "none", [each["decision"] == NO_MATCH for label, each in calm if label.topic == NO_MATCH]
    yield "hard", [each["risk"] for each in danger]
    yield "false", [each["risk"] for _, each in calm]
    yield "soft", [each["soft_risk"] for each in danger]
    yield "false", [each["soft_risk"] for _, each in calm]


def share(right: Sequence[bool] | NDArray[np.bool_]) -> str:
    """Write a share with its 95 % interval (Wilson)."""
    count, of = sum(map(bool, right)), len(right)
    if not of:
        return "-"
    part, z = count / of, 1.96
    middle = (part + z * z / 2 / of) / (1 + z * z / of)
    half = z * math.sqrt(part * (1 - part) / of + z * z / 4 / of / of) / (1 + z * z / of)
    return f"{part:.0%} ({middle - half:.0%}-{middle + half:.0%})"
