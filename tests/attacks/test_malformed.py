"""Ten thousand requests that no browser sends, at every address: none is answered with an error."""

from __future__ import annotations

import asyncio
import base64
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from random import Random
from time import perf_counter

import pytest

from bot.app import make_app
from bot.clock import Clock
from bot.opening import opened
from bot.settings import Settings
from tests.attacks.crew import BOTH, Crew, Member, free_port
from tests.attacks.malformed import BROKEN, Address, Malformed
from tests.attacks.measures import Measure, at, memory_mb
from tests.botapi.server import BotApi
from tests.console.colleagues import hired, session_of

# By then each page was drawn once, and what is kept of it is there.
MANY, SOCKETS, WARM = 10_000, 500, 2_000
AT_ONCE = 4
PATIENCE_S = 20
# Who is still listened to by then waits for more, and nothing more comes.
SOON_S = 0.3
SECRET = "known-to-telegram-and-to-this-test"
GROWS_MB, REFUSED_MS = 20, 50
SOCKET_ADDRESSES = ("/chat/ws", "/staff/ws")

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)


@dataclass(slots=True)
class Answers:
    """What came back: how often each status, 0 for none; and which requests failed."""

    statuses: Counter[int] = field(default_factory=Counter)
    failed: list[bytes] = field(default_factory=list)
    refused_ms: list[float] = field(default_factory=list)

    def note(self, request: bytes, status: int, took_s: float) -> None:
        self.statuses[status] += 1
        if status >= 500 or (not status and request not in BROKEN):
            self.failed.append(request[:300])
        elif status >= 400:
            self.refused_ms.append(took_s * 1000)


async def asked(port: int, request: bytes, more_s: float = PATIENCE_S) -> int:
    """Send a request and read to the end, or until nothing more comes for so many seconds.

    Gives the status, or 0 when there was none.
    """
    loop = asyncio.get_running_loop()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    answer = b""
    with suppress(OSError, TimeoutError):
        writer.write(request)
        async with asyncio.timeout(SOON_S if request in BROKEN else PATIENCE_S) as patience:
            while part := await reader.read(2**16):
                answer += part
                patience.reschedule(loop.time() + more_s)
    writer.close()
    first = answer.split(b"\r\n", 1)[0].split(b" ")
    return int(first[1]) if len(first) > 1 else 0


async def all_asked(port: int, requests: Iterator[bytes], more_s: float = PATIENCE_S) -> Answers:
    """Send requests, a few at once."""
    answers = Answers()

    async def go_on() -> None:
        for request in requests:
            began = perf_counter()
            status = await asked(port, request, more_s)
            answers.note(request, status, perf_counter() - began)

    await asyncio.gather(*(go_on() for _ in range(AT_ONCE)))
    return answers


def opening(path: str, port: int, session: str) -> bytes:
    """Write the request that opens a socket."""
    key = base64.b64encode(bytes(16)).decode()
    own = f"127.0.0.1:{port}"
    return (
        f"GET {path} HTTP/1.1\r\nHost: {own}\r\nOrigin: http://{own}\r\nCookie: sid={session}\r\n"
        f"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        f"Sec-WebSocket-Key: {key}\r\n\r\n"
    ).encode()


@pytest.fixture
async def sessions(settings: Settings) -> list[str]:
    """Cookies of colleagues, enough of them that not all are signed out."""
    async with opened(settings, Clock()) as house:
        member = await hired(house, "Noor")
        return [await session_of(house, member) for _ in range(200)]


@pytest.fixture
async def addresses(settings: Settings) -> list[Address]:
    """Every address of the program."""
    async with opened(settings, Clock()) as house:
        return [
            Address(route.method, route.resource.canonical)
            for route in make_app(house).router.routes()
            if route.resource is not None
        ]


@pytest.fixture(autouse=True)
def nobody_there(botapi: BotApi) -> None:
    """Let Telegram refuse answers to chats and presses that never were."""
    botapi.allow("chat not found", "query is too old", "chat_id", "callback_query_id")


async def begun(crew: Crew) -> Member:
    crew.environment |= {"PUBLIC_URL": f"http://127.0.0.1:{free_port()}", "WEBHOOK_SECRET": SECRET}
    return await crew.add(BOTH)


async def test_nothing_malformed_makes_an_error(
    crew: Crew, measure: Measure, addresses: list[Address], sessions: list[str]
) -> None:
    member = await begun(crew)
    malformed = Malformed(Random(5), addresses, sessions, SECRET)
    requests = iter(malformed.request, None)
    await all_asked(member.port, islice(requests, measure.many(WARM, least=50)))
    before, pid = memory_mb(member.pid), member.pid
    answers = await all_asked(member.port, islice(requests, measure.many(MANY, least=300)))
    opens = (
        opening(path, member.port, sessions[0]) + malformed.frames()
        for _ in range(measure.many(SOCKETS, least=20))
        for path in SOCKET_ADDRESSES
    )
    sockets = await all_asked(member.port, opens, SOON_S)
    measure.note(told(answers.statuses) + "; sockets " + told(sockets.statuses))
    measure.below(GROWS_MB, memory_mb(member.pid) - before, "memory grows", "MB")
    measure.below(REFUSED_MS, at(99, answers.refused_ms), "refused, p99,", "ms")
    assert (answers.failed, sockets.failed) == ([], [])
    assert member.pid == pid
    assert (
        await asked(member.port, b"GET /readyz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        == 200
    )


async def test_a_house_that_reads_without_care_is_found(
    crew: Crew, addresses: list[Address]
) -> None:
    crew.fault = "read_json_without_care"
    member = await begun(crew)
    malformed = Malformed(Random(5), addresses, (), SECRET)
    answers = await all_asked(member.port, islice(iter(malformed.request, None), 300))
    assert answers.failed


def told(statuses: Counter[int]) -> str:
    """Say how often each status came."""
    return ", ".join(
        f"{count} x {status or 'closed'}" for status, count in sorted(statuses.items())
    )
