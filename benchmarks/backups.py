"""How long it takes to copy a house of 10,000 requests, to put it back, and to open all of it.

Each request has its person, with a key, and eight sealed messages. What is told are
seconds on this machine, beside those in which the same rows are only read.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from collections.abc import Awaitable
from pathlib import Path

from sqlmodel import insert, select

from benchmarks.desk import office_at
from benchmarks.filling import fill
from bot.backups import back_up, restore
from bot.clock import Clock
from bot.house import House
from dialogs.frozen import replace
from storage import schema
from storage.selfcheck import try_everything
from storage.staff_values import StaffRole
from storage.tables import MessageRow, ReferralRow
from tests.databases import Postgres

REQUESTS, MESSAGES, A_PORTION = 10_000, 8, 500
WORDS = "Woorden van een testpersoon. " * 9
AT_MOST_S = 60.0

Row = dict[str, object]


async def seconds(work: Awaitable[object]) -> float:
    began = time.perf_counter()
    await work
    return time.perf_counter() - began


async def write_to_all(house: House) -> None:
    """Give everybody a key, and each request its messages."""
    async with house.database.reading() as db:
        found = await db.exec(select(ReferralRow.id, ReferralRow.person_id))
        known = [(id, person_id) for id, person_id in found if person_id is not None]
    for start in range(0, len(known), A_PORTION):
        some = known[start : start + A_PORTION]
        people = [person_id for _, person_id in some]
        await house.keystore.make(people)
        seals = await house.keystore.seals(people)
        rows: list[Row] = []
        for referral_id, person_id in some:
            for seq in range(MESSAGES):
                id = house.clock.new_id()
                body = seals[person_id].seal("message", "body", id, WORDS)
                row: Row = {"id": id, "referral_id": referral_id, "person_id": person_id}
                rows.append(row | {"seq": seq, "author": "person", "body": body})
        async with house.database.begin() as db:
            await db.exec(insert(MessageRow), params=rows)


async def only_read(house: House) -> None:
    """Read every row, and do nothing with it."""
    async with house.database.snapshot() as db:
        connection = await db.connection()
        for table in await connection.run_sync(schema.tables_there):
            async with connection.stream(table.select()) as rows:
                async for _ in rows:
                    pass


async def measure(kind: str, folder: Path, urls: list[str]) -> bool:
    """Print what each takes on one kind of database; say whether none took too long."""
    data, keys, other_data, other_keys = urls
    async with office_at(folder, data, keys) as office:
        house = office.house
        noor = await office.colleague("Noor", roles=list(StaffRole))
        await fill(house, noor.member, REQUESTS)
        await write_to_all(house)
        settings = house.settings
        there = replace(settings, database_url=other_data, keystore_url=other_keys)
        copies = folder / "copies"
        clock = Clock()
        taken = {
            "only read": await seconds(only_read(house)),
            "backup": await seconds(back_up(settings, clock, copies)),
            "restore": await seconds(
                restore(there, clock, copies, replace=False, forget_keyless=False)
            ),
            "selfcheck": await seconds(try_everything(house.database, house.keystore)),
        }
    size = sum(path.stat().st_size for path in copies.iterdir()) / 1e6
    told = "   ".join(f"{name} {each:.1f} s" for name, each in taken.items())
    print(f"{kind}: {REQUESTS:,} requests, {size:.0f} MB   {told}")
    return max(taken.values()) < AT_MOST_S


async def run() -> int:
    """Measure both databases; 1 when something takes more than a minute."""
    names = ("data", "keys", "other_data", "other_keys")
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        files = [f"sqlite+aiosqlite:///{folder}/{name}.db" for name in names]
        is_quick = await measure("SQLite", folder, files)
        server = Postgres()
        try:
            for name in names:
                server.run(f"CREATE DATABASE {name}")
            place = folder / "pg"
            place.mkdir()
            is_quick &= await measure("PostgreSQL", place, [server.url(name) for name in names])
        finally:
            server.stop()
    return 0 if is_quick else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(run()))
