"""Catalogs as they are written: `.po` files, read once into texts by id.

A text is filled in with plain names only, so that no wording can reach inside a value.
"""

from __future__ import annotations

import gettext
import re
import sys
from collections.abc import Callable, Collection, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from string import Formatter

from bot.po import entries
from dialogs.frozen import Frozen, field

BRACES = re.compile(r"[{}]")
PLURAL = re.compile(r"^Plural-Forms:.*\bplural=([^;]+)", re.MULTILINE)
REVIEWED = re.compile(r"^X-Reviewed-(By|On): (.*)$", re.MULTILINE)


class BadCatalog(Exception):
    """A file of words cannot be used: it names the file, the id and why."""

    def __init__(self, file: str, id: str, why: str) -> None:
        """Say it in one line."""
        super().__init__(": ".join(part for part in (file, id, why) if part))
        self.file, self.id, self.why = file, id, why


class Text(Frozen):
    """One text in all its plural forms, and the names of what is filled in."""

    forms: tuple[str, ...]
    names: frozenset[str]


class Review(Frozen):
    """Who checked the texts of a file, and when; both stand in its header."""

    by: str
    on: date


def _always_first(_number: int) -> int:
    return 0


class Catalog(Frozen):
    """The texts of one file by their ids; a text that is a guess or empty is not among them.

    Without a review nobody has checked them yet.
    """

    texts: Mapping[str, Text] = field(default_factory=dict)
    form_for: Callable[[int], int] = _always_first
    review: Review | None = None

    def fill(self, id: str, values: Mapping[str, object]) -> str:
        """Fill a text in; `count` among the values chooses its plural form.

        Raises KeyError when there is no such text, or when a name has no value.
        """
        text = self.texts[id]
        match values.get("count"):
            case int() as count if len(text.forms) > 1:
                return text.forms[self.form_for(count)].format_map(values)
            case _:
                return text.forms[0].format_map(values)


def read_all(folder: Path, file: str) -> dict[str, Catalog]:
    """Read this file of every language; a language that lacks it has an empty catalog.

    Raises BadCatalog for a file that is no catalog, or a text that cannot be filled in.
    """
    languages = sorted(path.name for path in folder.iterdir() if path.is_dir())
    return {language: _read(folder / language / "LC_MESSAGES" / file) for language in languages}


def check_names(catalog: Catalog, known: Collection[str], file: str, free: str) -> None:
    """Raise BadCatalog for a name nobody fills in; ids that begin with `free` have their own."""
    for id, text in catalog.texts.items():
        if not id.startswith(free) and (unknown := text.names.difference(known)):
            raise BadCatalog(file, id, f"nothing is known as {', '.join(sorted(unknown))}")


def _read(path: Path) -> Catalog:
    if not path.exists():
        return Catalog()
    file = "/".join(path.parts[-3:])
    texts: dict[str, Text] = {}
    form_for: Callable[[int], int] = _always_first
    review: Review | None = None
    try:
        for each in entries(path.read_text("utf-8")):
            if not each.id:
                form_for, review = _form_for(each.forms[0]), _review(each.forms[0])
            elif all(each.forms) and not each.is_guess:
                # Other languages have the same ids.
                texts[sys.intern(each.id)] = Text(each.forms, _names(file, each.id, each.forms))
    except (OSError, ValueError) as error:
        raise BadCatalog(file, "", str(error).partition("\n")[0]) from error
    return Catalog(texts, form_for, review)


def _form_for(head: str) -> Callable[[int], int]:
    """Read which form goes with which number; raise ValueError for what cannot be reckoned."""
    rule = PLURAL.search(head)
    return gettext.c2py(rule[1]) if rule else _always_first


def _review(head: str) -> Review | None:
    """Read who reviewed a file; raise ValueError for what is no day."""
    said = dict(REVIEWED.findall(head))
    by, on = said.get("By", ""), said.get("On", "")
    return Review(by, date.fromisoformat(on)) if by and on else None


def _names(file: str, id: str, forms: tuple[str, ...]) -> frozenset[str]:
    names: set[str] = set()
    # Most texts have nothing to fill in, and reading one for names takes long.
    for form in filter(BRACES.search, forms):
        try:
            parts = list(Formatter().parse(form))
        except ValueError as error:
            raise BadCatalog(file, id, str(error)) from error
        for _before, name, how, conversion in parts:
            if name is None:
                continue
            if not name.isidentifier() or how or conversion:
                raise BadCatalog(file, id, f"{{{name}}} is not a plain name")
            names.add(name)
    return _once(frozenset(names))


@cache
def _once(names: frozenset[str]) -> frozenset[str]:
    """Keep equal sets of names once: there are few, and thousands of texts."""
    return names
