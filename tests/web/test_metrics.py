"""What a monitor fetches: a few numbers, of nobody, and not for everybody."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import timedelta

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot import health
from bot.app import make_app
from bot.house import House
from bot.meter import BOUNDS_S, Meter
from dialogs.frozen import replace
from storage.doors import Door
from tests.console.colleagues import hired
from tests.databases import gone
from tests.houses import StillClock, Visitor
from tests.web.colleagues import Colleague
from tests.web.visits import Client, Visit

TOKEN = "t" * 20
ALLOWED = re.compile(
    r"(# TYPE )?handreiking_("
    r'turn_seconds( histogram|_bucket\{le="[\d.]+"\}|_bucket\{le="\+Inf"\}|_sum|_count)|'
    r"letters_(waiting|oldest_seconds|(sent|dropped)_total)|turns_set_aside|"
    r"sockets_open|storage_up)( gauge| counter| [\d.]+)?"
)
SENTINELS = ("Sterrenstof", "0698761234", "de blauwe olifant", "visitor-")

Served = Callable[..., AbstractAsyncContextManager[Client]]


@pytest.fixture
def served(house: House) -> Served:
    """The house behind an address, with other settings."""

    @asynccontextmanager
    async def serve(public_url: str = "", metrics_token: str = "") -> AsyncIterator[Client]:
        settings = replace(house.settings, public_url=public_url, metrics_token=metrics_token)
        other = replace(house, settings=settings)
        async with TestClient(TestServer(make_app(other))) as client:
            yield client

    return serve


async def numbers(client: Client, **headers: str) -> dict[str, float]:
    async with client.get("/metrics", headers=headers) as answer:
        assert answer.status == 200
        assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
        rows = [row.split() for row in (await answer.text()).splitlines() if row[0] != "#"]
    return {name.removeprefix("handreiking_"): float(value) for name, value in rows}


async def status(client: Client, **headers: str) -> int:
    async with client.get("/metrics", headers=headers) as answer:
        return answer.status


async def test_turns_and_letters_are_counted(
    client: Client, house: House, clock: StillClock
) -> None:
    before = await numbers(client)
    visitor = Visitor(house, Door.TELEGRAM)
    await visitor.starts()
    await visitor.says("Dag")
    clock.pass_by(timedelta(seconds=90))
    # By a clock that stands still the two took no time at all.
    house.conductor.meter.note(1.5)
    after = await numbers(client)
    assert after["turn_seconds_count"] == before["turn_seconds_count"] + 3
    assert after['turn_seconds_bucket{le="+Inf"}'] == after["turn_seconds_count"]
    assert after["turn_seconds_sum"] == before["turn_seconds_sum"] + 1.5
    assert after["letters_waiting"] == 2
    assert after["letters_oldest_seconds"] == 90
    assert (after["storage_up"], after["sockets_open"], after["turns_set_aside"]) == (1, 0, 0)


async def test_nothing_but_these_numbers_is_told_whatever_people_wrote(
    client: Client, house: House
) -> None:
    noor = Colleague(house, await hired(house, "Noor"))
    visitor = Visitor(house, Door.TELEGRAM)
    await visitor.sends_a_request()
    for words in SENTINELS:
        await visitor.says(words)
    await noor.takes()
    await noor.writes("groene giraffe")
    async with client.get("/metrics") as answer:
        text = await answer.text()
    assert [row for row in text.splitlines() if not ALLOWED.fullmatch(row)] == []
    assert not any(each in text for each in (*SENTINELS, "groene giraffe", "Noor"))
    assert not ALLOWED.fullmatch('handreiking_letters_waiting{name="Sterrenstof"} 1')


async def test_an_open_page_is_counted(client: Client, visit: Visit) -> None:
    await visit.sends_a_request()
    async with client.ws_connect("/chat/ws", origin=str(client.make_url("/")).rstrip("/")):
        assert (await numbers(client))["sockets_open"] == 1


async def test_from_elsewhere_only_with_the_token(served: Served) -> None:
    async with served(public_url="https://chat.example.org", metrics_token=TOKEN) as client:
        assert await status(client) == 404
        assert await status(client, Authorization="Bearer " + "x" * 20) == 404
        assert await status(client, Authorization=f"Basic {TOKEN}") == 404
        assert await status(client, Authorization=f"Bearer {TOKEN}") == 200
    async with served(public_url="https://chat.example.org") as client:
        assert await status(client, Authorization="Bearer ") == 404
    async with served() as client:
        assert await status(client) == 200
        assert await status(client, **{"X-Forwarded-For": "203.0.113.7"}) == 404


async def test_without_storage_the_process_still_tells_of_itself(
    client: Client, house: House
) -> None:
    async with gone(house.database):
        assert (await numbers(client))["storage_up"] == 0
        assert "letters_waiting" not in await numbers(client)


def test_a_duration_is_counted_by_the_bound_it_does_not_exceed() -> None:
    meter = Meter()
    for seconds in (0.0, BOUNDS_S[0], 0.0051, 11.0):
        meter.note(seconds)
    assert meter.up_to == [2, *[3] * (len(BOUNDS_S) - 1), 4]


# --- ready ---------------------------------------------------------------------------------------


async def readiness(client: Client) -> tuple[int, str]:
    async with client.get("/readyz") as answer:
        return answer.status, await answer.text()


async def test_a_house_is_ready_and_says_how_long_letters_wait(
    client: Client, house: House, clock: StillClock
) -> None:
    await Visitor(house, Door.TELEGRAM).starts()
    clock.pass_by(timedelta(minutes=20))
    assert await readiness(client) == (200, "ready\nletters wait 1200 s\n")


async def test_without_a_database_its_keys_or_room_it_is_not_ready(
    client: Client, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with gone(house.database):
        assert await readiness(client) == (503, "not ready: NotMigrated\n")
    async with house.keystore._database.begin() as db:
        connection = await db.connection()
        kept = (await connection.exec_driver_sql("SELECT blob FROM canary")).scalar_one()
        await connection.exec_driver_sql("UPDATE canary SET blob = ?", (b"another",))
    assert await readiness(client) == (503, "not ready: WrongKey\n")
    async with house.keystore._database.begin() as db:
        connection = await db.connection()
        await connection.exec_driver_sql("UPDATE canary SET blob = ?", (kept,))
    assert (await readiness(client))[0] == 200
    monkeypatch.setattr(health, "LEAST_ROOM", float("inf"))
    assert await readiness(client) == (503, "not ready: DiskFull\n")
