"""What goes on by itself goes on again after a fault, and soon."""

from __future__ import annotations

import asyncio
from contextlib import closing

import pytest

from bot.errors import TokenRefused
from bot.going import PAUSE_S, REFUSED_S, keep_going
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
