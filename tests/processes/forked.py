"""Commands in processes that are forked from one which has read the program, so they start at once.

Each is what `python -m bot` is once it has read itself: a process of its own, that can be killed.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from bot.__main__ import main

FORKING = multiprocessing.get_context("forkserver")
FORKING.set_forkserver_preload(["tests.processes.ahead"])
LONGEST_ROW = 2**20


@dataclass(eq=False)
class Forked:
    """A command that runs, used as `asyncio.subprocess.Process` is."""

    child: ForkServerProcess
    stdout: asyncio.StreamReader
    stderr: asyncio.StreamReader | None
    ended: asyncio.Future[int] = field(default_factory=asyncio.Future)

    def __post_init__(self) -> None:
        asyncio.get_running_loop().add_reader(self.child.sentinel, self._end)

    def _end(self) -> None:
        asyncio.get_running_loop().remove_reader(self.child.sentinel)
        self.child.join()
        self.ended.set_result(self.child.exitcode or 0)

    @property
    def returncode(self) -> int | None:
        return self.ended.result() if self.ended.done() else None

    async def wait(self) -> int:
        return await asyncio.shield(self.ended)

    async def communicate(self) -> tuple[bytes, bytes]:
        assert self.stderr is not None
        out, err = await asyncio.gather(self.stdout.read(), self.stderr.read())
        await self.wait()
        return out, err

    def kill(self) -> None:
        self.child.kill()

    def terminate(self) -> None:
        self.child.terminate()


async def fork(
    command: tuple[str, ...], environment: Mapping[str, str], folder: Path, log: int | None = None
) -> Forked:
    """Start a command; what it says to the log goes to that file, or can be read as `stderr`."""
    out, to_out = os.pipe()
    err, to_err = os.pipe() if log is None else (None, os.dup(log))
    streams = [Connection(each, readable=False) for each in (to_out, to_err)]
    child = FORKING.Process(
        target=become, args=(command, dict(environment), folder, *streams), daemon=True
    )
    child.start()
    for each in streams:
        each.close()
    return Forked(child, await said_at(out), None if err is None else await said_at(err))


class UntilItEnds(asyncio.StreamReaderProtocol):
    """Reads what comes out of a pipe, and hangs up when the other end does."""

    def eof_received(self) -> bool:
        super().eof_received()
        return False


async def said_at(end: int) -> asyncio.StreamReader:
    """Read what comes out of a pipe."""
    reader = asyncio.StreamReader(LONGEST_ROW)
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: UntilItEnds(reader), os.fdopen(end, "rb", 0)
    )
    return reader


def become(
    command: tuple[str, ...],
    environment: Mapping[str, str],
    folder: Path,
    out: Connection,
    err: Connection,
) -> None:
    """Be the process of a command; nothing of the tests' own surroundings is left to it."""
    os.dup2(out.fileno(), 1)
    os.dup2(err.fileno(), 2)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    sys.argv = ["handreiking", *command]
    main()
