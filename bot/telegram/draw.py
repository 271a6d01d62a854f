"""A worded screen becomes Telegram messages; pure.

Plain text without markup, so nothing that a person typed can be read as markup.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from bot.wording import Label, Worded
from dialogs.frozen import Frozen, Hidden

# Telegram counts as JavaScript does: what lies beyond the first 65,536 characters counts double.
LONGEST_TEXT: Final = 4096
LONGEST_DATA: Final = 64  # bytes
MOST_BUTTONS: Final = 100
# Two buttons side by side are cut on a phone when their words are longer.
SHORT: Final = 14


Rows = tuple[tuple[Label, ...], ...]


class Undrawable(ValueError):
    """A screen exceeds what Telegram takes: a mistake in the dialog or its wording."""


class Drawn(Frozen):
    """One message, and the rows of buttons below it."""

    text: Hidden[str]
    keyboard: Rows = ()


def draw(worded: Worded) -> tuple[Drawn, ...]:
    """Draw a screen: one message or, when the text is too long for that, several.

    The buttons hang below the last. Raises Undrawable, which names nothing personal.
    """
    *before, last = _texts(worded.paragraphs)
    return (*map(Drawn, before), Drawn(last, _keyboard(worded.buttons, worded.fixed)))


def _texts(paragraphs: Sequence[str]) -> Iterator[str]:
    """Put as many paragraphs into one text as fit."""
    text = ""
    for paragraph in filter(None, map(str.strip, paragraphs)):
        longer = f"{text}\n\n{paragraph}" if text else paragraph
        if _fits(longer):
            text = longer
            continue
        if text:
            yield text
        *full, text = _pieces(paragraph)
        yield from full
    if not text:
        raise Undrawable("A screen without a text")
    yield text


def _pieces(paragraph: str) -> Iterator[str]:
    """Cut a paragraph that is too long, at the end of a line or a word where there is one."""
    while not _fits(paragraph):
        head = _head(paragraph)
        end = max(head.rfind("\n"), 0) or max(head.rfind(" "), 0) or len(head)
        yield paragraph[:end].rstrip()
        paragraph = paragraph[end:].lstrip()
    yield paragraph


def _fits(text: str) -> bool:
    # Nothing counts more than double, and most texts are far shorter than that.
    return 2 * len(text) <= LONGEST_TEXT or len(text.encode("utf-16-le")) <= 2 * LONGEST_TEXT


def _head(text: str) -> str:
    """Take what fits, without the half of a character."""
    return text.encode("utf-16-le")[: 2 * LONGEST_TEXT].decode("utf-16-le", "ignore")


@lru_cache(500)
def _keyboard(choices: tuple[Label, ...], fixed: tuple[Label, ...]) -> Rows:
    """Lay out choices one a row, for they are sentences; what is always there two a row."""
    labels = (*choices, *fixed)
    if len(labels) > MOST_BUTTONS:
        raise Undrawable(f"More than {MOST_BUTTONS} buttons")
    for label in labels:
        _check(label)
    width = 2 if _is_short_yes_or_no(choices) else 1
    return (*_rows(choices, width), *_rows(fixed, 2))


def _is_short_yes_or_no(labels: Sequence[Label]) -> bool:
    options = [label.data.rpartition(":")[2] for label in labels]
    return options == ["yes", "no"] and all(len(label.text) <= SHORT for label in labels)


def _rows(labels: tuple[Label, ...], width: int) -> Rows:
    return tuple(labels[start : start + width] for start in range(0, len(labels), width))


def _check(label: Label) -> None:
    if not 1 <= len(label.data.encode()) <= LONGEST_DATA:
        raise Undrawable(f"The data of {label.data} must have 1 to {LONGEST_DATA} bytes")
    if not label.text.strip():
        raise Undrawable(f"The button {label.data} has no label")
