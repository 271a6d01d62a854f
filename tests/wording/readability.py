"""How hard a Dutch text is to read: syllables, sentences, and the formula of Flesch-Douma."""

from __future__ import annotations

import re

# Vowels that are read together; a diaeresis begins a new syllable.
VOWELS = re.compile(
    r"aai|ooi|oei|eeu|ieu|ij|aa|ee|oo|uu|ie|oe|eu|ui|ou|au|ei|[aeiouyáéíóúàèäëïöü]", re.IGNORECASE
)
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
END_OF_SENTENCE = re.compile(r"[.!?:](?=\s|$)|\n")

# Names cannot be made easier; each counts as the word "naam", as everything does that is filled in.
NAMES = re.compile(
    r"Autoriteit Persoonsgegevens|Centrum Seksueel Geweld|Tele-Onthaal|Zelfmoordlijn|\{\w+\}"
)


def sentences(text: str) -> list[list[str]]:
    """Cut a text into sentences of words."""
    plain = NAMES.sub("naam", text)
    found = (WORD.findall(each) for each in END_OF_SENTENCE.split(plain))
    return [words for words in found if words]


def syllables(word: str) -> int:
    return max(1, len(VOWELS.findall(word)))


def ease(text: str) -> float:
    """Give 206.835 - 0.93 * words per sentence - 77 * syllables per word: higher is easier."""
    cut = sentences(text)
    words = [word for sentence in cut for word in sentence]
    per_word = sum(map(syllables, words)) / len(words)
    return 206.835 - 0.93 * len(words) / len(cut) - 77 * per_word
