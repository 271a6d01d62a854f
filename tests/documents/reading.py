"""Reads a PDF as a screen reader would: what it says it is, its tags and its words in order."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, PdfObject

# Part of a line, and nothing one could walk by.
WITHIN_A_LINE = {"/Span", "/Strong"}


def opened(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf), strict=True)


def words(pdf: bytes) -> str:
    """All words of the pages in order, as one line."""
    return " ".join("\n".join(page.extract_text() for page in opened(pdf).pages).split())


def signs(text: str) -> str:
    """A text without the spaces and breaks that setting it may move."""
    return "".join(text.split())


def said(pdf: PdfReader, *path: str) -> str:
    """What the document says of itself at a place below its root."""
    found: PdfObject | None = pdf.root_object
    for name in path:
        assert isinstance(found, DictionaryObject)
        found = found[f"/{name}"].get_object()
    return str(found)


def tags(pdf: bytes) -> list[str]:
    root = opened(pdf).root_object["/StructTreeRoot"].get_object()
    return [tag for tag in _tags(root) if tag not in WITHIN_A_LINE]


def _tags(node: PdfObject | None) -> Iterator[str]:
    if isinstance(node, ArrayObject):
        for inner in node:
            yield from _tags(inner.get_object())
    elif isinstance(node, DictionaryObject):
        if "/S" in node:
            yield str(node["/S"])
        if "/K" in node:
            yield from _tags(node["/K"].get_object())


def objects(pdf: bytes) -> Iterator[PdfObject]:
    """Every object of the file."""
    reader = opened(pdf)
    for number in range(1, int(str(reader.trailer["/Size"]))):
        found = reader.get_object(number)
        if found is not None:
            yield found
