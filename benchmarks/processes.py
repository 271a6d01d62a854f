"""A process that is measured: started on a core of its own, and what it costs."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from dialogs.frozen import Frozen, Hidden

TICK = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")
# What is measured has the first core; who measures, and databases, have the others.
ITS_CORE, OUR_CORES = {0}, set(range(1, os.cpu_count() or 1)) or {0}
PATIENCE_S = 20
PARENT, USER, SYSTEM = 1, 11, 12


class Command(Frozen):
    """What to start, and what it is told."""

    arguments: tuple[str, ...]
    environment: Hidden[dict[str, str]]
    folder: Path


@asynccontextmanager
async def running(command: Command) -> AsyncIterator[int]:
    """Run something as long as this lasts; gives its process id."""
    with (command.folder / "log").open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            *command.arguments,
            cwd=command.folder,
            env=os.environ | command.environment,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
    try:
        os.sched_setaffinity(process.pid, ITS_CORE)
        yield process.pid
    finally:
        with suppress(ProcessLookupError):
            process.terminate()
        try:
            await asyncio.wait_for(process.wait(), PATIENCE_S)
        except TimeoutError:
            process.kill()


def cpu_seconds(root: int) -> float:
    """Add up what a process and all below it have computed so far."""
    fields = (_fields(pid) for pid in (root, *_below(root)))
    return sum(int(each[USER]) + int(each[SYSTEM]) for each in fields if each) / TICK


def memory_mb(root: int) -> float:
    """Say how much memory a process and all below it hold."""
    pages = 0
    for pid in (root, *_below(root)):
        pages += int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * PAGE / 2**20


def _below(root: int) -> Iterator[int]:
    for path in Path("/proc").iterdir():
        fields = _fields(int(path.name)) if path.name.isdigit() else None
        if fields and int(fields[PARENT]) == root:
            yield int(path.name)
            yield from _below(int(path.name))


def _fields(pid: int) -> list[str] | None:
    """Read what Linux counts of a process, from its state on; None when it is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
