"""What every test may ask for."""

from __future__ import annotations

import gc
from asyncio import AbstractEventLoop
from collections.abc import Callable
from pathlib import Path

import pytest
import uvloop

from bot.app import stay
from tests.databases import compiled_once, database, key_file, keystore, kind, place, supply
from tests.houses import clock, house, read_once, settings

__all__ = [
    "clock",
    "compiled_once",
    "database",
    "house",
    "key_file",
    "keystore",
    "kind",
    "place",
    "read_once",
    "settings",
    "supply",
]

HERE = Path(__file__).parent
# Nothing of thousands of tests is garbage while they are gathered, nor as long as they run.
gc.disable()
FAR_ROOMS = {"attacks", "browser", "journeys", "processes", "simulation"}
LONG_ROOMS = {"processes", "simulation"}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let whoever starts the tests say how large attacks are to be."""
    parser.addoption(
        "--size", type=float, default=0.0, help="of tests/attacks: 1 for all, 0 for the least"
    )


def pytest_collection_finish() -> None:
    """Let what was gathered be, as a process does that has started."""
    stay()
    gc.enable()


@pytest.fixture(scope="session")
def _asyncio_loop_factory() -> Callable[[], AbstractEventLoop]:
    """The loop that the commands run on: pytest-asyncio asks this fixture of its own for one."""
    return uvloop.new_event_loop


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test that `make check` leaves to `make test`; this is the one rule for it.

    It is what only a browser, killed processes and the second kind of database can show, the
    journeys from wire to wire, histories, and what walks far: counting lines makes that four times
    as slow. Attacks are left to `make assure`. What takes longest comes first, so that at the end
    no process waits for another.
    """
    for item in items:
        if room_of(item) in FAR_ROOMS or walks_far(item) or "postgresql" in item.nodeid:
            item.add_marker("far")
    items.sort(key=lambda item: not (walks_far(item) or room_of(item) in LONG_ROOMS))


def room_of(item: pytest.Item) -> str:
    return item.path.relative_to(HERE).parts[0]


def walks_far(item: pytest.Item) -> bool:
    return item.get_closest_marker("no_cover") is not None
