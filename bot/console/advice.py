"""What is worth another look before words go to a person: a loaded word, another language.

It is advice, and it is kept nowhere: neither the word nor that there was one.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from bot.wording import LOCALES

A_WORD: Final = re.compile(r"[^\W\d_]+")
# So many more of the commonest words of another language say that it is another one.
ENOUGH: Final = 3


@dataclass(frozen=True, slots=True)
class Hint:
    """A word as it was typed, and what could stand there."""

    said: str = field(repr=False)
    instead: str


def hints(words: str, language: str) -> tuple[Hint, ...]:
    """List the loaded words in a text, each once; none in a language without a list."""
    found = {
        match[0].lower(): Hint(match[0], instead)
        for loaded, instead in _loaded().get(language, {}).items()
        for match in re.finditer(rf"\b(?:{loaded})\b", words, re.IGNORECASE)
    }
    return tuple(found.values())


def other_language(words: str, language: str) -> str | None:
    """Name the language that a text clearly is in; nothing when that is the person's, or unsure.

    Only the commonest words are counted, such as “the” and “not”: most sentences have some.
    """
    said = [each.lower() for each in A_WORD.findall(words)]
    counts = {code: sum(each in common for each in said) for code, common in _common().items()}
    theirs = counts.pop(language, 0)
    most = max(counts, key=lambda code: counts[code], default=None)
    return most if most is not None and counts[most] >= theirs + ENOUGH else None


@cache
def _loaded() -> Mapping[str, Mapping[str, str]]:
    """Read the words that take sides or press, as `loaded.toml` lists them by language."""
    listed = tomllib.loads((LOCALES / "loaded.toml").read_text("utf-8"))
    return {language: table["words"] for language, table in listed.items()}


@cache
def _common() -> Mapping[str, frozenset[str]]:
    """Read the commonest words of each language that occur in no other one here."""
    listed: dict[str, list[str]] = tomllib.loads((LOCALES / "common.toml").read_text("utf-8"))
    return {
        language: frozenset(words)
        - frozenset(word for other, them in listed.items() if other != language for word in them)
        for language, words in listed.items()
    }
