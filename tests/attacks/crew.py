"""Processes of one house that can be killed and started again, and the one address before them."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from time import perf_counter
from typing import Self

from bot.app import READY, WORKING
from tests.botapi.server import BotApi
from tests.databases import Place
from tests.houses import ROOT

PATIENCE_S = 60
WEB, WORK = ("serve", "--no-workers"), ("work",)
BOTH = ("serve",)


@dataclass(eq=False)
class Member:
    """One process: what it is started as, and its log, which is read while it is written."""

    command: tuple[str, ...]
    environment: dict[str, str] = field(repr=False)
    folder: Path
    port: int
    program: tuple[str, ...] = ("bot",)
    log: list[str] = field(default_factory=list, repr=False)
    is_ready: bool = False
    _running: asyncio.subprocess.Process | None = None
    _reader: asyncio.Task[None] | None = None
    _ready: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def pid(self) -> int:
        assert self._running is not None
        return self._running.pid

    async def start(self) -> float:
        """Start it; gives the seconds until it was ready."""
        began = perf_counter()
        self._ready.clear()
        self._running = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            *self.program,
            *self.command,
            cwd=self.folder,
            env=self.environment,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        self._reader = asyncio.create_task(self._read(self._running))
        async with asyncio.timeout(PATIENCE_S):
            await self._ready.wait()
        assert self.is_ready, self.log[-5:]
        return perf_counter() - began

    async def _read(self, running: asyncio.subprocess.Process) -> None:
        assert running.stdout is not None
        async for line in running.stdout:
            self.log.append(line.decode().rstrip())
            if self.log[-1] == READY or self.log[-1].endswith(WORKING):
                self.is_ready = True
                self._ready.set()
        self.is_ready = False
        self._ready.set()

    async def kill(self) -> None:
        """End it as the power would."""
        self.is_ready = False
        await self._ended("kill")

    @asynccontextmanager
    async def paused(self) -> AsyncIterator[None]:
        """Let it stand still for as long as this lasts; its connections stay."""
        os.kill(self.pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(self.pid, signal.SIGCONT)

    async def stop(self) -> int:
        """Ask it to end, and give its exit code."""
        return await self._ended("terminate")

    async def _ended(self, how: str) -> int:
        assert self._running is not None
        assert self._reader is not None
        with suppress(ProcessLookupError):
            getattr(self._running, how)()
        async with asyncio.timeout(PATIENCE_S):
            code = await self._running.wait()
            await self._reader
        self._running = None
        return code

    @property
    def is_running(self) -> bool:
        return self._running is not None


@dataclass
class Crew:
    """All processes of one house, on the same databases; perhaps with a fault of `planted.py`."""

    environment: dict[str, str] = field(repr=False)
    folder: Path
    fault: str = ""
    members: list[Member] = field(default_factory=list)

    @classmethod
    def of(cls, place: Place, folder: Path, botapi: BotApi) -> Self:
        """Prepare a house on a test's own databases."""
        environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "HOST": "127.0.0.1",
            "DATABASE_URL": place.data_url,
            "KEYSTORE_URL": place.keys_url,
            "KEY_FILE": str(place.key_path),
            "ORGANISATION_FILE": str(ROOT / "organisation.toml"),
            "BOT_TOKEN": botapi.token,
            "BOT_API_URL": botapi.url,
            "LOG_LEVEL": "info",
        }
        return cls(environment, folder)

    async def add(self, command: tuple[str, ...], port: int = 0) -> Member:
        """Start one more process, at a port of its own."""
        port = port or free_port()
        environment = {**self.environment, "PORT": str(port)}
        program = ("tests.attacks.planted", self.fault) if self.fault else ("bot",)
        member = Member(command, environment, self.folder, port, program)
        self.members.append(member)
        await member.start()
        return member

    def of_kind(self, command: tuple[str, ...]) -> list[Member]:
        """List those that were started like this."""
        return [each for each in self.members if each.command == command]

    async def end(self) -> list[int]:
        """Ask all that are left to end, and give their exit codes."""
        return await asyncio.gather(*(each.stop() for each in self.members if each.is_running))

    def has_said(self, words: str) -> bool:
        """Say whether this stands in any of their logs."""
        return any(words in line for member in self.members for line in member.log)


def free_port() -> int:
    """Find a port at which nobody listens."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    assert isinstance(port, int)
    return port


@dataclass
class Front:
    """One address before all processes that listen, as a proxy has it."""

    crew: Crew
    _turns: Iterator[int] = field(default_factory=count)
    _pipes: set[asyncio.Task[None]] = field(default_factory=set)

    @asynccontextmanager
    async def open(self) -> AsyncIterator[str]:
        """Lead on for as long as this lasts; gives the address."""
        server = await asyncio.start_server(self._lead, "127.0.0.1", 0)
        try:
            yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        finally:
            server.close()
            pipes = list(self._pipes)
            for task in pipes:
                task.cancel()
            await asyncio.gather(*pipes, return_exceptions=True)

    async def _lead(self, reader: StreamReader, writer: StreamWriter) -> None:
        there = await self._connected()
        if there is None:
            writer.close()
            return
        for one, other in ((reader, there[1]), (there[0], writer)):
            self._pipes.add(task := asyncio.create_task(piped(one, other)))
            task.add_done_callback(self._pipes.discard)

    async def _connected(self) -> tuple[StreamReader, StreamWriter] | None:
        ready = [each for each in self.crew.members if each.command != WORK and each.is_ready]
        for _ in ready:
            with suppress(OSError):
                port = ready[next(self._turns) % len(ready)].port
                return await asyncio.open_connection("127.0.0.1", port)
        return None


async def piped(reader: StreamReader, writer: StreamWriter) -> None:
    """Pass on what comes, until one side has ended."""
    try:
        with suppress(OSError):
            while data := await reader.read(2**16):
                writer.write(data)
                await writer.drain()
    finally:
        writer.close()
