"""The command `links`: what a poster, a letter or a site can point at, and squares to scan.

A link says no more than what somebody comes for: never who they are, and nothing of a request.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Final

import segno
import typer
from msgspec import to_builtins

from bot.settings import BadSetting, Settings
from dialogs.frozen import Frozen
from dialogs.welcome import LINKS

# A poster hangs outside: the square can still be read with a quarter of it gone.
ERRORS: Final = "q"
QUIET: Final = 4
PIXELS_A_MODULE: Final = 20
KINDS: Final = ("svg", "png")

BOT_NAME: Final = re.compile(r"@?(?P<name>[A-Za-z]\w{3,31})", re.ASCII)


class Link(Frozen):
    """What it is for, through which door, and the address."""

    name: str
    door: str
    address: str


def links_to(public_url: str, bot: str) -> Iterator[Link]:
    """List the links through the doors that there are; an empty name or address is no door."""
    for name in LINKS:
        if bot:
            yield Link(name, "telegram", f"https://t.me/{bot}?start={name}")
        if public_url:
            yield Link(name, "web", f"{public_url.rstrip('/')}/chat?start={name}")


def squares(links: list[Link], folder: Path) -> Iterator[Path]:
    """Draw each link as `<name>.<door>.svg` and `.png`; raise OSError for a bad folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for link in links:
        square = segno.make(link.address, error=ERRORS, micro=False)
        for kind in KINDS:
            path = folder / f"{link.name}.{link.door}.{kind}"
            # Somebody who does not see the picture hears where it leads.
            told = {"title": link.address} if kind == "svg" else {}
            square.save(str(path), scale=PIXELS_A_MODULE, border=QUIET, light="#fff", **told)
            yield path


def links(
    bot: Annotated[str, typer.Option(help="The bot's name in Telegram, such as @name_bot.")] = "",
    *,
    out: Annotated[
        Path | None, typer.Option("--out", help="Draw squares to scan into this folder.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Machine-readable, on one line.")] = False,
) -> None:
    """List the links for posters, by what somebody comes for; with --out as SVG and PNG too."""
    named = BOT_NAME.fullmatch(bot)
    if bot and not named:
        raise typer.BadParameter(f"{bot} is not the name of a bot in Telegram", param_hint="--bot")
    found = list(links_to(Settings.read(os.environ).public_url, named["name"] if named else ""))
    if not found:
        raise BadSetting("PUBLIC_URL", "is empty, and without --bot there is nothing to link to")
    if as_json:
        typer.echo(json.dumps([to_builtins(link) for link in found]))
    else:
        typer.echo("\n".join(link.address for link in found))
    for path in squares(found, out) if out else ():
        typer.echo(path, err=as_json)
