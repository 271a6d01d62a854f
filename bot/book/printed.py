"""The script on paper: as one page of HTML to print or send, and as plain text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from textwrap import fill

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
    )


def as_text(wording: Wording, book: Book) -> str:
    """Print the script as plain text."""
    say = Reader(wording, book.language).say
    rows = [say("book.title"), "", fill(say("book.about"), WIDTH), ""]
    for chapter in book.chapters:
        rows += [*heading(chapter.title, "="), *of_chapter(chapter, say("book.as_before"))]
    rows += heading(say("book.pairs"), "=")
    for pair in book.pairs:
        rows += of_pair(pair)
    return "\n".join(rows).rstrip() + "\n"


def heading(title: str, line: str) -> list[str]:
    """Print a heading."""
    return [title, line * len(title), ""]


def of_chapter(chapter: Chapter, as_before: str) -> Iterator[str]:
    """Print the pages of a chapter, and name those that read as before."""
    for page in chapter.pages:
        yield from of_page(page)
    if chapter.as_before:
        yield from (fill(f"{as_before} {', '.join(chapter.as_before)}", WIDTH), "")


def of_page(page: Page) -> Iterator[str]:
    """Print what a place says and where its buttons lead."""
    yield from heading(page.place, "-")
    for text in page.paragraphs:
        yield from (wrapped(text), "")
    for text in page.now_and_then:
        yield from (wrapped(f"(…) {text}"), "")
    for way in page.ways:
        yield f"{INDENT}[ {way.label} ] → {way.leads_to}"
    if page.sources:
        yield from (f"{INDENT}{source}" for source in page.sources)
        yield f"{INDENT}{page.checked}"
    yield ""


def of_pair(pair: Pair) -> Iterator[str]:
    """Print both sides of a card under each other."""
    yield from heading(f"{pair.title} (+{pair.longer_by} %)", "-")
    for side in pair.sides:
        yield from (wrapped(side), "", f"{INDENT}* * *", "")


def wrapped(text: str) -> str:
    """Wrap each line of a text by itself, for a list is a list."""
    return "\n".join(fill(line, WIDTH) for line in text.split("\n"))
