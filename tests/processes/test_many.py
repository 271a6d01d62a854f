"""Processes beside each other: many on one PostgreSQL, one on an SQLite file."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import pytest

from tests.botapi.phone import Phone
from tests.botapi.server import BotApi
from tests.processes.conftest import Process


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize("command", ["serve", "work"])
async def test_a_second_process_on_one_sqlite_file_is_refused(
    process: Process, command: str
) -> None:
    await process.start()
    code, out, err = await process.run(command)
    assert (code, out) == (75, "")
    assert err.splitlines()[-1].startswith("handreiking: another process works on ")
    assert await process.read("referrals") == []
    await process.kill()
    await process.start()


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
async def test_when_the_one_that_polls_is_killed_another_does_within_fifteen_seconds(
    process: Process, botapi: BotApi, phone: Phone
) -> None:
    logs = [process.folder / f"work-{number}.log" for number in range(2)]
    works = []
    for path in logs:
        with path.open("wb") as log:
            works.append(await process.command("work", errors=log.fileno()))
    try:
        await phone.say("/start")
        await phone.screen()
        (polls,) = (works[n] for n, path in enumerate(logs) if "duty TELEGRAM" in path.read_text())
        polls.kill()
        async with asyncio.timeout(15):
            await phone.press("welcome.language:nl")
            while "welcome.role:victim" not in (await phone.screen()).buttons:
                pass
    finally:
        for each in works:
            with suppress(ProcessLookupError):
                each.kill()
            await each.wait()
    assert botapi.mistakes == []
