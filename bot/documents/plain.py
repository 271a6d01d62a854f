"""A document as plain text, for an e-mail or a note: in reading order, in lines of 72 signs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from textwrap import fill

from bot.documents.typed import cleaned, heading, paragraphs
from bot.documents.values import (
    Document,
    Fields,
    Listing,
    Paragraph,
    Part,
    Section,
    Signature,
)

WIDTH = 72
INDENT = "  "
NEXT_LINE = re.compile(r"\n(?=.)")


def as_text(document: Document) -> str:
    """Write a document in blocks that are a blank line apart."""
    head = (*map(cleaned, document.letterhead), heading(document.title))
    body = (block for part in document.parts for block in _blocks(part, 1))
    return "\n\n".join(filter(None, (*map(_wrapped, head), *body))) + "\n"


def _blocks(part: Part, level: int) -> Iterator[str]:
    match part:
        case Paragraph(text):
            yield from map(_wrapped, paragraphs(text))
        case Listing(items):
            yield "\n".join(_hanging(f"- {cleaned(item)}") for item in items)
        case Fields(rows):
            yield "\n".join(_hanging(_field(cleaned(term), cleaned(value))) for term, value in rows)
        case Signature(greeting, name):
            yield _wrapped(cleaned(greeting))
            yield _wrapped(cleaned(name))
        case Section(title, parts):
            yield _over(_wrapped(heading(title)), level)
            for inner in parts:
                yield from _blocks(inner, level + 1)


def _over(title: str, level: int) -> str:
    """The chief headings are underlined, for plain text has one size."""
    return title if level > 1 else f"\n{title}\n{'-' * max(map(len, title.splitlines()))}"


def _field(term: str, value: str) -> str:
    return f"{term} {value}" if term.endswith(("?", ":")) else f"{term}: {value}"


def _wrapped(text: str, width: int = WIDTH) -> str:
    """Wrap each line; a word is never broken, so that an address still leads somewhere."""
    return "\n".join(
        fill(each, width, break_long_words=False, break_on_hyphens=False)
        for each in text.split("\n")
    )


def _hanging(text: str) -> str:
    return NEXT_LINE.sub(f"\n{INDENT}", _wrapped(text, WIDTH - len(INDENT)))
