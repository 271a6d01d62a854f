"""A document as plain data: what the PDF and a page draw it from."""

from __future__ import annotations

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


def content_of(document: Document) -> dict[str, object]:
    """Give a document as nested data, every text in lines."""
    return {
        "language": document.language,
        "title": heading(document.title),
        "letterhead": [_lines(block) for block in document.letterhead],
        "parts": [_content(part) for part in document.parts],
    }


def _content(part: Part) -> dict[str, object]:
    match part:
        case Paragraph(text):
            return {"kind": "paragraphs", "texts": [_lines(each) for each in paragraphs(text)]}
        case Listing(items):
            return {"kind": "listing", "listed": [_lines(item) for item in items]}
        case Fields(rows):
            return {"kind": "fields", "rows": [[_lines(text) for text in row] for row in rows]}
        case Signature(greeting, name):
            return {"kind": "signature", "greeting": _lines(greeting), "name": _lines(name)}
        case Section(title, parts):
            inner = [_content(each) for each in parts]
            return {"kind": "section", "heading": heading(title), "parts": inner}


def _lines(text: str) -> list[str]:
    return cleaned(text).split("\n")
