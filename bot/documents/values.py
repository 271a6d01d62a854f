"""What a document is made of: a title, parts below it, and in a letter what stands above.

A line break in a text is shown. A blank line in a paragraph begins another one.
"""

from __future__ import annotations

from datetime import date

from dialogs.frozen import Frozen, Hidden


class Paragraph(Frozen):
    """Running text."""

    text: Hidden[str]


class Listing(Frozen):
    """Short things below one another, in no order that matters."""

    items: Hidden[tuple[str, ...]]


class Fields(Frozen):
    """What something is called, and what it is: a name, a date, an answer."""

    rows: Hidden[tuple[tuple[str, str], ...]]


class Signature(Frozen):
    """The end of a letter: a greeting, room to sign, a name."""

    greeting: Hidden[str]
    name: Hidden[str]


class Section(Frozen):
    """A heading and what stands below it; a section inside another has a smaller heading.

    So no level is ever skipped, and who listens to a document can walk it by its headings.
    """

    heading: Hidden[str]
    parts: Hidden[tuple[Part, ...]]


Part = Paragraph | Listing | Fields | Signature | Section


class Document(Frozen):
    """A letter or a report, of a day.

    `letterhead` is a letter's sender, addressee, place and date, each one text of some lines. The
    title follows it, for that is what a letter is about.
    """

    language: Hidden[str]
    title: Hidden[str]
    day: Hidden[date]
    parts: Hidden[tuple[Part, ...]]
    letterhead: Hidden[tuple[str, ...]] = ()
