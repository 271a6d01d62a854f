"""A house behind an address, and somebody who visits it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.app import make_app
from bot.house import House
from dialogs.frozen import replace
from tests.web.visits import Client, Visit

OUTSIDE = "https://chat.example.org"


@pytest.fixture
def kind() -> str:
    """These tests are about pages; storage has been tried on both kinds of database."""
    return "sqlite"


@pytest.fixture
async def client(house: House) -> AsyncIterator[Client]:
    """A browser that was never here."""
    async with TestClient(TestServer(make_app(house))) as client:
        yield client


@pytest.fixture
async def outside_client(house: House) -> AsyncIterator[Client]:
    """A browser at a house that is reached over https."""
    outside = replace(house, settings=replace(house.settings, public_url=OUTSIDE))
    async with TestClient(TestServer(make_app(outside))) as client:
        yield client


@pytest.fixture
def visit(client: Client) -> Visit:
    """Somebody with that browser."""
    return Visit(client)
