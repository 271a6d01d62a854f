"""Which language words are in, as far as the commonest words of each tell."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache

from bot.wording import LOCALES

A_WORD = re.compile(r"[^\W\d_]+")
# So many more of the commonest words of another language say that it is another one.
ENOUGH = 3


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
def _common() -> Mapping[str, frozenset[str]]:
    """Read the commonest words of each language that occur in no other one here."""
    listed: dict[str, list[str]] = tomllib.loads((LOCALES / "common.toml").read_text("utf-8"))
    return {
        language: frozenset(words)
        - frozenset(word for other, them in listed.items() if other != language for word in them)
        for language, words in listed.items()
    }
