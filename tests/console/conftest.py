"""An office: the house behind an address, where colleagues have browsers."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.house import House
from tests.console.colleagues import Office, opened_office


@pytest.fixture
def kind(request: pytest.FixtureRequest) -> str:
    """One kind of database, for pages are the same on both; what storage decides asks for both."""
    return str(getattr(request, "param", "sqlite"))


@pytest.fixture
async def office(house: House) -> AsyncIterator[Office]:
    """The desk, with nobody there yet."""
    async with opened_office(house) as office:
        yield office
