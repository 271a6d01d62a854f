"""The commands for the master keys: whether they open everybody's key, and a newer one."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable
from typing import Annotated

import typer

from bot.cli.inside import AsJson, say
from bot.clock import Clock
from bot.console.auditing import Doing
from bot.doctor import is_missing
from bot.settings import Settings
from bot.terms import KEY_BACKUPS
from storage import audit, rotation
from storage.audit import Entry
from storage.database import Database
from storage.errors import NotFound
from storage.keyfile import KeyFile
from storage.keystore import KeyStore
from storage.schema import Schema

FAILED = 1

keys = typer.Typer(no_args_is_help=True, help="The master keys.")

DropOlder = Annotated[
    bool,
    typer.Option("--drop-older", help="Remove older ones from the key file, and rotate nothing."),
]


@keys.command("check")
def check_command(*, as_json: AsJson = False) -> None:
    """Open the key of everybody, by master key; one that does not open is a 1."""

    async def checked(settings: Settings, store: Database) -> None:
        key_file = KeyFile.load_or_make(settings.key_file)
        found = await rotation.check(store, key_file)
        rows: list[dict[str, object]] = [
            {
                "key": name,
                "newest": name == key_file.primary,
                "opened": wrapped.opened,
                "unreadable": wrapped.unreadable,
            }
            for name, wrapped in sorted(found.items())
        ]
        say(rows, as_json=as_json)
        if any(wrapped.unreadable for wrapped in found.values()):
            raise typer.Exit(FAILED)

    _with_store(checked)


@keys.command("rotate")
def rotate_command(*, drop_older: DropOlder = False) -> None:
    """Wrap everybody's key with a newer master key, also while everything runs.

    Whatever cuts this short, the next run goes on with it. The older key stays in the key file, for
    backups of the keys are wrapped with it; once it is dropped those open no more. The keys that
    find addresses, sign the audit log and seal what is the house's own stay as they are.
    """
    _with_store(_drop_older if drop_older else _rotate)


async def _rotate(settings: Settings, store: Database) -> None:
    clock = Clock()
    key_file = await rotation.begin(store, settings.key_file, clock.now())
    # Whatever cuts the rest short, the key file is another one from here on.
    await _note(settings, KeyStore(store, key_file, clock.monotonic), Doing.KEYS_ROTATED)
    count = await rotation.rewrap(store, key_file)
    await store.scrub("person_key")
    typer.echo(f"{key_file.primary} wraps the keys; {count} were wrapped anew")
    older = sorted(key_file.kek.keys() - {key_file.primary})
    if older:
        typer.echo(f"{', '.join(older)} can go after {KEY_BACKUPS.days} days, with --drop-older")
    if any(each.unreadable for each in (await rotation.check(store, key_file)).values()):
        typer.echo("not every key opens: see `handreiking keys check`", err=True)
        raise typer.Exit(FAILED)


async def _drop_older(settings: Settings, store: Database) -> None:
    gone = await rotation.drop_older(store, settings.key_file)
    if gone:
        key_file = KeyFile.load_or_make(settings.key_file)
        await _note(settings, KeyStore(store, key_file, Clock().monotonic), Doing.KEYS_DROPPED)
    typer.echo(f"{', '.join(gone) or 'nothing'} removed from {settings.key_file}")


async def _note(settings: Settings, keystore: KeyStore, what: Doing) -> None:
    data = Database.at(settings.database_url)
    try:
        async with data.begin() as db:
            await audit.append(db, keystore, Entry(Clock().now(), None, "", what))
    finally:
        await data.close()


def _with_store(do: Callable[[Settings, Database], Awaitable[None]]) -> None:
    """Open the key store, and nothing else: a wrong key file is to be known at once."""
    settings = Settings.read(os.environ)
    if is_missing(settings.keystore_url):
        raise NotFound("there are no keys yet")

    async def run() -> None:
        store = Database.at(settings.keystore_url, Schema.KEYS)
        try:
            await do(settings, store)
        finally:
            await store.close()

    asyncio.run(run())
