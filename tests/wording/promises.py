"""What a text promises, found by its words; and what each promise is bound to.

A sentence that names a time, says who reads something or how long it is kept is a promise. It is
bound in `locales/promises.toml` to a fact of the settings that stands in it, or to a test that
fails when it is not kept; or it says why it promises nothing. A card with a source says what its
source says, and is bound to that by the day it was checked.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from bot.catalogs import Catalog
from dialogs.cards import CARDS

ROOT = Path(__file__).parents[2]
REGISTER = ROOT / "locales" / "promises.toml"
NO_PROMISE = "no promise: "

Promise = tuple[str, str]
"""An id, and what it promises something about."""

Register = Mapping[str, Mapping[str, list[str]]]

SENTENCE = re.compile(r"[^.!?\n]+\.(?=\s|$)")

# What a sentence says when it promises something about `time`, about a `reader`, or what is `kept`.
# Who could read stands before or behind the verb, so both are looked for in one sentence.
SIGNS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "nl": {
        "time": (
            (
                r"binnen|minu(?:ut|ten)|uur|dag(?:en)?|we(?:ek|ken)|maand(?:en)?|altijd|meteen|"
                r"nooit|\{\w+_(?:days|minutes|hours)\}|\{first_answer\}"
            ),
        ),
        "reader": (
            (
                r"medewerkers?|collega(?:['’]s)?|de ander|anderen|niemand|iemand|commissie|"
                r"secretaris|directeur|bewindvoerder|ik alleen|u alleen"
            ),
            r"le(?:es|est|zen)|zie|ziet|zien|hoor|hoort|horen|krijgt?|krijgen|weet|weten|mee",
        ),
        "kept": (r"bewaar\w*|bewaren|wis|wist|wissen|gewist|vergeet|vergeten|onthoud\w*|gedeeld",),
    },
    "en": {
        "time": (
            (
                r"within|minutes?|hours?|days?|weeks?|months?|always|at once|never|any time|"
                r"\{\w+_(?:days|minutes|hours)\}|\{first_answer\}"
            ),
        ),
        "reader": (
            (
                r"staff|colleagues?|the other|others|nobody|no one|anybody|anyone|committee|"
                r"secretary|director|administrator"
            ),
            r"reads?|sees?|hears?|gets?|knows?|passed? on|told",
        ),
        "kept": (r"keeps?|kept|stor(?:e|es|ed)|erased?|erases|remembers?|forgets?|forgotten",),
    },
}


def promises(catalogs: Mapping[str, Catalog]) -> set[Promise]:
    """Find every promise by the signs of its language, but for those of cards with a source."""
    return {
        (id, about)
        for language, catalog in catalogs.items()
        if language in SIGNS
        for id, text in catalog.texts.items()
        if not id.startswith(sourced())
        for form in text.forms
        for about in promised(language, form)
    }


def promised(language: str, text: str) -> Iterator[str]:
    """Say what a text promises something about."""
    said = SENTENCE.findall(text)
    for about, signs in SIGNS[language].items():
        if any(all(_has(sign, sentence) for sign in signs) for sentence in said):
            yield about


def register() -> Register:
    """Read what the promises are bound to."""
    return tomllib.loads(REGISTER.read_text("utf-8"))


def faults(found: set[Promise], bound: Register, catalogs: Mapping[str, Catalog]) -> list[str]:
    """Name what is promised and not bound, bound and not promised, and bound to nothing."""
    named = {(id, about) for id, rows in bound.items() for about in rows}
    return [
        *(f"{id} promises something about {about}" for id, about in sorted(found - named)),
        *(f"{id} promises nothing about {about} any more" for id, about in sorted(named - found)),
        *(
            f"{id} is bound to “{binding}”, which is not there"
            for id, rows in bound.items()
            for bindings in rows.values()
            for binding in bindings or [""]
            if not holds(binding, id, catalogs)
        ),
    ]


def holds(binding: str, id: str, catalogs: Mapping[str, Catalog]) -> bool:
    """Say whether what a promise is bound to is there."""
    if binding.startswith("{"):
        forms = [form for each in catalogs.values() for form in each.texts[id].forms]
        return all(binding in form for form in forms)
    if binding.startswith(NO_PROMISE):
        return len(binding) > len(NO_PROMISE)
    file, _, name = binding.partition("::")
    return name in tests_of(file)


@cache
def tests_of(file: str) -> frozenset[str]:
    """Name the tests of a file."""
    path = ROOT / file
    if not file.startswith("tests/") or not path.is_file():
        return frozenset()
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    return frozenset(
        node.name
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, functions) and node.name.startswith("test_")
    )


def sourced() -> tuple[str, ...]:
    """Give how the ids of cards with a source begin."""
    return tuple(f"{card.place}." for card in CARDS if card.sources)


def _has(sign: str, sentence: str) -> bool:
    return re.search(rf"(?<![\w{{])(?:{sign})(?!\w)", sentence, re.IGNORECASE) is not None
