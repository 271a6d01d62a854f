"""Telegram is never spoken to faster than it takes, and nobody waits for somebody else's chat."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Bot

from bot.telegram import pace
from bot.telegram.pace import Meter, Pace
from bot.telegram.request import TELEGRAM, AiohttpRequest, connected
from tests.botapi.phone import Phone
from tests.botapi.server import BotApi


def taken(meter: Meter, arrivals: Iterable[float]) -> list[float]:
    return [meter.take(now) for now in sorted(arrivals)]


@given(st.lists(st.floats(0, 60), max_size=50), st.integers(1, 4))
def test_no_stretch_of_time_has_more_places_than_it_may(
    arrivals: list[float], at_once: int
) -> None:
    places = taken(Meter(1.0, at_once), arrivals)
    for first in range(len(places) - at_once):
        assert places[first + at_once] - places[first] >= 1.0 - 1e-9


@given(st.lists(st.integers(0, 60), max_size=50))
def test_whoever_comes_slowly_never_waits(arrivals: list[int]) -> None:
    slow = [now + number for number, now in enumerate(sorted(arrivals))]
    assert taken(Meter(1.0), slow) == slow


async def test_a_chat_that_waits_takes_no_place_of_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "BETWEEN_S", 60.0)
    shared = Pace()
    for _ in range(pace.AT_ONCE):
        await shared.keep("busy")
    waits = asyncio.create_task(shared.keep("busy"))
    async with asyncio.timeout(10):
        await shared.keep("other")
    assert not waits.done()
    waits.cancel()


async def test_chats_that_were_quiet_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "BETWEEN_S", 0.0)
    shared = Pace()
    for chat in ("one", "two", "three"):
        await shared.keep(chat)
    assert list(shared.chats) == ["three"]


async def test_every_call_that_says_something_keeps_the_pace(botapi: BotApi, phone: Phone) -> None:
    await phone.say("/start")
    kept = Pace()
    async with AiohttpRequest(pace=kept) as road:
        bot = Bot(botapi.token, f"{botapi.url}/bot", request=road, get_updates_request=road)
        await bot.get_me()
        assert not kept.chats
        await bot.send_message(phone.chat.id, "Dag.")
    assert list(kept.chats) == [str(phone.chat.id)]


async def test_only_telegram_itself_has_its_pace_kept(botapi: BotApi) -> None:
    async with connected(botapi.token) as bot, connected(botapi.token, botapi.url) as other:
        assert bot.base_url.startswith(TELEGRAM)
        assert bot.request.pace is not None  # type: ignore[attr-defined]
        assert other.request.pace is None  # type: ignore[attr-defined]
