"""Keeps going what goes on without anybody asking, and holds up nothing for what fails."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

from bot.errors import DoorError
from storage.errors import StorageError

log = logging.getLogger(__name__)

Warn = Callable[[str], object]
"""Writes what failed into the log of whoever looks or sends; it is given the error's class."""

PAUSE_S = 5.0
REFUSED_S = 60.0


@asynccontextmanager
async def going(*runs: Callable[[], Awaitable[None]]) -> AsyncIterator[None]:
    """Keep all of this going for as long as this lasts."""
    tasks = [asyncio.create_task(keep_going(run)) for run in runs]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        for task in tasks:
            with suppress(asyncio.CancelledError):
                await task


async def keep_going(run: Callable[[], Awaitable[None]]) -> None:
    """Do something for as long as this process lives; a fault of ours must not end it unseen."""
    while True:
        try:
            await run()
            return
        except DoorError as error:
            log.error("%s", error)  # noqa: TRY400 - the line says it all
            pause_s = REFUSED_S
        except Exception as error:  # noqa: BLE001 - whatever it is, letters must go on
            # The class only: the text of an error may repeat what somebody wrote.
            log.error("Something failed (%s) and is begun again.", type(error).__name__)  # noqa: TRY400
            pause_s = PAUSE_S
        await asyncio.sleep(pause_s)


async def every(
    seconds: float,
    look: Callable[[], Awaitable[object]],
    warn: Warn,
    wait: Callable[[float], Awaitable[object]] = asyncio.sleep,
) -> None:
    """Look around, and again that much later, until cancelled; storage may be away meanwhile.

    `wait` is given the seconds; it may be over earlier for who hears that there is something new.
    """
    while True:
        try:
            await look()
        except StorageError as error:
            warn(type(error).__name__)
        await wait(seconds)


async def went(sending: Awaitable[object], warn: Warn) -> bool:
    """Say whether something could be sent, and warn of what no door took."""
    try:
        await sending
    except DoorError as error:
        warn(type(error).__name__)
        return False
    return True
