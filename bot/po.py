"""Reads files of words (`.po`), as far as ours go, in half of the time that Babel takes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from dialogs.frozen import Frozen

# A text is lines in quotes; \ stands before what would mean something else there.
QUOTED: Final = r'(?:"[^"\\\n]*(?:\\.[^"\\\n]*)*"\n)+'
FORM: Final = re.compile(rf"msgstr\[\d\] ({QUOTED})")
NOTES: Final = r"((?:\s|#.*\n)*)"
ENTRY: Final = re.compile(
    rf"{NOTES}msgid ({QUOTED})(?:msgid_plural {QUOTED})?"
    # Nearly every text has one form only.
    rf"msgstr(?:\[0\])? ({QUOTED})((?:msgstr\[\d\] {QUOTED})*)"
)
END: Final = re.compile(rf"{NOTES}\Z")
GUESSED: Final = re.compile(r"^#,.*\bfuzzy\b", re.MULTILINE)
MARKED: Final = re.compile(r"\\(.)")
MEANT: Final = {"n": "\n", "r": "\r", "t": "\t"}


class Entry(Frozen):
    """An id with its text in all its forms; the head of a file has an empty id."""

    id: str
    forms: tuple[str, ...]
    is_guess: bool


def entries(written: str) -> Iterator[Entry]:
    """Read one entry after the other; raise ValueError where something else stands."""
    text, at = f"{written}\n", 0
    while found := ENTRY.match(text, at):
        notes, id, form, others = found.groups()
        forms = form, *FORM.findall(others)
        yield Entry(_plain(id), tuple(map(_plain, forms)), GUESSED.search(notes) is not None)
        at = found.end()
    if not END.match(text, at):
        line = text.count("\n", 0, at)
        raise ValueError(f"what follows line {line} is no entry")


def _plain(quoted: str) -> str:
    """Join lines in quotes, and read each sign as it is meant."""
    line = quoted[1:-2].replace('"\n"', "")
    return MARKED.sub(_meant, line) if "\\" in line else line


def _meant(marked: re.Match[str]) -> str:
    return MEANT.get(marked[1], marked[1])
