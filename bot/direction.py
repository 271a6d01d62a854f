"""In which direction a language is read, and what keeps a value in order in the other one."""

from __future__ import annotations

import unicodedata
from functools import cache

from babel import Locale

# Whatever stands between them keeps its own direction, and does not turn what is around it.
ISOLATE, END_OF_ISOLATE = "\u2068", "\u2069"
FROM_RIGHT = {"R", "AL", "AN"}


@cache
def direction_of(language: str) -> str:
    """Say in which direction a language is read: `ltr` or `rtl`."""
    return str(Locale.parse(language, sep="-").text_direction)


def isolated(value: str, language: str) -> str:
    """Put a value apart from the text it is filled into, where one of them is read from the right.

    A name, a number or an address stays in its order then; each line of it is apart.
    """
    if direction_of(language) == "ltr" and not _is_from_right(value):
        return value
    lines = (f"{ISOLATE}{line}{END_OF_ISOLATE}" if line else "" for line in value.split("\n"))
    return "\n".join(lines)


def joined(text: str) -> str:
    """Let values that stand against each other, as the parts of an address do, be one value."""
    return text.replace(END_OF_ISOLATE + ISOLATE, "")


def _is_from_right(value: str) -> bool:
    signs = "" if value.isascii() else value
    return any(unicodedata.bidirectional(sign) in FROM_RIGHT for sign in signs)
