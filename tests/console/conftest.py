"""An office: the house behind an address, where colleagues have browsers."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from functools import cache

import pytest

from bot import wording
from bot.catalogs import read_all
from bot.house import House
from bot.pages import setup
from bot.pages.assets import Assets
from bot.pages.drawing import environment
from tests.console.colleagues import Office, opened_office


@pytest.fixture
def kind(request: pytest.FixtureRequest) -> str:
    """One kind of database, for pages are the same on both; what storage decides asks for both."""
    return str(getattr(request, "param", "sqlite"))


@pytest.fixture(scope="session", autouse=True)
def read_once() -> Iterator[None]:
    """Read catalogs, files and templates once for all tests: they do not change in between."""
    assets = Assets.read()
    templates = environment(assets)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wording, "read_all", cache(read_all))
        patch.setattr(setup, "environment", lambda _assets: templates)
        yield


@pytest.fixture
async def office(house: House) -> AsyncIterator[Office]:
    """The desk, with nobody there yet."""
    async with opened_office(house) as office:
        yield office
