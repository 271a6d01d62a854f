"""Whether typed words are a threat, by word lists that people can read and change."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, fields
from itertools import product
from pathlib import Path
from typing import Self

# Within so many words of each other stand who speaks, the deed and whom it is aimed at.
CLOSE = 9
SENTENCE = re.compile(r"[.!?;\n]+")
CLAUSE = re.compile(r"[,:()]+")
WORD = re.compile(r"[^\W_]+")


class BadWordList(ValueError):
    """A word list is not as it should be; the start ends with this line."""


@dataclass(frozen=True, slots=True)
class Threats:
    """The words of one language; what each list is for stands in `locales/nl/threats.toml`."""

    who: frozenset[str]
    whom: frozenset[str]
    deeds: frozenset[str]
    moves: frozenset[str]
    harm: frozenset[str]
    unless: frozenset[str]
    harmless: frozenset[str]
    phrases: frozenset[str]

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read a file; raise BadWordList when a list is missing, empty, unknown or cannot match."""
        lists = tomllib.loads(path.read_text("utf-8"))
        if lists.keys() != {each.name for each in fields(cls)}:
            raise BadWordList(f"{path.parent.name}/{path.name} has other lists than it should")
        for name, words in lists.items():
            if not words or any(" ".join(words_in(each)) != each for each in words):
                raise BadWordList(f"{path.parent.name}/{path.name}: {name} holds no plain words")
        return cls(**{name: frozenset(words) for name, words in lists.items()})

    def are_in(self, text: str) -> bool:
        """Say whether somebody threatens somebody in these words."""
        return any(self._is_threat(sentence) for sentence in SENTENCE.split(text))

    def _is_threat(self, sentence: str) -> bool:
        words = words_in(sentence)
        if says_one_of(words, self.harmless):
            return False
        clauses = map(words_in, CLAUSE.split(sentence))
        return says_one_of(words, self.phrases) or any(map(self._says_a_deed, clauses))

    def _says_a_deed(self, words: Sequence[str]) -> bool:
        deeds = self.deeds if self.harm.isdisjoint(words) else self.deeds | self.moves
        return any(self._is_aimed(words, at) for at, word in enumerate(words) if word in deeds)

    def _is_aimed(self, words: Sequence[str], deed: int) -> bool:
        """Say whether the speaker and somebody else stand near a deed, and nothing denies it."""
        near = range(max(0, deed - CLOSE), min(len(words), deed + CLOSE))
        for who, whom in product(near, repeat=2):
            if words[who] in self.who and words[whom] in self.whom:
                first, *_, last = sorted((who, whom, deed))
                if last - first < CLOSE and self.unless.isdisjoint(words[first:last]):
                    return True
        return False


def words_in(text: str) -> list[str]:
    """Cut a text into small words without accents and apostrophes: “I’ll” becomes “ill”."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return WORD.findall("".join(sign for sign in plain if sign.isalnum() or sign in " \t-/,:()"))


def says_one_of(words: Sequence[str], phrases: frozenset[str]) -> bool:
    """Say whether one of these phrases stands in the words, as whole words in a row."""
    text = f" {' '.join(words)} "
    return any(f" {phrase} " in text for phrase in phrases)
