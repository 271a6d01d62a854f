"""Thousands who say nothing, or say it drop by drop: nobody else waits, and they are let go."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from time import perf_counter

import pytest
from aiohttp import ClientSession, ClientTimeout

from bot.app import KEEP_ALIVE_S
from tests.attacks.crew import BOTH, Crew
from tests.attacks.measures import Measure, at

CLIENTS, OPENED_A_SECOND = 4000, 500
DROP_S, SHOWN_S, LEFT_AFTER_S = 2.0, 30.0, 30.0
WAITS_MS, LEFT_PERCENT = 250, 5
NORMAL_EVERY_S = 0.1
HEAD = b"POST /chat HTTP/1.1\r\nHost: a\r\nSec-Fetch-Site: same-origin\r\n"
FORM = b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 9999\r\n\r\n"
BEGINNINGS = (b"", HEAD, HEAD + FORM)
DROPS = (b"", b"X-A: b\r\n", b"a")

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)


@dataclass(slots=True)
class Slow:
    """Clients who hold on to their connections: silent, in their headers, or in a body."""

    port: int
    here: int = 0
    tasks: list[asyncio.Task[None]] = field(default_factory=list)
    went: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def come(self, clients: int) -> None:
        """Open all connections, one soon after the other."""
        for number in range(clients):
            kind = number % len(BEGINNINGS)
            self.tasks.append(asyncio.create_task(self._stay(BEGINNINGS[kind], DROPS[kind])))
            await asyncio.sleep(1 / OPENED_A_SECOND)

    async def _stay(self, beginning: bytes, drop: bytes) -> None:
        with suppress(OSError):
            reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
            self.here += 1
            try:
                writer.write(beginning)
                while not await self._is_let_go(reader):
                    writer.write(drop)
            finally:
                self.here -= 1
                writer.close()
                async with self.went:
                    self.went.notify_all()

    async def left_after(self, seconds: float) -> int:
        """Wait until all were let go, but not longer than this; gives how many are here still."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds), self.went:
                await self.went.wait_for(lambda: not self.here)
        return self.here

    async def _is_let_go(self, reader: asyncio.StreamReader) -> bool:
        """Wait a little; an answer that is not the end changes nothing."""
        with suppress(TimeoutError):
            async with asyncio.timeout(DROP_S):
                return await reader.read() == b"" or reader.at_eof()
        return reader.at_eof()


@asynccontextmanager
async def besieged(port: int, clients: int) -> AsyncIterator[Slow]:
    """Have so many here."""
    slow = Slow(port)
    await slow.come(clients)
    try:
        yield slow
    finally:
        for task in slow.tasks:
            task.cancel()
        await asyncio.gather(*slow.tasks, return_exceptions=True)


async def asked_normally(port: int, seconds: float) -> list[float]:
    """Ask for a page again and again, each time over a new connection; gives milliseconds."""
    took, until = [], perf_counter() + seconds
    timeout = ClientTimeout(total=20)
    while (began := perf_counter()) < until:
        async with (
            ClientSession(timeout=timeout) as session,
            session.get(f"http://127.0.0.1:{port}/chat") as answer,
        ):
            assert answer.status == 200
            await answer.read()
        took.append((perf_counter() - began) * 1000)
        await asyncio.sleep(NORMAL_EVERY_S)
    return took


async def test_thousands_of_slow_clients_keep_nobody_waiting(crew: Crew, measure: Measure) -> None:
    member, clients = await crew.add(BOTH), measure.many(CLIENTS, least=60)
    normal = asyncio.create_task(asked_normally(member.port, SHOWN_S))
    async with besieged(member.port, clients) as slow:
        most = slow.here
        left = await slow.left_after(LEFT_AFTER_S)
    took = await normal
    measure.note(f"{most} slow clients at once")
    measure.below(WAITS_MS, at(99, took), "others wait, p99,", "ms")
    measure.below(LEFT_PERCENT, 100 * left / clients, "of the slow are left", "%")


async def test_a_house_that_lets_them_stay_is_found(crew: Crew) -> None:
    crew.fault = "wait_for_ever"
    member = await crew.add(BOTH)
    async with besieged(member.port, 60) as slow:
        assert await slow.left_after(KEEP_ALIVE_S + 3) > 60 * LEFT_PERCENT / 100
