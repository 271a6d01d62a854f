"""The commands that run the house, or a part of it."""

from __future__ import annotations

import asyncio
import os
from typing import Annotated

import typer

from bot.app import make_app, serve, work
from bot.cli.inside import AsJson, in_house, say
from bot.console.routes import permissions
from bot.house import House
from bot.opening import migrate_both
from bot.settings import Settings
from bot.terminal import talk


def serve_command(
    *, no_workers: Annotated[bool, typer.Option("--no-workers", help="Only the web side.")] = False
) -> None:
    """Run the web side, and the courier and keeper with it."""
    in_house(lambda house: serve(house, workers=not no_workers))


def work_command() -> None:
    """Run the courier and the keeper alone."""
    in_house(work)


def migrate_command() -> None:
    """Bring both databases to their newest form."""
    asyncio.run(migrate_both(Settings.read(os.environ)))


def chat_command() -> None:
    """Talk to the bot in the terminal."""
    in_house(talk)


def routes_command(*, as_json: AsJson = False) -> None:
    """List every address with its method and the permission it needs."""

    async def listed(house: House) -> None:
        needed = {(method, path): action for method, path, action in permissions()}
        rows: list[dict[str, object]] = [
            {
                "method": route.method,
                "path": route.resource.canonical,
                "permission": needed.get((route.method, route.resource.canonical), "everybody"),
            }
            for route in make_app(house).router.routes()
            if route.resource is not None and route.method != "HEAD"
        ]
        say(rows, as_json=as_json)

    in_house(listed)
