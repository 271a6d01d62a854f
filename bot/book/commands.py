"""The commands `book` and `graph`; they read the words and the organisation, and no database."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from bot.book.chapters import read_book
from bot.book.diagram import as_mermaid, drawing, write_pictures
from bot.book.printed import as_html, as_text
from bot.clock import Clock
from bot.facts import Source
from bot.organisation import Organisation
from bot.settings import Settings
from bot.wording import LOCALES, Wording
from dialogs.graph import whole

Folder = Annotated[Path | None, typer.Option("--out", help="Write files into this folder.")]


def book(
    language: Annotated[str, typer.Option(help="Which language, such as nl.")] = "nl",
    *,
    out: Folder = None,
) -> None:
    """Print the whole script of a language by role, with sources and dates."""
    settings = Settings.read(os.environ)
    organisation = Organisation.read(settings.organisation_file)
    wording = Wording.load(LOCALES, Source(organisation, settings.timezone, Clock().now))
    if language not in wording.languages:
        raise typer.BadParameter(f"{language} is not one of {', '.join(wording.languages)}")
    day = Clock().now().astimezone(settings.timezone).date()
    read = read_book(wording, language, day)
    if out is None:
        typer.echo(as_text(wording, read), nl=False)
        return
    out.mkdir(parents=True, exist_ok=True)
    for name, text in (("html", as_html), ("txt", as_text)):
        path = out / f"book.{language}.{name}"
        path.write_text(text(wording, read), "utf-8")
        typer.echo(path)


def graph(*, out: Folder = None) -> None:
    """Draw the dialog: Mermaid here, or with --out also SVG and PNG where Graphviz is present."""
    if out is None:
        typer.echo(as_mermaid(drawing(whole())), nl=False)
        return
    for path in write_pictures(out):
        typer.echo(path)
