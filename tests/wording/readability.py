"""How hard a text is to read: its sentences, their syllables, and the formula of its language.

Dutch is measured by Flesch-Douma, English by Flesch. Both are crude: they find a text that is hard,
and do not say that another one is good. Names, and words that cannot be made easier, count as one
easy word; `locales/terms.toml` lists them.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

TERMS: Mapping[str, Mapping[str, str]] = tomllib.loads(
    (Path(__file__).parents[2] / "locales" / "terms.toml").read_text("utf-8")
)

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
END_OF_SENTENCE = re.compile(r"[.!?:](?=\s|$)|\n")
FILLED_IN = r"\{\w+\}"
EASY_WORD = "naam"

# Vowels that are read together; a diaeresis begins a new syllable.
DUTCH = re.compile(
    r"aai|ooi|oei|eeu|ieu|ij|aa|ee|oo|uu|ie|oe|eu|ui|ou|au|ei|[aeiouyáéíóúàèäëïöü]", re.IGNORECASE
)
ENGLISH = re.compile(r"[aeiouy]+", re.IGNORECASE)
# An e that is written and not said: at the end, in the past, and before an ending.
SILENT = re.compile(
    r"(?<=[^aeiouy])(?:(?<![^aeiouy]l)e|(?<![td])ed|(?<![csxzghj])(?<![^aeiouy]l)es)$"
    r"|(?<=[^aeiouy])e(?=(?:ly|ness|ful|ment|less|thing|times?|one|body)$)|(?<=^ev)e(?=ry)",
    re.IGNORECASE,
)
# Vowels that are written together and said apart.
APART = re.compile(
    r"(?<![tscg])i(?=[ao])|(?<=qu)i(?=e)|(?<!q)u(?=a[lt]|ou)|(?<!p)e(?=o)|e(?=a(?:$|te))"
    r"|(?<=[aeiouy])(?=ing$)",
    re.IGNORECASE,
)


def dutch_syllables(word: str) -> int:
    return max(1, len(DUTCH.findall(word)))


def english_syllables(word: str) -> int:
    said = SILENT.sub("", word.partition("’")[0])
    return max(1, len(ENGLISH.findall(said)) + len(APART.findall(said)))


@dataclass(frozen=True, slots=True)
class Measure:
    """The formula of a language: what each word of a sentence and each syllable of a word costs."""

    syllables: Callable[[str], int]
    per_word: float
    per_syllable: float


MEASURES: Mapping[str, Measure] = {
    "nl": Measure(dutch_syllables, 0.93, 77),
    "en": Measure(english_syllables, 1.015, 84.6),
}


def sentences(language: str, text: str) -> list[list[str]]:
    """Cut a text into sentences of words."""
    found = (WORD.findall(each) for each in END_OF_SENTENCE.split(eased(language, text)))
    return [words for words in found if words]


def eased(language: str, text: str) -> str:
    """Put an easy word in the place of what is filled in, of names and of terms, longest first."""
    words = sorted(TERMS[language], key=len, reverse=True)
    terms = "|".join((*(rf"\b{re.escape(word)}\b" for word in words), FILLED_IN))
    return re.sub(terms, EASY_WORD, text, flags=re.IGNORECASE)


def ease(language: str, text: str) -> float:
    """Give 206.835, less what its sentences and its syllables cost: higher is easier."""
    measure, cut = MEASURES[language], sentences(language, text)
    words = [word for sentence in cut for word in sentence]
    syllables = sum(map(measure.syllables, words)) / len(words)
    return 206.835 - measure.per_word * len(words) / len(cut) - measure.per_syllable * syllables
