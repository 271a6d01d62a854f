"""What is looked at in a text: its words in pairs, what they stand for, and parts of words.

A word that is typed otherwise is read as it is written. Words that ask for the same count as one,
in every language; so a phrase in one of them helps in the others.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, combinations, filterfalse, pairwise
from typing import Self

import numpy as np
from numpy.typing import NDArray

from bot.understanding.phrases import Words
from bot.understanding.threats import SENTENCE
from dialogs.frozen import Frozen

WORD = re.compile(r"[^\W_]+")
APOSTROPHES = str.maketrans("", "", "'’`‘\u02bc")
DRAWN_OUT = re.compile(r"([^\d])\1{2,}")
# An age, a year or a time says the same whatever its figures are; a number to call does not.
FIGURE = re.compile(r"\d")
NUMBERS_TO_CALL = {"101", "112", "113", "999", "1712", "1813"}
# A part of a word has so many letters; the space before and behind a word counts as one.
PARTS = range(3, 6)
SPACE = ord(" ")
# By these the letters of a part are made one number (FNV-1a, a letter at a time).
BASIS, PRIME = np.uint32(2166136261), np.uint32(16777619)
SHORTEST_STEM = 3
ARTICLE = "ال"

NOTHING: frozenset[str] = frozenset()
NO_ROWS: Mapping[tuple[str, ...], frozenset[str]] = {}

Group = dict[int, float]


class Seen(Frozen):
    """What is in some texts: in which, by its number, and how much it counts; each once a text."""

    text: NDArray[np.intp]
    number: NDArray[np.uint32]
    weight: NDArray[np.float32]

    @classmethod
    def of(cls, groups: Sequence[Group]) -> Self:
        """Lay what is in each text behind each other."""
        lengths = [len(each) for each in groups]
        return cls(
            np.repeat(np.arange(len(groups)), lengths),
            np.fromiter(chain.from_iterable(groups), np.uint32, sum(lengths)),
            np.fromiter((each for group in groups for each in group.values()), np.float32),
        )


class Reader(Frozen):
    """Finds what is to be looked at, by words that people wrote down."""

    spellings: Mapping[str, tuple[str, ...]]
    concepts: Mapping[str, frozenset[str]]
    rows: Mapping[tuple[str, ...], Mapping[tuple[str, ...], frozenset[str]]]
    stems: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, words: Words) -> Self:
        """Turn the words round, so that each is found at once, and a row by its first two."""
        concepts: dict[str, frozenset[str]] = {}
        rows: dict[tuple[str, ...], dict[tuple[str, ...], frozenset[str]]] = {}
        stems: dict[str, frozenset[str]] = {}
        for name, each in ((name, each) for name, many in words.concepts.items() for each in many):
            row = tuple(words_of(each))
            if each.endswith("*"):
                stems["".join(row)] = stems.get("".join(row), frozenset()) | {name}
            elif len(row) == 1:
                concepts[row[0]] = concepts.get(row[0], frozenset()) | {name}
            else:
                begun = rows.setdefault(row[:2], {})
                begun[row] = begun.get(row, frozenset()) | {name}
        spellings = {
            "".join(words_of(typed)): tuple(words_of(written))
            for typed, written in words.spellings.items()
        }
        return cls(spellings, concepts, rows, stems)

    def read(self, text: str) -> list[list[str]]:
        """Cut a text into sentences of words as they are written."""
        return [
            [each for word in words for each in self.spellings.get(word, (word,))]
            for words in sentences_of(text)
        ]

    def look(self, texts: Sequence[Sequence[str]]) -> tuple[Seen, Seen, Seen]:
        """Find words and pairs, concepts and pairs of them, and parts of words, in read texts.

        What is found is known by a number that is the same on every machine.
        """
        alone = {word: self.meant_by(word) for word in {*chain.from_iterable(texts)}}
        return (
            Seen.of([with_pairs(words) for words in texts]),
            Seen.of([of_concepts(sorted(self.concepts_in(words, alone))) for words in texts]),
            parts_of(texts),
        )

    def concepts_in(self, words: Sequence[str], alone: Mapping[str, set[str]]) -> set[str]:
        """Find what words stand for, each alone, which is known, and in a row."""
        found = {name for word in words for name in alone[word]}
        for at, begun in enumerate(pairwise(words)):
            for row, names in self.rows.get(begun, NO_ROWS).items():
                if tuple(words[at : at + len(row)]) == row:
                    found |= names
        return found

    def meant_by(self, word: str) -> set[str]:
        """Find what a word stands for by itself or by how it begins."""
        found = {*self.concepts.get(word, NOTHING)}
        for length in range(SHORTEST_STEM, len(word) + 1):
            found |= self.stems.get(word[:length], NOTHING)
        return found


def words_of(text: str) -> list[str]:
    """Cut a text into words as `sentences_of` does, whichever sentence they stand in."""
    return [*chain.from_iterable(sentences_of(text))]


def sentences_of(text: str) -> list[list[str]]:
    """Cut a text into small words without accents and apostrophes; “heeeelp” becomes “heelp”."""
    plain = unicodedata.normalize("NFKD", text.casefold()).translate(APOSTROPHES)
    bare = DRAWN_OUT.sub(_twice, "".join(filterfalse(unicodedata.combining, plain)))
    sentences = map(WORD.findall, SENTENCE.split(bare))
    return [[bare_of(word) for word in words] for words in sentences if words]


def _twice(drawn_out: re.Match[str]) -> str:
    return drawn_out[1] * 2


def bare_of(word: str) -> str:
    """Leave off the Arabic article, which is written as one with its word, and what a figure is."""
    if not word.isalpha() and word not in NUMBERS_TO_CALL:
        word = FIGURE.sub("0", word)
    return word.removeprefix(ARTICLE) if len(word) > len(ARTICLE) + 2 else word


def with_pairs(words: Sequence[str]) -> Group:
    """Number words, and each with the next."""
    return numbered("w", words) | numbered("b", map(" ".join, pairwise(["^", *words, "$"])))


def of_concepts(names: Sequence[str]) -> Group:
    """Number concepts, and for half of it each with each."""
    pairs = numbered("d", map(" ".join, combinations(names, 2)))
    return numbered("c", names) | dict.fromkeys(pairs, 0.5)


def numbered(kind: str, many: Iterable[str]) -> Group:
    """Give each thing of a kind its number, and the weight of one."""
    return {zlib.crc32(f"{kind}:{each}".encode()): 1.0 for each in many}


def parts_of(texts: Sequence[Sequence[str]]) -> Seen:
    """Cut words into pieces that lie over each other, so that a slip spoils only some of them."""
    lines = [f" {' '.join(words)} " for words in texts]
    letters = np.frombuffer("".join(lines).encode("utf-32-le"), "<u4")
    text = np.repeat(np.arange(len(lines)), [len(line) for line in lines])
    spaces = np.cumsum(letters == SPACE)
    found: list[NDArray[np.uint64]] = []
    for length in PARTS:
        starts = np.arange(max(len(letters) - length + 1, 0))
        # Only the first and the last sign of a part may be a space, or it lies in two words.
        starts = starts[spaces[starts + length - 2] == spaces[starts]]
        number = np.full(len(starts), BASIS)
        for at in range(length):
            number = (number ^ letters[starts + at]) * PRIME
        found.append(number.astype(np.uint64) << np.uint64(32) | text[starts].astype(np.uint64))
    # In the order of their numbers they are found faster.
    each = np.sort(np.concatenate(found))
    each = each[np.diff(each, prepend=~each[:1]) != 0]
    return Seen(
        each.astype(np.uint32).astype(np.intp),
        (each >> np.uint64(32)).astype(np.uint32),
        np.ones(len(each), np.float32),
    )
