"""What is said over a line: a question with an answer that is not waited for long, and calls.

A call is heard by every process that listens at that moment, and kept by nobody.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from sqlalchemy.ext.asyncio import AsyncConnection

from storage.errors import Unavailable

CHANNEL = "handreiking"
ANSWERS_WITHIN_S = 4.0
# PostgreSQL takes a call of fewer than 8,000 bytes.
LONGEST = 7_999


async def ask(line: AsyncConnection, statement: str, *values: str) -> bool:
    """Give the answer, which is yes or no; raise Unavailable when none comes soon."""
    try:
        async with asyncio.timeout(ANSWERS_WITHIN_S):
            return bool((await line.exec_driver_sql(statement, values)).scalar())
    except TimeoutError as error:
        raise Unavailable("the database does not answer") from error


async def call(line: AsyncConnection, text: str) -> None:
    """Call something to the other processes; at most `LONGEST` bytes."""
    await ask(line, "SELECT pg_notify($1, $2) IS NULL", CHANNEL, text)


async def listen(line: AsyncConnection, heard: Callable[[str], None]) -> None:
    """Listen to the calls of other processes for as long as the line is open."""
    driver = (await line.get_raw_connection()).driver_connection
    assert driver is not None  # noqa: S101 - for the type checker: the line is open
    own = driver.get_server_pid()

    def called(_driver: object, caller: int, _channel: str, text: str) -> None:
        if caller != own:
            heard(text)

    try:
        await driver.add_listener(CHANNEL, called)
    except Exception as error:
        # The errors of the driver have nothing else in common.
        raise Unavailable(f"calls cannot be heard: {type(error).__name__}") from error
