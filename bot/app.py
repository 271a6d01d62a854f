"""Wiring: the only file that knows every door. It puts a house behind an address."""

from __future__ import annotations

import asyncio
import gc
import logging
import resource
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from errno import EACCES, EADDRINUSE

from aiohttp import web

from bot import health
from bot.console.members import setup_link
from bot.console.routes import install as install_desk
from bot.going import going
from bot.house import HOUSE, House
from bot.pages.setup import install as install_pages
from bot.relay import Relay
from bot.settings import BadSetting, Settings
from bot.web.routes import install as install_chat
from bot.workers import working
from storage.duties import alone

log = logging.getLogger(__name__)

KEEP_ALIVE_S = 15
LONGEST_LINE = 4096
LAST_WORDS_S = 5
OPEN_FILES = 65536
READY = "Ready. Stop with Ctrl+C."
WORKING = "Working."


def make_app(house: House) -> web.Application:
    """Put all doors of a house behind one address."""
    app = web.Application()
    app[HOUSE] = house
    install_pages(app)
    install_chat(app)
    install_desk(app)
    health.install(app)
    if house.settings.bot_token and house.settings.public_url:
        from bot import speaking  # noqa: PLC0415 - where Telegram is off, it is not read

        speaking.install(app, house)
    return app


@asynccontextmanager
async def listening(house: House) -> AsyncIterator[str]:
    """Answer requests for as long as this lasts; gives the address."""
    runner = web.AppRunner(
        make_app(house),
        access_log=None,
        handle_signals=False,
        # Whoever opens connections and says nothing is let go soon.
        keepalive_timeout=KEEP_ALIVE_S,
        shutdown_timeout=LAST_WORDS_S,
        max_line_size=LONGEST_LINE,
        max_field_size=LONGEST_LINE,
    )
    await runner.setup()
    try:
        await open_door(runner, house.settings)
        host, port = runner.addresses[0][:2]
        yield f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    finally:
        await runner.cleanup()


async def open_door(runner: web.AppRunner, settings: Settings) -> None:
    """Listen; raise BadSetting when the address is not to be had."""
    try:
        await web.TCPSite(runner, settings.host, settings.port).start()
    except OSError as error:
        name = "PORT" if error.errno in {EADDRINUSE, EACCES} else "HOST"
        raise BadSetting(name, f"cannot be listened at ({error.strerror})") from error


async def serve(house: House, *, workers: bool) -> None:
    """Answer until told to stop; then finish what was begun."""
    allow_many_connections()
    stop = told_to_stop()
    async with AsyncExitStack() as stack:
        stack.enter_context(alone(house.database))
        await stack.enter_async_context(relaying(house))
        address = await stack.enter_async_context(listening(house))
        if workers:
            await stack.enter_async_context(working(house))
        stay()
        sys.stdout.write("\n".join((*await greeting(house, address), "")))
        sys.stdout.flush()
        await stop.wait()
        log.info("Stopping.")


async def work(house: House) -> None:
    """Carry letters, forget and poll until told to stop."""
    stop = told_to_stop()
    with alone(house.database):
        async with relaying(house), working(house):
            stay()
            log.info(WORKING)
            await stop.wait()


@asynccontextmanager
async def relaying(house: House) -> AsyncIterator[None]:
    """Pass changes on between processes, where there can be several."""
    relay = Relay(house.database, house.announcer, house.keystore.derive("changes"))
    async with going(*(() if house.database.is_sqlite else (relay.run,))):
        yield


def told_to_stop() -> asyncio.Event:
    """Take notice of Ctrl+C, and of whoever runs this process and wants to end it."""
    stop = asyncio.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(each, stop.set)
    return stop


def stay() -> None:
    """Let what is there by now stay; looking it through for garbage costs a fifth of each turn."""
    gc.collect()
    gc.freeze()


def allow_many_connections() -> None:
    """Lift the number of open files to what is allowed: too few, and slow visitors lock us out."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = OPEN_FILES if hard == resource.RLIM_INFINITY else min(OPEN_FILES, hard)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


async def greeting(house: House, address: str) -> list[str]:
    """Say where everything is, and what is off and how to switch it on."""
    outside = house.settings.public_url or address
    rows = [f"Chat page    {outside}/chat", f"Staff desk   {outside}/staff"]
    link = await setup_link(house, outside)
    if link:
        rows.append(f"First member of staff: open {link} within 24 hours")
    if not house.settings.bot_token:
        rows.append("Telegram is off. To switch it on: set BOT_TOKEN to a token of @BotFather.")
    rows.append(READY)
    return rows
