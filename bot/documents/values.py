"""What a document is made of: a title, parts below it, and in a letter what stands above.

A line break in a text is shown. A blank line in a paragraph begins another one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, repr=False)
class Paragraph:
    """Running text."""

    text: str


@dataclass(frozen=True, slots=True, repr=False)
class Listing:
    """Short things below one another, in no order that matters."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Fields:
    """What something is called, and what it is: a name, a date, an answer."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, repr=False)
class Signature:
    """The end of a letter: a greeting, room to sign, a name."""

    greeting: str
    name: str


@dataclass(frozen=True, slots=True, repr=False)
class Section:
    """A heading and what stands below it; a section inside another has a smaller heading.

    So no level is ever skipped, and who listens to a document can walk it by its headings.
    """

    heading: str
    parts: tuple[Part, ...]


Part = Paragraph | Listing | Fields | Signature | Section


@dataclass(frozen=True, slots=True, repr=False)
class Document:
    """A letter or a report, of a day.

    `letterhead` is a letter's sender, addressee, place and date, each one text of some lines. The
    title follows it, for that is what a letter is about.
    """

    language: str
    title: str
    day: date
    parts: tuple[Part, ...]
    letterhead: tuple[str, ...] = ()
