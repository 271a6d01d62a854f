"""What must hold for the words of every language; each check gives the faults it finds, in words.

A language may do without a console, for staff read fewer languages than people do; the console it
has is then complete.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, read_po

from dialogs.frozen import Frozen

DIALOGS, CONSOLE = "dialogs.po", "console.po"

ISOLATE, END_OF_ISOLATE = "\u2066\u2067\u2068", "\u2069"
# Marks that turn the reading order without an end that can be counted, and one that is no text.
# The isolates above do all that is needed.
REFUSED_MARKS = "\u202a\u202b\u202c\u202d\u202e\ufeff"

MSGID = re.compile(r'^msgid (".+"(?:\n".*")*)$', re.MULTILINE)


class Words(Frozen):
    """What one language has in one file: every id with its wording, or its plural forms."""

    language: str
    file: str
    catalog: Catalog
    wording: dict[str, tuple[str, ...]]

    def __str__(self) -> str:
        return f"{self.language} {self.file}"


def read(path: Path) -> Words:
    """Raise PoFileError, ValueError or OSError for a file that is no catalog."""
    catalog = read_po(BytesIO(path.read_bytes()), abort_invalid=True)
    wording = {first(m.id): forms(m.string or "") for m in catalog if m.id}
    return Words(path.parts[-3], path.name, catalog, wording)


def first(id: str | list[str] | tuple[str, ...]) -> str:
    return id if isinstance(id, str) else id[0]


def forms(wording: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return (wording,) if isinstance(wording, str) else tuple(wording)


def paths(locales: Path) -> Iterator[Path]:
    for folder in sorted(path for path in locales.iterdir() if path.is_dir()):
        yield folder / "LC_MESSAGES" / DIALOGS
        if (console := folder / "LC_MESSAGES" / CONSOLE).exists():
            yield console


def readable(locales: Path) -> Iterator[Words]:
    for path in paths(locales):
        try:
            yield read(path)
        except (PoFileError, ValueError, OSError):
            continue


def unreadable(locales: Path) -> list[str]:
    faults = []
    for path in paths(locales):
        try:
            read(path)
        except (PoFileError, ValueError, OSError) as error:
            faults.append(f"{path.relative_to(locales)}: {error}")
    return faults


def of_another_language(locales: Path) -> list[str]:
    return [
        f"{words} says that it is {words.catalog.locale_identifier}"
        for words in readable(locales)
        if words.catalog.locale_identifier != words.language
    ]


def missing(locales: Path) -> list[str]:
    everything = list(readable(locales))
    return [
        f"{words} lacks {id}"
        for words in everything
        for id in sorted(ids_in(words.file, everything) - words.wording.keys())
    ]


def ids_in(file: str, everything: list[Words]) -> set[str]:
    return {id for words in everything if words.file == file for id in words.wording}


def said_twice(locales: Path) -> list[str]:
    return [
        f"{path.relative_to(locales)} has {id} {times} times"
        for path in paths(locales)
        if path.exists()
        for id, times in Counter(MSGID.findall(path.read_text("utf-8", "replace"))).items()
        if times > 1
    ]


def empty(locales: Path) -> list[str]:
    return [
        f"{words} says nothing for {id}"
        for words in readable(locales)
        for id, wording in words.wording.items()
        if not all(form.strip() for form in wording)
    ]


def unfinished(locales: Path) -> list[str]:
    """A fuzzy wording is a guess, an obsolete one a leftover; neither is for people to read."""
    return [
        f"{words} is unfinished at {first(message.id)}"
        for words in readable(locales)
        for message in (
            *(message for message in words.catalog if message.id and message.fuzzy),
            *words.catalog.obsolete.values(),
        )
    ]


def other_placeholders(locales: Path) -> list[str]:
    """Every language fills in the same; the first one that has the id shows what."""
    faults = []
    seen: dict[tuple[str, str], set[str]] = {}
    for words in readable(locales):
        for id, wording in words.wording.items():
            try:
                found = {name for form in wording for name in placeholders(form)}
            except ValueError as error:
                faults.append(f"{words} cannot be filled in at {id}: {error}")
                continue
            if found != seen.setdefault((words.file, id), found):
                faults.append(f"{words} fills in {sorted(found)} at {id}")
    return faults


def placeholders(text: str) -> Iterator[str]:
    """Raise ValueError for a brace without its other half, and for a name that reaches inside."""
    for _, name, _, _ in Formatter().parse(text):
        if name is not None:
            if not name.isidentifier():
                message = f"{{{name}}} is not a plain name"
                raise ValueError(message)
            yield name


def steering_marks(locales: Path) -> list[str]:
    """Control characters, and marks of direction that are never closed or cannot be counted."""
    return [
        f"{words} hides a mark at {id}"
        for words in readable(locales)
        for id, wording in words.wording.items()
        if any(steers(line) for form in wording for line in form.split("\n"))
    ]


def steers(line: str) -> bool:
    depth = 0
    for character in line:
        depth += (character in ISOLATE) - (character == END_OF_ISOLATE)
        if depth < 0 or character in REFUSED_MARKS or unicodedata.category(character) == "Cc":
            return True
    return depth != 0
