"""Processes of the test's own, on the test's own databases, and the Bot API they talk to."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.app import READY
from tests.botapi.fixture import botapi, phone
from tests.botapi.server import BotApi
from tests.databases import Place
from tests.houses import ROOT
from tests.processes.forked import Forked, fork

__all__ = ["botapi", "phone"]

PATIENCE_S = 30


@dataclass
class Process:
    """`handreiking serve` in a process that can be killed and started again."""

    environment: dict[str, str] = field(repr=False)
    folder: Path
    running: Forked | None = None

    async def start(self, *arguments: str) -> list[str]:
        """Start it, and give what it says until it is ready."""
        with self.log.open("ab") as log:
            self.running = await self.command("serve", *arguments, log=log.fileno())
        said: list[str] = []
        async with asyncio.timeout(PATIENCE_S):
            while READY not in said:
                row = await self.running.stdout.readline()
                assert row, f"it ended after {said}"
                said.append(row.decode().rstrip())
        return said

    async def kill(self) -> None:
        """End it as the power would."""
        assert self.running is not None
        self.running.kill()
        await self.running.wait()

    async def stop(self) -> int:
        """Ask it to end, and give its exit code."""
        assert self.running is not None
        self.running.terminate()
        async with asyncio.timeout(PATIENCE_S):
            return await self.running.wait()

    async def run(self, *arguments: str) -> tuple[int, str, str]:
        """Run another command to its end: its exit code, what it printed, and its errors."""
        command = await self.command(*arguments)
        async with asyncio.timeout(PATIENCE_S):
            out, err = await command.communicate()
        return command.returncode or 0, out.decode(), err.decode()

    async def read(self, *arguments: str) -> list[dict[str, object]]:
        """Run a reading command."""
        code, out, err = await self.run(*arguments, "--json")
        assert code == 0, err
        found = json.loads(out)
        assert isinstance(found, list)
        return found

    @property
    def log(self) -> Path:
        """Where a running process writes its log."""
        return self.folder / "serve.log"

    async def command(self, *arguments: str, log: int | None = None) -> Forked:
        """Start any command, with nobody typing."""
        return await fork(arguments, self.environment, self.folder, log)


@pytest.fixture
async def process(
    place: Place, tmp_path: Path, botapi: BotApi, unused_tcp_port: int
) -> AsyncIterator[Process]:
    """A process that is not started yet; the kind of database decides how updates arrive."""
    base = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "HOST": "127.0.0.1",
        "PORT": str(unused_tcp_port),
        "DATABASE_URL": place.data_url,
        "KEYSTORE_URL": place.keys_url,
        "KEY_FILE": str(place.key_path),
        "ORGANISATION_FILE": str(ROOT / "organisation.toml"),
        "BOT_TOKEN": botapi.token,
        "BOT_API_URL": botapi.url,
        "LOG_LEVEL": "debug",
    }
    if place.kind == "sqlite":
        base["PUBLIC_URL"] = f"http://127.0.0.1:{unused_tcp_port}"
    process = Process(base, tmp_path)
    yield process
    if process.running is not None and process.running.returncode is None:
        await process.kill()
