"""How hard a text is to read: its sentences, their syllables, and the formula of its language.

Dutch is measured by Flesch-Douma, English by Flesch, German by Amstad, French by Kandel and Moles.
All are crude: they find a text that is hard, and do not say that another one is good. Where there
is no formula the words of a sentence are counted, and no more. Names, and words that cannot be
made easier, count as one easy word; `locales/terms.toml` lists them.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path

from dialogs.frozen import Frozen

TERMS: Mapping[str, Mapping[str, str]] = tomllib.loads(
    (Path(__file__).parent.parent / "locales" / "terms.toml").read_text("utf-8")
)

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
END_OF_SENTENCE = re.compile(r"[.!?:؟؛](?=\s|$)|\n")
# A label or a heading is not measured.
SHORTEST_TEXT = 6
FILLED_IN = r"\{\w+\}"
EASY_WORD = "naam"

# Vowels that are read together; a diaeresis begins a new syllable.
DUTCH = re.compile(
    r"aai|ooi|oei|eeu|ieu|ij|aa|ee|oo|uu|ie|oe|eu|ui|ou|au|ei|[aeiouyáéíóúàèäëïöü]", re.IGNORECASE
)
ENGLISH = re.compile(r"[aeiouy]+", re.IGNORECASE)
GERMAN = re.compile(r"aa|ee|oo|ie|ei|ai|au|äu|eu|[aeiouyäöü]", re.IGNORECASE)
FRENCH = re.compile(r"[aeiouyàâäéèêëîïôöùûüœ]+", re.IGNORECASE)
# An e that is written and not said: at the end, in the past, and before an ending.
SILENT = re.compile(
    r"(?<=[^aeiouy])(?:(?<![^aeiouy]l)e|(?<![td])ed|(?<![csxzghj])(?<![^aeiouy]l)es)$"
    r"|(?<=[^aeiouy])e(?=(?:ly|ness|ful|ment|less|thing|times?|one|body)$)|(?<=^ev)e(?=ry)",
    re.IGNORECASE,
)
SILENT_IN_FRENCH = re.compile(r"(?<=[^aeiouyé])(?:es?|ent)$", re.IGNORECASE)
# Vowels that are written together and said apart.
APART = re.compile(
    r"(?<![tscg])i(?=[ao])|(?<=qu)i(?=e)|(?<!q)u(?=a[lt]|ou)|(?<!p)e(?=o)|e(?=a(?:$|te))"
    r"|(?<=[aeiouy])(?=ing$)",
    re.IGNORECASE,
)


def dutch_syllables(word: str) -> int:
    """Count the syllables of a Dutch word."""
    return max(1, len(DUTCH.findall(word)))


def english_syllables(word: str) -> int:
    """Count the syllables of an English word as they are said."""
    said = SILENT.sub("", word.partition("’")[0])
    return max(1, len(ENGLISH.findall(said)) + len(APART.findall(said)))


def german_syllables(word: str) -> int:
    """Count the syllables of a German word."""
    return max(1, len(GERMAN.findall(word)))


def french_syllables(word: str) -> int:
    """Count the syllables of a French word as they are said."""
    return max(1, len(FRENCH.findall(SILENT_IN_FRENCH.sub("", word))))


class Measure(Frozen):
    """The formula of a language: the best, less what each word and each syllable costs."""

    syllables: Callable[[str], int]
    best: float
    per_word: float
    per_syllable: float


MEASURES: Mapping[str, Measure] = {
    "nl": Measure(dutch_syllables, 206.835, 0.93, 77),
    "en": Measure(english_syllables, 206.835, 1.015, 84.6),
    "de": Measure(german_syllables, 180, 1, 58.5),
    "fr": Measure(french_syllables, 207, 1.015, 73.6),
}


def sentences(language: str, text: str) -> list[list[str]]:
    """Cut a text into sentences of words."""
    found = (WORD.findall(each) for each in END_OF_SENTENCE.split(eased(language, text)))
    return [words for words in found if words]


def eased(language: str, text: str) -> str:
    """Put an easy word in the place of what is filled in, of names and of terms, longest first."""
    words = sorted(TERMS.get(language, {}), key=len, reverse=True)
    terms = "|".join((*(rf"\b{re.escape(word)}\b" for word in words), FILLED_IN))
    return re.sub(terms, EASY_WORD, text, flags=re.IGNORECASE)


def ease(language: str, text: str) -> float | None:
    """Say how easy a text is, from 100 down; nothing where its language has no formula."""
    measure, cut = MEASURES.get(language), sentences(language, text)
    words = [word for sentence in cut for word in sentence]
    if measure is None or not words:
        return None
    syllables = sum(map(measure.syllables, words)) / len(words)
    per_sentence = len(words) / len(cut)
    return measure.best - measure.per_word * per_sentence - measure.per_syllable * syllables
