"""A document as Markdown, to be kept beside other papers of an organisation and changed there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.documents.typed import cleaned, heading, paragraphs
from bot.documents.values import Document, Fields, Listing, Paragraph, Part, Section, Signature

# What would be read as markup where it stands in running text.
MARKUP = re.compile(r"([\\`*_\[\]<>#|])")


def as_markdown(document: Document) -> str:
    """Write a document in blocks that are a blank line apart."""
    head = (_plain(block) for block in document.letterhead)
    body = (block for part in document.parts for block in _blocks(part, 2))
    title = f"# {_plain(heading(document.title))}"
    return "\n\n".join((*head, title, document.day.isoformat(), *body)) + "\n"


def _blocks(part: Part, level: int) -> Iterator[str]:
    match part:
        case Paragraph(text):
            yield from map(_plain, paragraphs(text))
        case Listing(items):
            yield "\n".join(f"- {_plain(item)}" for item in items)
        case Fields(rows):
            yield "\n".join(f"- **{_plain(term)}**: {_plain(value)}" for term, value in rows)
        case Signature(greeting, name):
            yield _plain(greeting)
            yield _plain(name)
        case Section(title, parts):
            yield f"{'#' * level} {_plain(heading(title))}"
            for inner in parts:
                yield from _blocks(inner, level + 1)


def _plain(text: str) -> str:
    """Write a text so that nothing in it is markup; its lines become one."""
    return MARKUP.sub(r"\\\1", cleaned(text).replace("\n", " "))
