"""Whether this process lives, and whether it can do its work; says nothing about anybody."""

from __future__ import annotations

from aiohttp import web

from bot.house import HOUSE
from storage.errors import StorageError


def install(app: web.Application) -> None:
    """Add the two addresses."""
    app.router.add_get("/healthz", live)
    app.router.add_get("/readyz", ready)


async def live(_request: web.Request) -> web.Response:
    """Answer, which is all that is asked."""
    return web.Response(text="ok\n")


async def ready(request: web.Request) -> web.Response:
    """Say whether both databases answer and are in their newest form."""
    house = request.app[HOUSE]
    try:
        await house.database.check()
        await house.keystore.check()
    except StorageError as error:
        return web.Response(status=503, text=f"not ready: {type(error).__name__}\n")
    return web.Response(text="ready\n")
