"""The commands that copy everything to a folder, and put it back from there."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import Annotated

import typer

from bot.backups import back_up, restore
from bot.cli.inside import AsJson, say
from bot.clock import Clock
from bot.encrypting import Identity, Recipient
from bot.settings import Settings

Replace = Annotated[bool, typer.Option("--yes", help="Replace what is in the databases.")]
To = Annotated[
    Recipient | None,
    typer.Option(parser=Recipient.parse, metavar="AGE1…", help="Encrypt for this key."),
]
Key = Annotated[
    Identity | None,
    typer.Option(parser=Identity.parse, metavar="FILE", help="The key that they are for."),
]
ForgetKeyless = Annotated[
    bool, typer.Option("--forget-keyless", help="Erase people whose key is not among the keys.")
]


def backup_command(folder: Path, to: To = None, *, as_json: AsJson = False) -> None:
    """Write the data and the keys to two files, also while everything runs."""
    settings = Settings.read(os.environ)
    written = asyncio.run(back_up(settings, Clock(), folder, to))
    rows: list[dict[str, object]] = [
        {"file": str(each.path), "rows": each.rows, "sha256": each.sha256} for each in written
    ]
    say(rows, as_json=as_json)


def restore_command(
    folder: Path,
    identity: Key = None,
    *,
    yes: Replace = False,
    forget_keyless: ForgetKeyless = False,
) -> None:
    """Put the newest backups of a folder back; whoever was erased since is erased again."""
    settings = Settings.read(os.environ)
    restored = asyncio.run(
        restore(settings, Clock(), folder, identity, replace=yes, forget_keyless=forget_keyless)
    )
    for schema, backup in restored.backups.items():
        typer.echo(f"{schema}: {backup.rows} rows, as they were at {backup.at.isoformat(' ')}")
    erased, keyless = restored.forgotten.erased, restored.forgotten.keyless
    typer.echo(f"erased again: {erased}; erased because their key is lost: {keyless}")
