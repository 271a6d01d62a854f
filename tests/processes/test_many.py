"""Processes beside each other: many on one PostgreSQL, one on an SQLite file."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from aiohttp import ClientSession, CookieJar

from bot.app import WORKING
from bot.house import House
from bot.opening import opened
from bot.settings import Settings
from storage import messages, referrals
from storage.messages import Author
from tests.botapi.phone import Phone
from tests.botapi.server import BotApi
from tests.houses import StillClock
from tests.journeys.test_telegram import to_a_sent_request
from tests.processes.conftest import Process
from tests.processes.forked import Forked
from tests.web.visits import OUR_OWN, Page

ELECTED = "has the duty TELEGRAM now"
POLLED_BESIDE = "another process polls"


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize("command", ["serve", "work"])
async def test_a_second_process_on_one_sqlite_file_is_refused(
    process: Process, command: str
) -> None:
    await process.start()
    code, out, err = await process.run(command)
    assert (code, out) == (75, "")
    assert err.splitlines()[-1].startswith("handreiking: another process works on ")
    assert await process.read("referrals") == []
    await process.kill()
    await process.start()


@dataclass(eq=False)
class Worker:
    """A process that only works, and what it has written to its log."""

    process: Forked
    log: list[str] = field(default_factory=list)

    def has_said(self, words: str) -> bool:
        return any(words in line for line in self.log)


@dataclass
class Workers:
    """Processes that only work, beside each other; their logs are read while they write."""

    process: Process
    botapi: BotApi
    running: list[Worker] = field(default_factory=list)
    readers: list[asyncio.Task[None]] = field(default_factory=list)
    wrote: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def add(self) -> None:
        """Start one more, and wait until it works."""
        worker = Worker(await self.process.command("work"))
        self.running.append(worker)
        self.readers.append(asyncio.create_task(self._read(worker)))
        async with self.wrote:
            await self.wrote.wait_for(lambda: worker.has_said(WORKING))

    async def _read(self, worker: Worker) -> None:
        assert worker.process.stderr is not None
        async for line in worker.process.stderr:
            async with self.wrote:
                worker.log.append(line.decode())
                self.wrote.notify_all()

    async def kill_who_polls(self) -> None:
        """End that one as the power would."""
        polls = await self.who_polls()
        polls.process.kill()
        await polls.process.wait()

    async def who_polls(self) -> Worker:
        """Wait until one of them speaks with Telegram, and give it."""
        async with self.wrote:
            (polls,) = await self.wrote.wait_for(lambda: self.polling)
        return polls

    @property
    def alive(self) -> list[Worker]:
        return [each for each in self.running if each.process.returncode is None]

    @property
    def polling(self) -> list[Worker]:
        return [each for each in self.alive if each.has_said(ELECTED)]

    async def end(self) -> None:
        """Ask all that are left to end, and see that no two of them ever polled at once."""
        left = [each.process for each in self.alive]
        for each in left:
            each.terminate()
        async with asyncio.timeout(10):
            assert await asyncio.gather(*(each.wait() for each in left)) == [0] * len(left)
        await asyncio.gather(*self.readers)
        assert not any(each.has_said(POLLED_BESIDE) for each in self.running)
        assert self.botapi.mistakes == []


@pytest.fixture
async def workers(process: Process, botapi: BotApi) -> AsyncIterator[Workers]:
    """Two of them, on one PostgreSQL."""
    workers = Workers(process, botapi)
    await workers.add()
    await workers.add()
    await workers.who_polls()
    yield workers
    await workers.end()


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
async def test_when_the_one_that_polls_is_killed_another_does_within_fifteen_seconds(
    workers: Workers, phone: Phone
) -> None:
    await phone.say("/start")
    await phone.screen()
    await workers.kill_who_polls()
    async with asyncio.timeout(15):
        await phone.press("welcome.language:nl")
        while "welcome.role:victim" not in (await phone.screen()).buttons:
            pass


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
async def test_what_somebody_writes_while_workers_are_killed_is_all_there_once_and_in_order(
    workers: Workers, botapi: BotApi, phone: Phone, settings: Settings, clock: StillClock
) -> None:
    # A message that was changed before a kill is changed once more after it.
    botapi.allow("message is not modified")
    await to_a_sent_request(phone)
    said = [f"Zin {number}." for number in range(60)]
    for number, words in enumerate(said):
        await phone.say(words)
        if number % 20 == 10:
            await workers.add()
            await workers.kill_who_polls()
    async with asyncio.timeout(60):
        await botapi.mail.settled()
    async with opened(settings, clock) as house:
        assert await thread(house) == said


async def thread(house: House) -> list[str]:
    """Read all that its person wrote about the one request there is."""
    async with house.database.reading() as db:
        (referral,) = await referrals.everything(db)
        assert referral.person_id is not None
        seal = await house.keystore.seal_of(referral.person_id)
        thread = await messages.thread(db, seal, referral.id)
        return [each.words for each in thread if each.author is Author.PERSON]


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
async def test_a_page_that_is_open_at_one_process_hears_of_another(
    process: Process, unused_tcp_port_factory: Callable[[], int], tmp_path: Path
) -> None:
    elsewhere = {**process.environment, "PORT": str(unused_tcp_port_factory())}
    other = Process(elsewhere, tmp_path / "other")
    other.folder.mkdir()
    cookies = CookieJar(unsafe=True)
    async with ended(other), at(process, cookies) as here, at(other, cookies) as there:
        await asyncio.gather(*(each.start("--no-workers") for each in (process, other)))
        await press(here, "welcome.language:nl")
        origin = {"Origin": address(process)}
        async with asyncio.timeout(10), here.ws_connect("/chat/ws", headers=origin) as page:
            await press(there, "welcome.role:victim")
            assert await page.receive_json() == {"changed": ["conversation"]}


@asynccontextmanager
async def ended(process: Process) -> AsyncIterator[None]:
    """Leave no process behind."""
    try:
        yield
    finally:
        if process.running is not None:
            await process.kill()


def address(process: Process) -> str:
    return f"http://127.0.0.1:{process.environment['PORT']}"


def at(process: Process, cookies: CookieJar) -> ClientSession:
    return ClientSession(address(process), cookie_jar=cookies)


async def press(browser: ClientSession, button: str) -> None:
    """Press a button of the page as it is there now."""
    async with browser.get("/chat", headers=OUR_OWN) as answer:
        page = Page(answer, await answer.text())
    assert button in page.buttons
    async with browser.post("/chat", headers=OUR_OWN, data=page.form | {"press": button}) as answer:
        assert answer.status == 200
