"""Whether typed words are a threat, by word lists that people can read and change."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from itertools import chain, product
from pathlib import Path
from typing import Self

from dialogs.frozen import Frozen

# Within so many words of each other stand who speaks, the deed and whom it is aimed at.
CLOSE = 9
SENTENCE = re.compile(r"[.!?;؟؛\n]+")
CLAUSE = re.compile(r"[,:()،]+")
WORD = re.compile(r"[^\W_]+")
# What neither is of a word nor stands between words is as if it were not there, as an apostrophe.
UNREAD = re.compile(r"[^\w \t\n/,:()،.!?;؟؛-]|_")


class BadWordList(ValueError):
    """A word list is not as it should be; the start ends with this line."""


class Sentence(Frozen):
    """Words, clause by clause, and as they stand in a row."""

    clauses: tuple[tuple[str, ...], ...]
    row: str

    @classmethod
    def of(cls, text: str) -> Self:
        """Cut a sentence that has nothing but what is read."""
        clauses = tuple(tuple(WORD.findall(each)) for each in CLAUSE.split(text))
        return cls(clauses, f" {' '.join(chain.from_iterable(clauses))} ")

    @classmethod
    def all_of(cls, sentences: Sequence[Self]) -> Self:
        """See sentences as one, of which no row of words goes from one into another."""
        clauses = tuple(chain.from_iterable(each.clauses for each in sentences))
        return cls(clauses, "|".join(each.row for each in sentences))

    def says(self, phrase: str) -> bool:
        """Say whether a phrase stands in it, as whole words in a row."""
        return f" {phrase} " in self.row


class Threats(Frozen):
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
        if lists.keys() != set(cls.__struct_fields__):
            raise BadWordList(f"{path.parent.name}/{path.name} has other lists than it should")
        for name, words in lists.items():
            if not words or any(cut(each)[0].row != f" {each} " for each in words):
                raise BadWordList(f"{path.parent.name}/{path.name}: {name} holds no plain words")
        return cls(**{name: frozenset(words) for name, words in lists.items()})

    def are_in(self, sentences: Sequence[Sentence]) -> bool:
        """Say whether somebody threatens somebody in these sentences."""
        whole = Sentence.all_of(sentences)
        said = [*filter(whole.says, self.phrases)]
        if not said and (self.deeds | self.moves).isdisjoint(chain.from_iterable(whole.clauses)):
            return False
        return any(self._is_threat(sentence, said) for sentence in sentences)

    def _is_threat(self, sentence: Sentence, said: Sequence[str]) -> bool:
        if any(map(sentence.says, said)) or any(map(self._says_a_deed, sentence.clauses)):
            return not any(map(sentence.says, self.harmless))
        return False

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


def cut(text: str) -> list[Sentence]:
    """Cut a text into sentences of small words without accents; “I’ll” becomes “ill”."""
    small = unicodedata.normalize("NFKD", text.casefold())
    return [Sentence.of(each) for each in SENTENCE.split(UNREAD.sub("", small))]
