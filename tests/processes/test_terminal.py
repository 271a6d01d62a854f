"""The terminal holds the same conversation: by number, by command and in words."""

from __future__ import annotations

import asyncio
import sys

import pytest

from tests.presses import INFORMED
from tests.processes.conftest import PATIENCE_S, Process

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)


async def talk(process: Process, *typed: str) -> str:
    """Type lines, then end the input; gives everything that was shown."""
    command = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "chat",
        cwd=process.folder,
        env=process.environment,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    async with asyncio.timeout(PATIENCE_S):
        shown, _ = await command.communicate("".join(f"{row}\n" for row in typed).encode())
    assert command.returncode == 0
    return shown.decode()


async def test_a_conversation_by_number_and_in_words(process: Process) -> None:
    to_a_request, told = ("1", "1", "2"), ("1",) * len(INFORMED)
    shown = await talk(process, *to_a_request, *told, "1", "1", "2", "1", "Testpersoon Een")
    assert shown.count("De rest overslaan") == 2


async def test_stopping_by_command(process: Process) -> None:
    shown = await talk(process, "2", "2", "/stop")
    assert "You have stopped." in shown
