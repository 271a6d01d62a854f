"""Work that was begun is done before anybody hears that it was cancelled."""

from __future__ import annotations

import asyncio

import pytest

from storage.steady import settled


@pytest.mark.parametrize("fails", [False, True])
async def test_work_is_done_before_its_cancelling_is_heard(*, fails: bool) -> None:
    begun, go_on, done = asyncio.Event(), asyncio.Event(), []

    async def work() -> None:
        begun.set()
        await go_on.wait()
        done.append(1)
        if fails:
            raise LookupError

    waiting = asyncio.create_task(settled(work()))
    await begun.wait()
    waiting.cancel()
    await asyncio.sleep(0)
    assert not waiting.done()
    go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert done


async def test_work_that_cancels_itself_is_cancelled() -> None:
    async def work() -> None:
        raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await settled(work())


async def test_what_work_gives_or_raises_is_passed_on() -> None:
    async def give() -> int:
        return 7

    async def fail() -> int:
        raise LookupError

    assert await settled(give()) == 7
    with pytest.raises(LookupError):
        await settled(fail())
