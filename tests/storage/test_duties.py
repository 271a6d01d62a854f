"""What one process at a time may do is done by one, and by another as soon as that one is gone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import duties
from storage.calls import ask
from storage.database import Database
from storage.duties import Duty, alone, on_duty, take_turns
from storage.errors import Unavailable
from tests.databases import rows_of

PATIENCE_S = 20
WAITS = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
CUT = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"

on_postgresql = pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
on_sqlite = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look around often, so that nobody waits long for these tests."""
    monkeypatch.setattr(duties, "LOOKS_EVERY_S", 0.05)


@dataclass
class Worker:
    """A process, as far as others can see: it works from when it has the duty until it ends."""

    database: Database
    works: asyncio.Event = field(default_factory=asyncio.Event)
    ended: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self) -> None:
        self.works.set()
        try:
            await asyncio.Event().wait()
        finally:
            self.ended.set()

    @asynccontextmanager
    async def applying(self) -> AsyncIterator[asyncio.Task[None]]:
        task = asyncio.create_task(on_duty(self.database, Duty.TELEGRAM, self.run))
        try:
            async with asyncio.timeout(PATIENCE_S):
                yield task
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


@pytest.fixture
def refused(monkeypatch: pytest.MonkeyPatch) -> asyncio.Queue[str]:
    """Hear of each time that somebody asked for a duty and did not get it."""
    refused: asyncio.Queue[str] = asyncio.Queue()

    async def asked(line: AsyncConnection, statement: str) -> bool:
        answer = await ask(line, statement)
        if not answer:
            refused.put_nowait(statement)
        return answer

    monkeypatch.setattr(duties, "ask", asked)
    return refused


@on_postgresql
async def test_one_process_has_a_duty_and_another_takes_it_over(
    database: Database, refused: asyncio.Queue[str]
) -> None:
    first, second = Worker(database), Worker(database)
    async with second.applying():
        await second.works.wait()
        async with first.applying():
            for _ in range(2):
                await refused.get()
            assert not first.works.is_set()
    async with first.applying():
        await first.works.wait()


@on_postgresql
async def test_who_loses_the_connection_stops_before_anybody_else_begins(
    database: Database,
) -> None:
    first, second = Worker(database), Worker(database)
    async with first.applying() as task:
        await first.works.wait()
        await rows_of(database, CUT)
        with pytest.raises(Unavailable):
            await task
        assert first.ended.is_set()
    async with second.applying():
        await second.works.wait()


@on_postgresql
async def test_a_duty_that_is_done_is_over(database: Database) -> None:
    done = asyncio.Event()

    async def run() -> None:
        done.set()

    await on_duty(database, Duty.TELEGRAM, run)
    assert done.is_set()


@on_postgresql
async def test_what_a_duty_raises_is_raised(database: Database) -> None:
    async def run() -> None:
        raise LookupError

    with pytest.raises(LookupError):
        await on_duty(database, Duty.TELEGRAM, run)


@on_postgresql
async def test_transactions_take_turns(database: Database) -> None:
    entered = asyncio.Event()

    async def second() -> None:
        async with database.begin() as db:
            await take_turns(db, Duty.NOTICES)
            entered.set()

    async with asyncio.timeout(PATIENCE_S), database.begin() as db:
        await take_turns(db, Duty.NOTICES)
        waiting = asyncio.create_task(second())
        while await rows_of(database, WAITS) == [(0,)]:
            pass
        assert not entered.is_set()
    await waiting
    assert entered.is_set()


@on_sqlite
async def test_an_sqlite_file_has_one_process_that_works_on_it(database: Database) -> None:
    with (
        alone(database),
        pytest.raises(Unavailable, match="another process works on"),
        alone(database),
    ):
        pass
    with alone(database):
        pass


@on_postgresql
async def test_a_postgresql_database_has_as_many_as_it_is_given(database: Database) -> None:
    with alone(database), alone(database):
        pass


def test_each_duty_has_a_number_of_its_own() -> None:
    assert len(Duty.__members__) == len(set(Duty))
