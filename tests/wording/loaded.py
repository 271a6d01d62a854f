"""Words that take sides, press or blame, and where one of them stands for a reason.

`locales/loaded.toml` lists both by language, for whoever reviews the texts.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Self

from bot.catalogs import Catalog
from dialogs.frozen import Frozen

REGISTER = Path(__file__).parents[2] / "locales" / "loaded.toml"


class Loaded(Frozen):
    """The loaded words of a language, and why some ids may say one, by id."""

    words: re.Pattern[str]
    reasons: dict[str, str]

    @classmethod
    def read(cls, language: str) -> Self:
        """Read the list of a language."""
        listed = tomllib.loads(REGISTER.read_text("utf-8"))[language]
        words = re.compile(rf"\b(?:{'|'.join(listed['words'])})\b", re.IGNORECASE)
        return cls(words, {id: row["reason"] for row in listed["exceptions"] for id in row["ids"]})

    def faults(self, *catalogs: Catalog) -> list[str]:
        """Name what is loaded without a reason, and what has a reason without being loaded."""
        found = dict(self.found(*catalogs))
        return [
            *(f"{id} says “{word}”" for id, word in found.items() if not self.reasons.get(id)),
            *(f"{id} says nothing loaded any more" for id in self.reasons if id not in found),
        ]

    def found(self, *catalogs: Catalog) -> Iterator[tuple[str, str]]:
        """Find every text with a loaded word, and the first such word in it."""
        for catalog in catalogs:
            for id, text in catalog.texts.items():
                for form in text.forms:
                    if said := self.words.search(form):
                        yield id, said[0]
