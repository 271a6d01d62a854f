"""What a journey may ask for: a house that is open to the world, a Bot API, and people."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterator
from io import StringIO

import pytest

from bot import logs
from bot.app import listening
from bot.house import House
from bot.opening import opened
from bot.settings import Settings
from bot.workers import working
from dialogs.frozen import replace
from tests.botapi.fixture import botapi, phone
from tests.botapi.phone import Phone
from tests.botapi.server import BotApi
from tests.houses import StillClock
from tests.journeys.desk import Browser, Desk
from tests.journeys.doors import DOORS, OnPage, OnPhone, Visitor

__all__ = ["botapi", "phone"]


@pytest.fixture(params=["webhook", "poll"])
def receiver(request: pytest.FixtureRequest) -> str:
    """How Telegram's updates arrive."""
    return str(request.param)


@pytest.fixture
def settings(settings: Settings, botapi: BotApi, receiver: str, unused_tcp_port: int) -> Settings:
    """Settings of a house with all doors, Telegram's included."""
    public_url = f"http://127.0.0.1:{unused_tcp_port}" if receiver == "webhook" else ""
    return replace(
        settings,
        port=unused_tcp_port,
        public_url=public_url,
        bot_token=botapi.token,
        bot_api_url=botapi.url,
    )


@pytest.fixture
async def house(settings: Settings, clock: StillClock) -> AsyncIterator[House]:
    """A house that listens and works."""
    async with opened(settings, clock) as house, listening(house), working(house):
        yield house


@pytest.fixture
async def desk(house: House) -> AsyncIterator[Desk]:
    """The first member of staff, who has set themselves up and signed in."""
    async with Desk.at(house) as desk:
        await desk.set_up("Collega Een", "een@kantoor.example")
        yield desk


@pytest.fixture(params=DOORS)
async def visitor(
    house: House, phone: Phone, request: pytest.FixtureRequest
) -> AsyncIterator[Visitor]:
    """Somebody who was never here, at each of the doors."""
    async with Browser.at(house) as browser:
        yield OnPhone(browser, phone) if request.param == "telegram" else OnPage(browser)


@pytest.fixture
async def elsewhere(house: House, phone: Phone, visitor: Visitor) -> AsyncIterator[Visitor]:
    """The same person at the other door, where nobody knows them yet."""
    async with Browser.at(house) as browser:
        yield OnPage(browser) if isinstance(visitor, OnPhone) else OnPhone(browser, phone)


@pytest.fixture
def debug_log() -> Iterator[StringIO]:
    """The log as it is set up for `LOG_LEVEL=debug`; put back afterwards as it was."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    logs.set_up("debug", "text")
    written = StringIO()
    for handler in root.handlers:
        if isinstance(handler, logging.StreamHandler):
            handler.setStream(written)
    logging.getLogger("handreiking.tests").debug("The log is open.")
    yield written
    root.handlers[:] = handlers
    root.setLevel(level)
