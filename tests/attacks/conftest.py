"""What an attack is given: its size, people at their phones, and processes to kill."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.attacks.crew import Crew
from tests.attacks.measures import Measure
from tests.botapi.fixture import botapi
from tests.botapi.server import BotApi
from tests.databases import Place

__all__ = ["botapi"]


@pytest.fixture
def measure(request: pytest.FixtureRequest) -> Measure:
    """How large it is to be; what is noted goes with the report of the test."""
    return Measure(request.config.getoption("--size"), request.node.user_properties)


@pytest.fixture
async def crew(place: Place, tmp_path: Path, botapi: BotApi) -> AsyncIterator[Crew]:
    """Processes of one house; none is started yet."""
    # A message that was changed before a kill is changed once more after it, and whoever polled
    # then is told by Telegram that another does now.
    botapi.allow("message is not modified", "terminated by other getUpdates")
    crew = Crew.of(place, tmp_path, botapi)
    yield crew
    await crew.end()
