"""How many turns a second a bot takes part in on one core, and how long people wait for it.

Sixty-four people who never pause write to a webhook; their answers are awaited at a Bot API on this
machine. Beside ours stand bots made with other libraries, which take people along the same walk,
and the limit of a webhook that only keeps what it hears. Each bot is started anew in every round,
on empty storage, one after the other; what is told is the median of the rounds.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import statistics
import sys
import tempfile
import time
from contextlib import AsyncExitStack
from pathlib import Path

from msgspec.structs import astuple

from benchmarks.answers import bot_api
from benchmarks.crowd import Crowd, Tally
from benchmarks.installing import peers
from benchmarks.processes import OUR_CORES, cpu_seconds, memory_mb, running
from benchmarks.targets import ANSWERING, LIMIT, OURS, Ground, Target
from dialogs.frozen import Frozen
from tests.attacks.crew import free_port
from tests.databases import Postgres
from tests.presses import TO_A_REQUEST

PEOPLE = 64
KILLED_S = 5.0


class Figures(Frozen):
    """What one run of one bot showed; `turns` are those of a second.

    `core` are those of a second that the bot computed: other programs on the machine count less
    there. `faults` are answers that were wrong, missing, refused or not waited for. `stranded` are
    people, of sixty-four, who got no answer any more once the bot was killed and started again.
    """

    turns: float
    core: float
    p50_ms: float
    p99_ms: float
    start_s: float
    idle_mb: float
    full_mb: float
    chats: float
    faults: float
    stranded: float


async def measure(target: Target, folder: Path, server: Postgres, asked: Asked) -> Figures:
    """Start a bot, let people talk to it for a while and newcomers greet it, and end it."""
    port, chats = free_port(), min(asked.chats, target.most_chats)
    crowd = Crowd(target.hook(port))
    async with AsyncExitStack() as beside:
        api_port = await beside.enter_async_context(bot_api(crowd))
        command = target.prepare(Ground(folder, port, api_port, server, beside))
        began = time.perf_counter()
        async with running(command) as pid:
            start_s = await crowd.first_answer(TO_A_REQUEST[0]) - began
            await asyncio.sleep(1)
            idle_mb = memory_mb(pid)
            crowd.begin(PEOPLE, TO_A_REQUEST)
            await crowd.turned(asked.turns // 2, asked.seconds / 2)
            crowd.tally, computed, began = Tally(), cpu_seconds(pid), time.perf_counter()
            await crowd.turned(asked.turns, asked.seconds)
            tally, crowd.tally = crowd.tally, Tally()
            computed, took = cpu_seconds(pid) - computed, time.perf_counter() - began
            lost = await crowd.end()
            crowd.begin(PEOPLE, TO_A_REQUEST[:1], max(chats - crowd.come, 0))
            lost += await crowd.gone()
            full_mb = memory_mb(pid)
            faults = lost + tally.faults + crowd.tally.faults
            crowd.begin(PEOPLE, TO_A_REQUEST)
            await crowd.turned(10 * PEOPLE, KILLED_S)
            os.kill(pid, signal.SIGKILL)
        async with running(command):
            stranded = await crowd.end()
    waited = statistics.quantiles(tally.took, n=100)
    return Figures(
        turns=len(tally.took) / took,
        core=len(tally.took) / computed,
        p50_ms=waited[49] * 1000,
        p99_ms=waited[98] * 1000,
        start_s=start_s,
        idle_mb=idle_mb,
        full_mb=full_mb,
        chats=crowd.come,
        faults=faults,
        stranded=stranded,
    )


def median(rounds: list[Figures]) -> Figures:
    return Figures(*map(statistics.median, zip(*map(astuple, rounds), strict=True)))


def told(name: str, figures: Figures, limit: Figures | None) -> str:
    ratio = f"{figures.core / limit.core:>8.3f}" if limit else ""
    return (
        f"{name:<28}{figures.turns:>8.0f}{figures.core:>8.0f}"
        f"{figures.p50_ms:>9.1f}{figures.p99_ms:>9.1f}{figures.start_s:>9.2f}"
        f"{figures.idle_mb:>6.0f}{figures.full_mb:>9.0f}{figures.chats:>8.0f}"
        f"{figures.faults:>8.0f}{figures.stranded:>10.0f}{ratio}"
    )


HEADING = (
    f"{'':<28}{'turns/s':>8}{'a core':>8}{'p50 ms':>9}{'p99 ms':>9}{'start s':>9}"
    f"{'MB':>6}{'MB full':>9}{'chats':>8}{'faults':>8}{'stranded':>10}{'limit':>8}"
)


class Asked(Frozen):
    """What the command line asks for."""

    rounds: int
    turns: int
    seconds: float
    chats: int
    only: str

    @classmethod
    def read(cls) -> Asked:
        """Read the arguments; without any it is a full run."""
        parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
        parser.add_argument("--rounds", type=int, default=3)
        parser.add_argument("--turns", type=int, default=6_000, help="measured in each run")
        parser.add_argument("--seconds", type=float, default=20.0, help="at most, for those turns")
        parser.add_argument("--chats", type=int, default=20_000, help="in all, when it ends")
        parser.add_argument("--only", default="", help="a part of the names of what is measured")
        return cls(**vars(parser.parse_args()))


async def run(asked: Asked) -> int:
    """Measure every bot in every round; 1 when one of ours did something wrong."""
    os.sched_setaffinity(0, OUR_CORES)
    targets = [each for each in (*OURS, *peers()) if asked.only in each.name]
    targets += [ANSWERING, LIMIT]
    found: dict[str, list[Figures]] = {each.name: [] for each in targets}
    server = Postgres()
    server.be_durable()
    print(HEADING)
    try:
        for number in range(asked.rounds):
            for target in targets:
                with tempfile.TemporaryDirectory(prefix="talk") as folder:
                    figures = await measure(target, Path(folder), server, asked)
                found[target.name].append(figures)
                print(told(f"{target.name} ({number + 1})", figures, None), flush=True)
    finally:
        server.stop()
    medians = {name: median(rounds) for name, rounds in found.items()}
    print()
    for name, figures in medians.items():
        print(told(name, figures, medians.get(LIMIT.name)))
    return 1 if any(each.faults for each in medians.values()) else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(run(Asked.read())))
