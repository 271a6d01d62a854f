"""What goes on by itself goes on again after a fault, and soon."""

from __future__ import annotations

import asyncio
import logging
from contextlib import closing
from functools import partial

import pytest

from bot.announcer import Changes
from bot.errors import TokenRefused, Undelivered
from bot.going import PAUSE_S, REFUSED_S, every, keep_going, went
from storage.errors import Unavailable
from tests.simulation.loop import Loop


@pytest.mark.parametrize(
    ("fault", "pause_s"), [(Unavailable("away"), PAUSE_S), (TokenRefused(), REFUSED_S)]
)
def test_work_that_failed_is_begun_again_after_a_pause(fault: Exception, pause_s: float) -> None:
    begun: list[float] = []

    async def fails_once() -> None:
        begun.append(asyncio.get_running_loop().time())
        if len(begun) == 1:
            raise fault

    with closing(Loop()) as loop:
        loop.run_until_complete(keep_going(fails_once))
    assert begun == [0, pause_s]


class Looks:
    """Somebody who looks around three times, and finds storage away the first time."""

    def __init__(self) -> None:
        self.at: list[float] = []

    async def look(self) -> None:
        self.at.append(asyncio.get_running_loop().time())
        if len(self.at) == 1:
            raise Unavailable("away")
        if len(self.at) == 3:
            raise asyncio.CancelledError


def test_who_looks_around_says_that_storage_was_away_and_looks_again_in_time() -> None:
    looks, said = Looks(), list[str]()
    with closing(Loop()) as loop, pytest.raises(asyncio.CancelledError):
        loop.run_until_complete(every(600.0, looks.look, said.append))
    assert (looks.at, said) == ([0, 600, 1200], ["Unavailable"])


def test_who_hears_that_there_is_something_looks_before_it_is_time() -> None:
    looks, changes = Looks(), Changes()
    with closing(Loop()) as loop:
        loop.call_later(4, changes.add, "queue")
        with pytest.raises(asyncio.CancelledError):
            loop.run_until_complete(every(10.0, looks.look, list[str]().append, changes.wait))
    assert looks.at == [0, 4, 14]


async def test_what_no_door_took_is_said_in_one_line_without_its_words(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def sends(*failing: Exception) -> None:
        for fault in failing:
            raise fault

    warn = partial(logging.getLogger("bot.somebody").warning, "It was not told (%s).")
    assert await went(sends(), warn)
    assert not await went(sends(Undelivered(permanent=True)), warn)
    assert caplog.messages == ["It was not told (Undelivered)."]


async def test_a_fault_of_ours_while_something_is_sent_is_no_warning() -> None:
    async def fails() -> None:
        raise LookupError

    with pytest.raises(LookupError):
        await went(fails(), list[str]().append)
