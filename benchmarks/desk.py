"""How much longer the desk takes with a hundred times as many requests, on both databases.

Each page is asked for through HTTP; what is told is the median with many requests over the median
with few, in one run on one machine. The plans of the queries are looked through as well: none may
read a whole table of requests or messages.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from itertools import pairwise
from pathlib import Path

from sqlalchemy import event

from benchmarks.filling import fill
from bot.clock import Clock
from bot.house import House
from bot.opening import migrate_both, opened
from bot.settings import Settings
from storage.database import Database
from storage.staff_values import StaffRole
from tests.console.colleagues import Colleague, Office, address, opened_office
from tests.databases import Postgres
from tests.houses import ROOT

FEW, MANY = 1_000, 100_000
WARMING, TIMES = 3, 21
AT_MOST = 2.0
WHOLE = ("SCAN referral", "SCAN message", "Seq Scan on referral", "Seq Scan on message")

Times = dict[str, float]
Asked = tuple[str, object]


@asynccontextmanager
async def house_at(folder: Path, data_url: str, keys_url: str) -> AsyncIterator[House]:
    """Open a house on databases of its own."""
    settings = Settings(
        port=0,
        database_url=data_url,
        keystore_url=keys_url,
        key_file=folder / "master.json",
        organisation_file=ROOT / "organisation.toml",
    )
    await migrate_both(settings)
    async with opened(settings, Clock()) as house:
        yield house


@asynccontextmanager
async def office_at(folder: Path, data_url: str, keys_url: str) -> AsyncIterator[Office]:
    """Open such a house behind an address."""
    async with house_at(folder, data_url, keys_url) as house, opened_office(house) as office:
        yield office


async def measure(office: Office, requests: int) -> tuple[Times, list[str]]:
    """Give the median of each page in seconds, and what is wrong with the plan of a query."""
    house = office.house
    noor = await office.colleague("Noor", roles=list(StaffRole))
    await fill(house, noor.member, requests)
    if not house.database.is_sqlite:
        await house.database.scrub("referral", "person", "figure")
    _, referral = await office.request()
    await noor.claims(referral)
    for _ in range(20):
        await noor.writes(referral, "Een antwoord.")
    pages = {
        "who waits": "/staff/queue?view=waiting",
        "mine": "/staff/queue?view=mine",
        "what ended": "/staff/queue?view=closed",
        "one language": "/staff/queue?view=waiting&language=en",
        "a conversation": address(referral),
        "the figures": "/staff/figures",
        "the bar": "/staff/fragments/bar",
    }
    times, bad = {}, []
    for name, path in pages.items():
        with statements_of(house.database) as asked:
            page = await noor.get(path)
        assert page.status == 200, (path, page.status)
        bad += [f"{name}: {line}" for line in await whole_tables(house, asked)]
        times[name] = await median_of(noor, path)
    return times, bad


async def median_of(colleague: Colleague, path: str) -> float:
    taken = []
    for number in range(WARMING + TIMES):
        began = time.perf_counter()
        await colleague.get(path)
        if number >= WARMING:
            taken.append(time.perf_counter() - began)
    return statistics.median(taken)


@contextmanager
def statements_of(database: Database) -> Iterator[list[Asked]]:
    """Note every SELECT that is asked meanwhile, with its values."""
    asked: list[Asked] = []
    engine = database._reader.sync_engine

    def note(_c: object, _cursor: object, statement: str, values: object, *_: object) -> None:
        if statement.lstrip().upper().startswith("SELECT"):
            asked.append((statement, values))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", note)


async def whole_tables(house: House, asked: list[Asked]) -> list[str]:
    """List the lines of query plans that read a whole table which grows with the requests."""
    explain = "EXPLAIN QUERY PLAN " if house.database.is_sqlite else "EXPLAIN "
    found = []
    async with house.database.reading() as db:
        connection = await db.connection()
        for statement, values in asked:
            rows = await connection.exec_driver_sql(explain + statement, values)  # type: ignore[arg-type]
            lines = [str(row[-1]).strip() for row in rows]
            found += [
                line
                # What is read up to a limit ends early, and a planner may choose to begin anywhere.
                for above, line in pairwise(("", *lines))
                if any(each in line for each in WHOLE) and "Limit" not in above
            ]
    return found


async def both_sizes(kind: str, urls: Iterator[tuple[Path, str, str]]) -> list[str]:
    """Measure with few and with many; print the ratios and give what is wrong."""
    found, bad = [], list[str]()
    for requests in (FEW, MANY):
        folder, data_url, keys_url = next(urls)
        async with office_at(folder, data_url, keys_url) as office:
            times, bad = await measure(office, requests)
        found.append(times)
    # Of a small table a database reads all of it, and rightly so.
    wrong = [f"{kind}: {line}" for line in bad]
    few, many = found
    print(f"\n{kind}: {'page':<18}{FEW:>10,}{MANY:>12,}   ratio")
    for name, seconds in few.items():
        ratio = many[name] / seconds
        mark = "" if ratio <= AT_MOST else f"   more than {AT_MOST:.0f} times"
        before, after = (f"{each * 1000:.1f} ms" for each in (seconds, many[name]))
        print(f"{'':<{len(kind) + 2}}{name:<18}{before:>10}{after:>12}{ratio:>8.2f}{mark}")
    return wrong


def sqlite_urls(folder: Path) -> Iterator[tuple[Path, str, str]]:
    for name in ("few", "many"):
        place = folder / name
        place.mkdir()
        yield place, f"sqlite+aiosqlite:///{place}/data.db", f"sqlite+aiosqlite:///{place}/keys.db"


def postgres_urls(folder: Path, server: Postgres) -> Iterator[tuple[Path, str, str]]:
    for name in ("few", "many"):
        place = folder / f"pg_{name}"
        place.mkdir()
        for kind in ("data", "keys"):
            server.run(f"CREATE DATABASE {kind}_{name}")
        yield place, server.url(f"data_{name}"), server.url(f"keys_{name}")


async def run() -> int:
    """Measure both databases; 1 when a query reads a whole table."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        wrong = await both_sizes("SQLite", sqlite_urls(folder))
        server = Postgres()
        try:
            wrong += await both_sizes("PostgreSQL", postgres_urls(folder, server))
        finally:
            server.stop()
    for line in wrong:
        print(line)
    print("\nNo query reads a whole table." if not wrong else "")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(run()))
