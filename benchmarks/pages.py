"""What a turn costs while five hundred chat pages are open, beside what it costs while one is.

Every page is of somebody else. A change wakes whoever looks at it and nobody else, so that the
others cost nothing; what is told is what the process computed for a turn.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from aiohttp import ClientSession, ClientWebSocketResponse, CookieJar

from benchmarks.processes import OUR_CORES, Command, cpu_seconds, running
from dialogs.frozen import Frozen
from tests.attacks.crew import free_port
from tests.houses import ROOT
from tests.web.visits import OUR_OWN, Page

FEW, MANY, TURNS = 1, 500, 300
WITHIN = 1.25
PATIENCE_S = 30.0
AGAIN_S = 0.1


class Visitor(Frozen):
    """Somebody at the chat page, whose page is open."""

    browser: ClientSession
    home: str

    async def opens(self) -> Page:
        async with self.browser.get(f"{self.home}/chat", headers=OUR_OWN) as answer:
            return Page(answer, await answer.text())

    async def presses(self, page: Page, button: str) -> Page:
        fields = page.form | {"press": button}
        async with self.browser.post(f"{self.home}/chat", headers=OUR_OWN, data=fields) as answer:
            return Page(answer, await answer.text())

    async def listens(self) -> ClientWebSocketResponse:
        origin = {"Origin": self.home}
        return await self.browser.ws_connect(f"{self.home}/chat/ws", headers=origin)


@asynccontextmanager
async def visitor(home: str) -> AsyncIterator[Visitor]:
    """Let somebody begin a conversation."""
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as browser:
        visitor = Visitor(browser, home)
        await visitor.presses(await visitor.opens(), "welcome.language:nl")
        yield visitor


@asynccontextmanager
async def house(folder: Path) -> AsyncIterator[tuple[int, str]]:
    """Run a house; gives its process id and its address."""
    port = free_port()
    environment = {
        "PYTHONPATH": str(ROOT),
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "ORGANISATION_FILE": str(ROOT / "organisation.toml"),
    }
    home = f"http://127.0.0.1:{port}"
    async with running(Command((sys.executable, "-m", "bot", "serve"), environment, folder)) as pid:
        async with asyncio.timeout(PATIENCE_S), ClientSession() as monitor:
            # It is another process, that cannot tell us.
            while not await is_ready(monitor, home):  # noqa: ASYNC110
                await asyncio.sleep(AGAIN_S)
        yield pid, home


async def is_ready(monitor: ClientSession, home: str) -> bool:
    try:
        async with monitor.get(f"{home}/readyz") as answer:
            return answer.status == 200
    except OSError:
        return False


@dataclass(slots=True)
class Told:
    """How often a page was told that something changed, and whether it was."""

    times: int = 0
    once: asyncio.Event = field(default_factory=asyncio.Event)

    async def hear(self, page: ClientWebSocketResponse) -> None:
        async for _ in page:
            self.times += 1
            self.once.set()


@asynccontextmanager
async def open_page(home: str) -> AsyncIterator[tuple[Visitor, Told]]:
    """Let somebody begin a conversation, and leave their page open."""
    told = Told()
    async with visitor(home) as somebody, await somebody.listens() as page:
        hearing = asyncio.create_task(told.hear(page))
        yield somebody, told
        hearing.cancel()


async def cost(pid: int, home: str, pages: int) -> tuple[float, int]:
    """Give microseconds that a turn computes, and how often others were told of it."""
    async with AsyncExitStack() as stack:
        opened = [await stack.enter_async_context(open_page(home)) for _ in range(pages)]
        (speaker, own), *others = opened
        own.once.clear()
        before = sum(told.times for _, told in others)
        page, began = await speaker.opens(), cpu_seconds(pid)
        for number in range(TURNS):
            button = "everywhere.go:menu" if number % 2 else "everywhere.go:language"
            page = await speaker.presses(page, button)
        computed = cpu_seconds(pid) - began
        async with asyncio.timeout(PATIENCE_S):
            await own.once.wait()
        return computed / TURNS * 1e6, sum(told.times for _, told in others) - before


async def run() -> int:
    """Measure both; 1 when open pages cost more than they may, or the wrong ones are told."""
    os.sched_setaffinity(0, OUR_CORES)
    few, _ = await measured(FEW)
    many, told = await measured(MANY)
    print(f"ratio {many / few:.2f}")
    return 1 if told or many > few * WITHIN else 0


async def measured(pages: int) -> tuple[float, int]:
    """Measure with so many pages open, in a house of its own."""
    with tempfile.TemporaryDirectory(prefix="pages") as folder:
        async with house(Path(folder)) as (pid, home):
            computed, told = await cost(pid, home, pages)
    print(f"{pages:>6} open pages {computed:>8.0f} us a turn, others told {told}", flush=True)
    return computed, told


if __name__ == "__main__":
    sys.exit(asyncio.run(run()))
