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
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from bot.catalogs import Catalog
from dialogs.cards import CARDS

ROOT = Path(__file__).parents[2]
REGISTER = ROOT / "locales" / "promises.toml"
SIGNS = ROOT / "locales" / "signs.toml"
NO_PROMISE = "no promise: "

Promise = tuple[str, str]
"""An id, and what it promises something about."""

Register = Mapping[str, Mapping[str, list[str]]]

SENTENCE = re.compile(r"[^.!?؟\n]+[.!?؟](?=\s|$)")
# A question promises nothing; what one language asks and then promises, another says in one breath.
STATEMENT = re.compile(r"[^.!?؟\n]+\.(?=\s|$)")
# Facts that are a time, and stand alike in every language.
TERMS = (
    r"\{\w+_(?:minutes|hours|days|years)\}",
    r"\{first_answer\}",
    r"\{complaints_(?:receipt|decision)\}",
)


def promises(catalogs: Mapping[str, Catalog]) -> dict[Promise, list[str]]:
    """Find each promise but for those of cards with a source, and in which languages it is made."""
    found: dict[Promise, list[str]] = {}
    for language, catalog in catalogs.items():
        for id, text in catalog.texts.items():
            if not id.startswith(sourced()):
                for about in promised(language, " ".join(text.forms), STATEMENT):
                    found.setdefault((id, about), []).append(language)
    return found


def surpassing(catalogs: Mapping[str, Catalog]) -> Iterator[tuple[str, str, str]]:
    """Find where a language promises in more sentences than the Dutch; as a promise and a language.

    What the Dutch does not promise in so many words is bound by itself, or found because it is not.
    """
    dutch = catalogs["nl"].texts
    for language, catalog in catalogs.items():
        for id, text in catalog.texts.items():
            most = promised("nl", " ".join(dutch[id].forms), SENTENCE) if id in dutch else {}
            for about, number in promised(language, " ".join(text.forms), STATEMENT).items():
                if number > most.get(about, number):
                    yield id, about, language


@cache
def promised(language: str, text: str, sentence: re.Pattern[str]) -> Mapping[str, int]:
    """Count in how many sentences a text promises something, by what it is about."""
    said = [bare(each) for each in sentence.findall(text)]
    counts = {
        about: sum(all(sign.search(each) for sign in signs) for each in said)
        for about, signs in signs_of(language).items()
    }
    return {about: number for about, number in counts.items() if number}


@cache
def signs_of(language: str) -> Mapping[str, tuple[re.Pattern[str], ...]]:
    """Read by which words a language promises something; all of them stand in one sentence.

    Who could read stands before or behind the verb, so both are looked for.
    """
    words = tomllib.loads(SIGNS.read_text("utf-8"))[language]

    def sign(alternatives: Iterable[str]) -> re.Pattern[str]:
        any_of, before = "|".join(alternatives), words.get("before", "")
        return re.compile(rf"(?<![\w{{]){before}(?:{any_of})(?!\w)", re.IGNORECASE)

    return {
        "time": (sign((*words["time"], *TERMS)),),
        "reader": (sign(words["reader"]), sign(words["reads"])),
        "kept": (sign(words["kept"]),),
    }


def bare(text: str) -> str:
    """Take away what is written above and below letters by itself, as Arabic vowels are."""
    return "".join(sign for sign in text if unicodedata.category(sign) != "Mn")


def register() -> Register:
    """Read what the promises are bound to."""
    return tomllib.loads(REGISTER.read_text("utf-8"))


def faults(catalogs: Mapping[str, Catalog], bound: Register) -> list[str]:
    """Name what is promised and not bound, bound and not there, bound to nothing, or too much."""
    found = promises(catalogs)
    named = {(id, about) for id, rows in bound.items() for about in rows}
    return [
        *(
            f"{id} promises something about {about}, in {', '.join(found[id, about])}"
            for id, about in sorted(found.keys() - named)
        ),
        *(
            f"{id} promises nothing about {about} any more"
            for id, about in sorted(named - found.keys())
        ),
        *(
            f"{id} is bound to “{binding}”, which is not there"
            for id, rows in bound.items()
            for bindings in rows.values()
            for binding in bindings or [""]
            if not holds(binding, id, catalogs)
        ),
        *(
            f"{id} promises more about {about} in {language} than in Dutch"
            for id, about, language in surpassing(catalogs)
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


@cache
def sourced() -> tuple[str, ...]:
    """Give how the ids of cards with a source begin."""
    return tuple(f"{card.place}." for card in CARDS if card.sources)
