"""What is looked at in a text: its words in pairs, what they stand for, and parts of words.

A word that is typed otherwise is read as it is written. Words that ask for the same count as one,
in every language; so a phrase in one of them helps in the others.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Self

from bot.understanding.phrases import Words

WORD = re.compile(r"[^\W_]+")
APOSTROPHES = str.maketrans("", "", "'’`‘\u02bc")
DRAWN_OUT = re.compile(r"([^\d])\1{2,}")
# An age, a year or a time says the same whatever its figures are; a number to call does not.
FIGURE = re.compile(r"\d")
NUMBERS_TO_CALL = {"101", "112", "113", "999", "1712", "1813"}
# A part of a word has so many letters; the space before and behind a word counts as one.
PARTS = range(3, 6)
SHORTEST_STEM = 3
ARTICLE = "ال"
# More of a message than this is not looked at in one go.
MOST_WORDS = 60

Group = dict[int, float]


@dataclass(frozen=True, slots=True)
class Reader:
    """Finds what is to be looked at, by words that people wrote down."""

    spellings: Mapping[str, tuple[str, ...]]
    concepts: Mapping[tuple[str, ...], frozenset[str]]
    stems: Mapping[str, frozenset[str]]
    longest: int

    @classmethod
    def of(cls, words: Words) -> Self:
        """Turn the words round, so that each is found at once."""
        concepts: dict[tuple[str, ...], set[str]] = {}
        stems: dict[str, set[str]] = {}
        for name, each in ((name, each) for name, many in words.concepts.items() for each in many):
            if each.endswith("*"):
                stems.setdefault("".join(words_of(each)), set()).add(name)
            else:
                concepts.setdefault(tuple(words_of(each)), set()).add(name)
        return cls(
            {typed: tuple(words_of(written)) for typed, written in words.spellings.items()},
            {each: frozenset(names) for each, names in concepts.items()},
            {each: frozenset(names) for each, names in stems.items()},
            max(map(len, concepts), default=0),
        )

    def look(self, text: str) -> tuple[Group, Group, Group]:
        """Find words and pairs, concepts and pairs of them, and parts of words; with their weight.

        What is found is known by a number that is the same on every machine.
        """
        words = self.read(text)
        concepts = sorted(self.concepts_in(words))
        pairs = pairwise(["^", *words, "$"])
        return (
            numbered(("w", words), ("b", map(" ".join, pairs))),
            numbered(("c", concepts))
            | dict.fromkeys(numbered(("d", map(" ".join, combinations(concepts, 2)))), 0.5),
            numbered(("h", (part for word in words for part in parts_of(word)))),
        )

    def read(self, text: str) -> list[str]:
        """Cut a text into words as they are written."""
        typed = words_of(text)[:MOST_WORDS]
        return [each for word in typed for each in self.spellings.get(word, (word,))]

    def concepts_in(self, words: list[str]) -> set[str]:
        """Find what the words stand for, by themselves, in a row or by how they begin."""
        found: set[str] = set()
        for at, word in enumerate(words):
            for length in range(1, self.longest + 1):
                found |= self.concepts.get(tuple(words[at : at + length]), frozenset())
            for length in range(SHORTEST_STEM, len(word) + 1):
                found |= self.stems.get(word[:length], frozenset())
        return found


def words_of(text: str) -> list[str]:
    """Cut a text into small words without accents and apostrophes; “heeeelp” becomes “heelp”."""
    plain = unicodedata.normalize("NFKD", text.casefold()).translate(APOSTROPHES)
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return [bare_of(word) for word in WORD.findall(DRAWN_OUT.sub(r"\1\1", bare))]


def bare_of(word: str) -> str:
    """Leave off the Arabic article, which is written as one with its word, and what a figure is."""
    if word not in NUMBERS_TO_CALL:
        word = FIGURE.sub("0", word)
    return word.removeprefix(ARTICLE) if len(word) > len(ARTICLE) + 2 else word


def parts_of(word: str) -> Iterator[str]:
    """Cut a word into pieces that lie over each other, so that a slip spoils only some of them."""
    whole = f" {word} "
    for length in PARTS:
        for at in range(len(whole) - length + 1):
            yield whole[at : at + length]


def numbered(*kinds: tuple[str, Iterable[str]]) -> Group:
    """Give each thing of each kind its number, and the weight of one."""
    return {zlib.crc32(f"{kind}:{each}".encode()): 1.0 for kind, many in kinds for each in many}
