"""Whether this process lives, and whether it can do its work; says nothing about anybody."""

from __future__ import annotations

from typing import Final

from aiohttp import web

from bot import metrics
from bot.house import HOUSE
from storage import condition, mail
from storage.errors import StorageError

# Less than a process that writes needs for a moment.
LEAST_ROOM: Final = 100 * 2**20


def install(app: web.Application) -> None:
    """Add the three addresses."""
    app.router.add_get("/healthz", live)
    app.router.add_get("/readyz", ready)
    app.router.add_get(metrics.PATH, metrics.tell)


async def live(_request: web.Request) -> web.Response:
    """Answer, which is all that is asked."""
    return web.Response(text="ok\n")


async def ready(request: web.Request) -> web.Response:
    """Say whether the databases, their keys and the disk let this process do its work.

    How long letters wait is only said: another process would bring them no sooner.
    """
    house = request.app[HOUSE]
    try:
        await house.database.check()
        await house.keystore.check()
        async with house.database.reading() as db:
            late = (await mail.counts(db)).age(house.clock.now())
    except StorageError as error:
        return _not_ready(type(error).__name__)
    if min(condition.free_bytes(house.database), house.keystore.free_bytes()) < LEAST_ROOM:
        return _not_ready("DiskFull")
    return web.Response(text=f"ready\nletters wait {late.total_seconds():.0f} s\n")


def _not_ready(why: str) -> web.Response:
    return web.Response(status=503, text=f"not ready: {why}\n")
