"""Which words are worth another look before they go to a person, for they press or take sides.

It is advice, and it is kept nowhere: neither the word nor that there was one.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache

from bot.wording import LOCALES
from dialogs.frozen import Frozen, Hidden


class Hint(Frozen):
    """A word as it was typed, and what could stand there."""

    said: Hidden[str]
    instead: str


def hints(words: str, language: str) -> tuple[Hint, ...]:
    """List the loaded words in a text, each once; none in a language without a list."""
    found = {
        match[0].lower(): Hint(match[0], instead)
        for loaded, instead in _loaded().get(language, {}).items()
        for match in re.finditer(rf"\b(?:{loaded})\b", words, re.IGNORECASE)
    }
    return tuple(found.values())


@cache
def _loaded() -> Mapping[str, Mapping[str, str]]:
    """Read the words that take sides or press, as `loaded.toml` lists them by language."""
    listed = tomllib.loads((LOCALES / "loaded.toml").read_text("utf-8"))
    return {language: table["words"] for language, table in listed.items()}
