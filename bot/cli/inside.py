"""What every command needs: the house for as long as it lasts, and a way to print what it found."""

from __future__ import annotations

import json
import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated

import typer
import uvloop

from bot import logs
from bot.clock import Clock
from bot.house import House
from bot.opening import opened
from bot.settings import Settings

AsJson = Annotated[bool, typer.Option("--json", help="Machine-readable, on one line.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do it.")]


def in_house(do: Callable[[House], Awaitable[None]]) -> None:
    """Open the house, do something in it, and close it."""
    settings = Settings.read(os.environ)
    logs.set_up(settings.log_level, settings.log_format)

    async def run() -> None:
        async with opened(settings, Clock()) as house:
            await do(house)

    uvloop.run(run())


def say(rows: list[dict[str, object]], *, as_json: bool) -> None:
    """Print what was found: as JSON, or a row a line."""
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, default=str))
        return
    for row in rows:
        typer.echo("  ".join(f"{key}={value}" for key, value in row.items()))


def write_private(folder: Path, name: str, content: bytes) -> None:
    """Write a file that nobody else on this computer may read, and say where it is."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    # One that is there already may be open to others, or lead elsewhere.
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
    with os.fdopen(handle, "wb") as file:
        os.fchmod(handle, 0o600)
        file.write(content)
    typer.echo(path)
