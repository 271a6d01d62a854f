"""The commands that copy everything to a folder, and put it back from there."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from bot.backups import Restored, back_up, restore
from bot.cli.inside import AsJson, in_house, say
from bot.clock import Clock
from bot.encrypting import Identity, Recipient
from bot.house import House
from bot.settings import Settings
from bot.withdrawing import withdraw_again
from storage.restoring import Ended
from storage.schema import Schema

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
    """Put the newest backups of a folder back; what was erased or withdrawn since is so again."""
    settings = Settings.read(os.environ)
    restored = asyncio.run(
        restore(settings, Clock(), folder, identity, replace=yes, forget_keyless=forget_keyless)
    )
    for schema, backup in restored.backups.items():
        typer.echo(f"{schema}: {backup.rows} rows, as they were at {backup.at.isoformat(' ')}")
    if Schema.DATA in restored.backups:
        _tell_of_the_data(restored, restored.backups[Schema.DATA].at)
    erased, keyless = restored.forgotten.erased, restored.forgotten.keyless
    typer.echo(f"erased again: {erased}; erased because their key is lost: {keyless}")
    if restored.ended:
        in_house(partial(_withdraw_again, ended=restored.ended))


def _tell_of_the_data(restored: Restored, at: datetime) -> None:
    """Say what an older state of the data asks of whoever put it back."""
    unsent = restored.unsent
    typer.echo(
        f"on their way then, and not sent again: {unsent.letters} letters, {unsent.notices} notices"
    )
    shut = restored.shut
    typer.echo(
        f"removed: {len(shut.passkeys)} passkeys that were not there just before; disabled again: "
        f"{len(shut.disabled)} colleagues; passwords and roles are those of then: see `staff list`"
    )
    typer.echo(
        f"what people withdrew since {at:%Y-%m-%d} is back; what the data that was there tells "
        "of it is withdrawn again now"
    )
    # Before it is done: should this end here, it is known what is to be done by hand.
    for each in restored.ended:
        typer.echo(f"withdrawn since: {_named(each)}")


async def _withdraw_again(house: House, ended: Sequence[Ended]) -> None:
    left = await withdraw_again(house, ended)
    typer.echo(f"withdrawn again: {len(ended) - len(left)}")
    for each in left:
        typer.echo(f"to be withdrawn by hand: {_named(each)}")


def _named(ended: Ended) -> str:
    return f"{ended.purpose}, request {ended.reference or 'none'}"
