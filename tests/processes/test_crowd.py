"""The people by whom speed is measured get their answers, and notice one that is wrong."""

from __future__ import annotations

import pytest

from benchmarks.answers import bot_api
from benchmarks.crowd import Crowd
from benchmarks.targets import SECRET, our_hook
from tests.presses import TO_A_REQUEST
from tests.processes.conftest import Process


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
async def test_everybody_comes_to_the_end_of_the_walk_and_a_wrong_answer_is_counted(
    process: Process, unused_tcp_port: int
) -> None:
    crowd = Crowd(our_hook(unused_tcp_port))
    async with bot_api(crowd) as api_port:
        process.environment |= {
            "BOT_API_URL": f"http://127.0.0.1:{api_port}",
            "WEBHOOK_SECRET": SECRET,
        }
        await process.start()
        crowd.begin(3, TO_A_REQUEST, 5)
        assert await crowd.gone() == 0
        assert (len(crowd.tally.took), crowd.tally.faults) == (5 * len(TO_A_REQUEST), 0)
        assert len(await process.read("referrals")) == 5
        crowd.begin(1, (("/start", "a.button:nobody-offers"),), 1)
        assert await crowd.gone() == 0
        assert crowd.tally.wrong == 1
        await process.stop()
