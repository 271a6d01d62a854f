"""The power goes again and again while people talk: what was acknowledged is on the disk."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from bot.opening import opened
from bot.settings import Settings
from dialogs.frozen import Frozen
from storage.database import migrate
from storage.schema import Schema
from tests.attacks.crew import BOTH, Crew, Front
from tests.attacks.measures import Measure
from tests.attacks.people import Street, looked_at
from tests.attacks.power import Disk
from tests.botapi.server import BotApi
from tests.databases import Place, Postgres, Supply
from tests.houses import StillClock, settings_of

PEOPLE = 30
ANSWERS = 10
LOSSES, FEW = 12, 4


@pytest.fixture
def server(kind: str) -> Iterator[Postgres | None]:
    """A server that this test alone has, where it is about one."""
    if kind == "sqlite":
        yield None
        return
    server = Postgres()
    server.be_durable()
    yield server
    server.stop()


@pytest.fixture
async def place(kind: str, tmp_path: Path, supply: Supply, server: Postgres | None) -> Place:
    """Two databases in their newest form, of which it may be known what is on the disk."""
    folder = tmp_path / "house"
    folder.mkdir()
    if server is None:
        return Place(kind, folder, *await supply.sqlite(folder))
    urls = []
    for schema in Schema:
        server.run(f"CREATE DATABASE {schema}")
        urls.append(server.url(schema))
        await migrate(urls[-1], schema)
    return Place(kind, folder, *urls)


class Power(Frozen, dict=True):
    """What one house runs on: its disk, and the server whose disk it is, if there is one."""

    crew: Crew
    disk: Disk
    server: Postgres | None

    def fail(self, lots: Random) -> None:
        """Let the power go, and come back; no process of the house runs any more."""
        if self.server:
            self.server.crash()
        self.disk.come_back(lots)
        if self.server:
            self.server.start()
            return
        for file in self.disk.live.glob("*.db"):
            with closing(sqlite3.connect(file)) as connection:
                assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        # Whoever closes a file last has written all of it into the database.
        self.disk.rest()


@pytest.fixture
async def power(
    place: Place,
    server: Postgres | None,
    crew: Crew,
    clock: StillClock,
    monkeypatch: pytest.MonkeyPatch,
) -> Power:
    """The power of a house that has its keys and was never used."""
    async with opened(settings_of(place), clock):
        pass
    if server:
        server.rest()
    disk = Disk.of(server.folder if server else place.folder)
    if server is None:
        crew.environment |= disk.environment
        return Power(crew, disk, None)
    for name, value in disk.environment.items():
        monkeypatch.setenv(name, value)
    server.start()
    return Power(crew, disk, server)


async def test_what_is_acknowledged_outlives_the_power(
    power: Power, botapi: BotApi, measure: Measure, settings: Settings, clock: StillClock
) -> None:
    street, losses = Street(botapi), measure.many(LOSSES, least=2)
    assert await lived_through(losses, street, power)
    measure.note(f"{losses} losses, {street.turns} answers, {street.twice} twice")
    measure.note(f"waited for the disk with what was to be acknowledged {power.disk.waits} times")
    assert await looked_at(street, settings, clock) == []


async def test_a_commit_that_does_not_wait_for_the_disk_is_found(
    power: Power, botapi: BotApi, settings: Settings, clock: StillClock
) -> None:
    power.crew.fault = "trust_the_cache"
    if power.server:
        power.server.run("ALTER SYSTEM SET synchronous_commit = off")
        power.server.run("SELECT pg_reload_conf()")
    street = Street(botapi, patience_s=3)
    await lived_through(FEW, street, power)
    assert any(each.startswith("not stored") for each in await looked_at(street, settings, clock))


async def lived_through(losses: int, street: Street, power: Power) -> bool:
    """Let the power go so often while people talk; False when they are not answered any more."""
    lots, crew = Random(1), power.crew
    async with Front(crew).open() as address:
        crew.environment["PUBLIC_URL"] = address
        member = await crew.add(BOTH)
        async with street.crowded(PEOPLE):
            for _ in range(losses):
                if not await street.further(ANSWERS):
                    return False
                await asyncio.sleep(lots.random() / 10)
                await member.kill()
                power.fail(lots)
                await member.start()
        return True
