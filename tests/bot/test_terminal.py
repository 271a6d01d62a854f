"""In the terminal one reads on as well while the database is away."""

from __future__ import annotations

import pytest

from bot import terminal
from bot.house import House
from tests.databases import gone

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)


async def test_reading_goes_on_and_the_conversation_too_once_it_is_back(
    house: House, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = iter(["Er is iets gebeurd.", "1", "", "1", ""])
    monkeypatch.setattr(terminal, "read_line", lambda: next(typed))
    async with gone(house.database):
        await terminal.talk(house)
    shown = capsys.readouterr().out
    assert shown.count("Ik kan niets bewaren, doorgeven of wissen.") == 2
    assert shown.count("Wat u net deed, is niet gelukt.") == 1
    assert shown.count("Lezen kan, maar ik kan niets bewaren") == 1
    await terminal.talk(house)
    assert "storing" not in capsys.readouterr().out
