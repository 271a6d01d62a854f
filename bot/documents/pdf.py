"""A document as PDF/UA-1: tagged, in its language, with its fonts inside.

The compiler and its fonts are in the package, but for Arabic, which lies beside the template; it
opens no other file, and no connection.
The same document gives the same bytes.
"""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime, time
from pathlib import Path

from bot.documents.content import content_of
from bot.documents.typed import WITHOUT_GLYPH, with_glyphs
from bot.documents.values import Document

TEMPLATE = Path(__file__).parent / "templates" / "document.typ"
FONTS = Path(__file__).parent / "vendor"


class NotSet(Exception):
    """A document could not be set; what stood in it is not told."""


def shows_all(document: Document) -> bool:
    """Say whether the PDF shows every sign; where it does not, the plain text does."""
    return not WITHOUT_GLYPH.search(_written(document))


async def pdf_of(document: Document) -> bytes:
    """Set a document while others are served."""
    return await asyncio.to_thread(as_pdf, document)


def as_pdf(document: Document) -> bytes:
    """Set a document; raise NotSet if that fails."""
    # Large, and in most processes nobody asks for a document.
    import typst  # noqa: PLC0415

    # Those of the machine would make another document on each machine.
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[FONTS.as_posix()])
    try:
        return typst.compile(
            TEMPLATE,
            font_paths=fonts,
            ignore_system_fonts=True,
            sys_inputs={"document": with_glyphs(_written(document))},
            pdf_standards=["ua-1"],
            timestamp=datetime.combine(document.day, time(), UTC),
        )
    except typst.TypstError:
        raise NotSet("the compiler refused a document") from None


def _written(document: Document) -> str:
    """Write a document as JSON, in which a sign stands for itself."""
    return json.dumps(content_of(document), ensure_ascii=False)
