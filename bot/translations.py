"""How far each language is: what it lacks, who reviewed it, and how hard it is to read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from statistics import mean

from bot.catalogs import Review, read_all
from bot.readability import SHORTEST_TEXT, ease, sentences
from bot.wording import DIALOGS, FIRST
from dialogs.frozen import Frozen


class Translation(Frozen):
    """What people read in one language; its ease is that of the mean text, from 100 down."""

    language: str
    missing: tuple[str, ...]
    review: Review | None
    words_a_sentence: float
    longest_sentence: int
    ease: float | None


def translations(folder: Path) -> Iterator[Translation]:
    """Look at every language there is a folder for."""
    catalogs = read_all(folder, DIALOGS)
    for language, catalog in catalogs.items():
        written = [
            (text, cut)
            for each in catalog.texts.values()
            for text in each.forms
            if sum(cut := [len(words) for words in sentences(language, text)]) >= SHORTEST_TEXT
        ]
        lengths = [number for _, cut in written for number in cut] or [0]
        eases = [found for text, _ in written if (found := ease(language, text)) is not None]
        yield Translation(
            language,
            tuple(sorted(catalogs[FIRST].texts.keys() - catalog.texts.keys())),
            catalog.review,
            mean(lengths),
            max(lengths),
            mean(eases) if eases else None,
        )
