"""A house for a test: the real one, on the test's own databases, with a clock that stands still."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from itertools import count
from pathlib import Path
from types import SimpleNamespace

import pytest
from argon2 import PasswordHasher

from bot import wording
from bot.catalogs import read_all
from bot.clock import Clock
from bot.envelopes import Envelope, Outcome, Sender
from bot.hashes import SlowHashes
from bot.house import House
from bot.opening import opened
from bot.pages import setup
from bot.pages.assets import Assets
from bot.pages.drawing import environment
from bot.settings import Settings
from bot.understanding.hearing import Understanding
from dialogs.events import Chose, Event, Said, Started
from storage.doors import Door
from tests.databases import Place
from tests.presses import SENDING

ROOT = Path(__file__).parent.parent
MONDAY_MORNING = datetime(2026, 3, 2, 10, 15, tzinfo=UTC)
# A real one takes a quarter of a second.
QUICK = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)


class StillClock(Clock):
    """A clock that moves when it is told to; ids and tokens are as random as ever."""

    def __init__(self, now: datetime = MONDAY_MORNING) -> None:
        self.time, self.passed = now, timedelta()

    def now(self) -> datetime:
        return self.time

    def monotonic(self) -> float:
        return self.passed.total_seconds()

    def pass_by(self, time: timedelta) -> None:
        self.time += time
        self.passed += time

    def set_by(self, time: timedelta) -> None:
        """Be set ahead or back, while no time passes."""
        self.time += time


@pytest.fixture(scope="session", autouse=True)
def read_once() -> Iterator[None]:
    """Read what never changes once for all tests, and hash with as little care as tests deserve."""
    assets = Assets.read()
    templates = environment(assets)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wording, "read_all", cache(read_all))
        patch.setattr(Understanding, "load", cache(Understanding.load))
        patch.setattr(setup, "Assets", SimpleNamespace(read=lambda: assets))
        patch.setattr(setup, "environment", lambda _assets: templates)
        for name in ("bot.opening.SlowHashes", "bot.console.routes.SlowHashes"):
            patch.setattr(name, partial(SlowHashes, QUICK))
        yield


@pytest.fixture
def clock() -> StillClock:
    """The clock of the house."""
    return StillClock()


@pytest.fixture
def settings(place: Place) -> Settings:
    """Settings that point at the test's own databases."""
    return settings_of(place)


def settings_of(place: Place) -> Settings:
    """Point at these databases, and leave the rest as it comes."""
    return Settings(
        port=0,
        database_url=place.data_url,
        keystore_url=place.keys_url,
        key_file=place.key_path,
        organisation_file=ROOT / "organisation.toml",
    )


@pytest.fixture
async def house(settings: Settings, clock: StillClock) -> AsyncIterator[House]:
    """An open house."""
    async with opened(settings, clock) as house:
        yield house


class Visitor:
    """Somebody who talks to the conductor itself, through a door of the test's choice."""

    numbers = count(1)

    def __init__(self, house: House, door: Door = Door.WEB, language: str = "nl") -> None:
        self.house = house
        self.sender = Sender(door, f"visitor-{next(self.numbers)}", language)

    async def does(self, event: Event, key: str = "") -> Outcome:
        key = key or f"visitor:{next(self.numbers)}"
        pressed = isinstance(event, Chose)
        return await self.house.conductor.hear(Envelope(self.sender, key, event, pressed=pressed))

    async def starts(self, link: str = "") -> Outcome:
        return await self.does(Started(link))

    async def says(self, words: str) -> Outcome:
        return await self.does(Said(words))

    async def presses(self, first: str, *others: str) -> Outcome:
        """Press buttons, each by its data, one after the other."""
        place, _, option = first.partition(":")
        outcome = await self.does(Chose(place, option))
        assert outcome.session.remark != "problem.old_button", first
        return await self.presses(*others) if others else outcome

    async def sends_a_request(self, role: str = "victim") -> Outcome:
        """Go the whole way from the first screen to a sent request, without a contact way."""
        await self.starts()
        language = f"welcome.language:{self.sender.language}"
        return await self.presses(language, f"welcome.role:{role}", *SENDING[2:])
