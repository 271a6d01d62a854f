"""What changes in one process is seen on the open pages of all others on the same PostgreSQL."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from uuid import UUID

import pytest

from bot import relay
from bot.announcer import QUEUES, Announcer, of_person, of_referral
from bot.app import relaying
from bot.house import House
from bot.opening import opened
from bot.relay import MOST_SIGNS, Relay
from bot.settings import Settings
from storage.calls import listen
from storage.database import Database
from tests.databases import rows_of
from tests.houses import StillClock, Visitor

pytestmark = pytest.mark.parametrize("kind", ["postgresql"], indirect=True)

PATIENCE_S = 20
KEY = b"a key of the whole house"
CUT = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE query ~ 'LISTEN|pg_notify' AND pid <> pg_backend_pid()
"""
ANYBODY = UUID(int=7)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Notice a cut soon, so that nobody waits long for these tests."""
    monkeypatch.setattr(relay, "SPEAKS_EVERY_S", 0.05)
    monkeypatch.setattr(relay, "AGAIN_S", 0.05)


@asynccontextmanager
async def process(database: Database, key: bytes = KEY) -> AsyncIterator[Announcer]:
    """Run another process, as far as changes are concerned; it hears when this begins."""
    announcer = Announcer()
    with announcer.listening("begun") as begun:
        running = asyncio.create_task(Relay(database, announcer, key).run())
        try:
            async with asyncio.timeout(PATIENCE_S):
                assert await begun.wait() == {"begun"}
                yield announcer
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)


async def overheard(
    database: Database, act: Callable[[], None], until: Callable[[str], bool]
) -> list[str]:
    """Give the calls that anybody with the database can hear, up to one of them."""
    calls: asyncio.Queue[str] = asyncio.Queue()
    async with database.line() as line:
        await listen(line, calls.put_nowait)
        act()
        heard = [await calls.get()]
        while not until(heard[-1]):
            heard.append(await calls.get())
    return heard


async def test_a_change_there_is_heard_here(database: Database) -> None:
    async with process(database) as here, process(database) as there:
        with here.listening(QUEUES, of_person(ANYBODY)) as changes:
            there.announce(QUEUES, of_referral(ANYBODY))
            assert await changes.wait() == {QUEUES}
            there.announce(of_person(ANYBODY))
            assert await changes.wait() == {of_person(ANYBODY)}


async def test_what_somebody_writes_in_one_process_wakes_the_pages_of_another(
    house: House, settings: Settings, clock: StillClock
) -> None:
    async with opened(settings, clock) as other, relaying(house), relaying(other):
        with other.announcer.listening(QUEUES) as changes:
            await Visitor(house).sends_a_request()
            assert QUEUES in await changes.wait(PATIENCE_S)


async def test_many_changes_at_once_are_all_heard(database: Database) -> None:
    names = {of_person(UUID(int=number)) for number in range(2 * MOST_SIGNS + 1)}
    async with process(database) as here, process(database) as there:
        with here.listening(*names) as changes:
            there.announce(*names)
            heard: set[str] = set()
            while heard != names:
                heard |= await changes.wait()


async def test_a_change_is_told_here_once(database: Database) -> None:
    async with process(database) as here, process(database) as there:
        with here.listening(QUEUES, "later") as changes:
            here.announce(QUEUES)
            assert await changes.wait() == {QUEUES}
            # By the time this comes, an echo would have come too.
            with there.listening(QUEUES) as elsewhere:
                here.announce(QUEUES)
                await elsewhere.wait()
            await changes.wait()
            there.announce("later")
            assert await changes.wait() == {"later"}


async def test_after_a_cut_everybody_looks_again_and_nothing_of_here_is_lost(
    database: Database,
) -> None:
    async with process(database) as here, process(database) as there:
        with here.listening(QUEUES) as changes, there.listening("mine") as others:
            await rows_of(database, CUT)
            here.announce("mine")
            assert await changes.wait() == {QUEUES}
            assert await others.wait() == {"mine"}


async def test_who_has_no_key_learns_nobodys_id(database: Database) -> None:
    async with process(database) as here:
        heard = await overheard(database, lambda: here.announce(of_person(ANYBODY)), bool)
        assert str(ANYBODY) not in heard[-1]
        assert len(heard[-1]) == 2 * relay.SIGN_BYTES


async def test_a_house_with_another_key_is_not_heard(database: Database) -> None:
    async with process(database) as here, process(database, b"another") as there:
        with here.listening(QUEUES, "begun") as changes:
            await overheard(database, lambda: there.announce(QUEUES), bool)
            assert await changes.wait(0.2) == set()
