"""The command that prints what an organisation has to account for; it reads no database."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from bot.clock import Clock
from bot.documents.markdown import as_markdown
from bot.documents.pdf import as_pdf
from bot.facts import Source
from bot.inventory import Notice
from bot.organisation import Organisation
from bot.register import Register
from bot.settings import Settings
from bot.wording import LOCALES, Wording
from dialogs.values import Service


def register_command(
    language: Annotated[str, typer.Option(help="A language of the desk, such as nl.")] = "nl",
    service: Annotated[Service, typer.Option(help="Of which service.")] = Service.MEDIATION,
    *,
    dpia: Annotated[bool, typer.Option("--dpia", help="The data chapter of a DPIA.")] = False,
    out: Annotated[Path | None, typer.Option("--out", help="Write Markdown and PDF here.")] = None,
) -> None:
    """Print the register of processing (GDPR art. 30), made from what the program really keeps."""
    settings = Settings.read(os.environ)
    organisation = Organisation.read(settings.organisation_file)
    source = Source(organisation, settings.timezone, Clock().now, settings.address)
    wording = Wording.load(LOCALES, source)
    if language not in wording.desk_languages:
        raise typer.BadParameter(f"{language} is not one of {', '.join(wording.desk_languages)}")
    register = Register(Notice(organisation, settings, wording, service, language))
    day = Clock().now().astimezone(settings.timezone).date()
    document = register.assessment(day) if dpia else register.register(day)
    if out is None:
        typer.echo(as_markdown(document), nl=False)
        return
    out.mkdir(parents=True, exist_ok=True)
    path = out / f"{'dpia' if dpia else 'register'}.{language}.md"
    path.write_text(as_markdown(document), "utf-8")
    path.with_suffix(".pdf").write_bytes(as_pdf(document))
    typer.echo(path)
