"""What a turn costs with many chats stored beside what it costs with few, on both databases.

People who were here before go on, and newcomers greet. What is told is what the process computed
for a turn, so that other programs on the machine count less, and the memory it holds.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.desk import house_at, postgres_urls, sqlite_urls
from benchmarks.processes import memory_mb
from bot.envelopes import Envelope, Sender
from bot.house import House
from dialogs.events import Chose, Event, Started
from dialogs.frozen import Frozen
from dialogs.values import Session
from storage import conversations, people
from storage.conversations import NEW, Change
from storage.doors import Door
from storage.people import Newcomer
from tests.databases import Postgres

FEW, MANY, A_PORTION = 1_000, 100_000, 5_000
TOGETHER, ROUNDS = 64, 30
WITHIN = 1.25


class Cost(Frozen):
    """Microseconds that a turn computes, and megabytes that the process grew by meanwhile."""

    turn_us: float
    grown_mb: float


def sender(number: int) -> Sender:
    return Sender(Door.TELEGRAM, f"stored-{number}", "nl")


async def fill(house: House, chats: int) -> None:
    """Put down so many people who stand at the menu, as turns would leave them."""
    index = house.conductor._stage.reception.index
    for start in range(0, chats, A_PORTION):
        senders = [sender(number) for number in range(start, min(start + A_PORTION, chats))]
        ids = [house.clock.new_id() for _ in senders]
        await house.keystore.make(ids)
        seals = await house.keystore.seals(ids)
        new = [
            Newcomer(seals[id], index(each), each.door, each.address)
            for id, each in zip(ids, senders, strict=True)
        ]
        now = house.clock.now()
        async with house.database.begin() as db:
            await people.add_all(db, new, now.date())
            begun = [Change(seals[id], NEW, Session()) for id in ids]
            await conversations.save_all(db, begun, now)


async def turns(house: House, senders: Sequence[Sender], event: Event, about: str) -> None:
    """Let all of them do the same at once."""
    heard = (
        house.conductor.hear(Envelope(each, f"{about}:{number}", event, pressed=True))
        for number, each in enumerate(senders)
    )
    await asyncio.gather(*heard)


async def measure(house: House, chats: int) -> Cost:
    """Give what a turn costs among so many."""
    await fill(house, chats)
    if not house.database.is_sqlite:
        await house.database.scrub("way", "conversation", "person")
    apart = chats // TOGETHER
    known = [sender(number * apart) for number in range(TOGETHER)]
    await turns(house, known, Started(), "warm")
    held, began = memory_mb(os.getpid()), time.process_time()
    for number in range(ROUNDS):
        new = [Sender(Door.TELEGRAM, f"new-{number}-{each}", "nl") for each in range(TOGETHER)]
        language = "nl" if number % 2 else "en"
        await turns(house, known, Chose("welcome.language", language), f"known:{number}")
        await turns(house, known, Chose("everywhere.go", "language"), f"back:{number}")
        await turns(house, new, Started(), f"new:{number}")
    computed = time.process_time() - began
    return Cost(computed / (3 * ROUNDS * TOGETHER) * 1e6, memory_mb(os.getpid()) - held)


async def run(chats: int) -> int:
    """Measure both databases; 1 when a turn costs a quarter more among many than among few."""
    worst = 0.0
    print(f"{'':<14}{'chats':>10}{'us a turn':>12}{'MB grown':>10}{'ratio':>8}")
    with tempfile.TemporaryDirectory(prefix="stored") as made:
        server = Postgres()
        places = {
            "SQLite": sqlite_urls(Path(made)),
            "PostgreSQL": postgres_urls(Path(made), server),
        }
        try:
            for name, urls in places.items():
                costs: list[Cost] = []
                for number, place in zip((FEW, chats), urls, strict=True):
                    async with house_at(*place) as house:
                        costs.append(await measure(house, number))
                    ratio = costs[-1].turn_us / costs[0].turn_us
                    worst = max(worst, ratio)
                    print(
                        f"{name:<14}{number:>10,}{costs[-1].turn_us:>12.0f}"
                        f"{costs[-1].grown_mb:>10.1f}{ratio:>8.2f}",
                        flush=True,
                    )
        finally:
            server.stop()
    return 0 if worst <= WITHIN else 1


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--chats", type=int, default=MANY)
    sys.exit(asyncio.run(run(parser.parse_args().chats)))
