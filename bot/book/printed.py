"""The script on paper: as one page of HTML to print or send, and as plain text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from textwrap import fill

from babel.dates import format_date
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.book.chapters import Book, Chapter, Page, Pair, Reader
from bot.wording import Wording

WIDTH = 78
INDENT = "    "
TEMPLATES = Path(__file__).parent / "templates"


def as_html(wording: Wording, book: Book) -> str:
    """Print the script as one page that needs nothing from elsewhere."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("book.html").render(
        book=book,
        _=Reader(wording, book.language).say,
        made=made(wording, book),
        found_at=found_at(book),
    )


def made(wording: Wording, book: Book) -> str:
    """Say on which day the script was printed."""
    reader = Reader(wording, book.language)
    return reader.say(
        "book.made", day=format_date(book.day, "d MMMM y", locale=reader.own_language)
    )


def found_at(book: Book) -> dict[str, tuple[int, ...]]:
    """Give the numbers of the chapters in which each place stands."""
    found: dict[str, tuple[int, ...]] = {}
    for number, chapter in enumerate(book.chapters, 1):
        for part in chapter.parts:
            for page in part.pages:
                found[page.place] = (*found.get(page.place, ()), number)
    return found


def as_text(wording: Wording, book: Book) -> str:
    """Print the script as plain text."""
    reader = Reader(wording, book.language)
    rows = heading(reader.say("book.title"), "=")
    for about in (made(wording, book), reader.say("book.about"), reader.say("book.signs")):
        rows += [fill(about, WIDTH), ""]
    for chapter in book.chapters:
        rows += [*heading(chapter.title, "="), *of_chapter(reader, chapter)]
    rows += heading(reader.say("book.pairs"), "=")
    for pair in book.pairs:
        rows += of_pair(pair)
    return "\n".join(rows).rstrip() + "\n"


def heading(title: str, line: str) -> list[str]:
    """Print a heading."""
    return [title, line * len(title), ""]


def of_chapter(reader: Reader, chapter: Chapter) -> Iterator[str]:
    """Print the pages of a chapter by subject, and name those that read as before."""
    for part in chapter.parts:
        if part.title:
            yield from heading(part.title, "-")
        for page in part.pages:
            yield from of_page(reader, page)
    if chapter.as_before:
        yield from (
            fill(f"{reader.say('book.as_before')} {', '.join(chapter.as_before)}", WIDTH),
            "",
        )


def of_page(reader: Reader, page: Page) -> Iterator[str]:
    """Print what a place says and where its buttons lead."""
    yield from (*(f"# {row}" for row in fill(page.place, WIDTH - 2).split("\n")), "")
    for said in page.said:
        yield from (wrapped(said.text if said.always else f"(…) {said.text}"), "")
    for way in page.ways:
        yield f"{INDENT}[ {way.label} ]" + (f" → {way.leads_to}" if way.leads_to else "")
    if page.version:
        yield f"{INDENT}{reader.say('book.version', version=page.version)}"
    if page.sources:
        yield from (f"{INDENT}{source}" for source in (*page.sources, page.checked))
    yield ""


def of_pair(pair: Pair) -> Iterator[str]:
    """Print both sides of a card under each other."""
    yield from heading(f"{pair.title} (+{pair.longer_by} %)", "-")
    for side in pair.sides:
        yield from (wrapped(side), "", f"{INDENT}* * *", "")


def wrapped(text: str) -> str:
    """Wrap each line of a text by itself, for a list is a list."""
    return "\n".join(fill(line, WIDTH) for line in text.split("\n"))
