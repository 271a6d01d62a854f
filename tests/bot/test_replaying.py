"""What was set aside is heard after all, once, and only by who still stands where they stood."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from bot.envelopes import Sender
from bot.house import House
from bot.replaying import Fate, Look, look, play
from dialogs import turn as door
from dialogs.events import Chose
from dialogs.steps import Move
from dialogs.values import Session
from storage import mail, setaside
from storage.doors import Door
from tests.databases import rows_of
from tests.houses import Visitor

MENU = Chose("everywhere.go", "menu")
RAW = {
    "update_id": 7,
    "message": {
        "message_id": 1,
        "date": 1,
        "chat": {"id": 5, "type": "private", "first_name": "Testpersoon"},
        "from": {"id": 5, "is_bot": False, "first_name": "Testpersoon", "language_code": "en"},
        "text": "/start victim",
    },
}

Mend = Callable[[], None]


@pytest.fixture
def mend(monkeypatch: pytest.MonkeyPatch) -> Mend:
    """A fault that spoils the way to the menu, until it is mended."""

    def failing(_session: Session, _option: str) -> Move:
        raise RuntimeError("never shown")

    whole = door.pressed_anywhere
    monkeypatch.setattr(door, "pressed_anywhere", failing)
    return lambda: monkeypatch.setattr(door, "pressed_anywhere", whole)


@pytest.fixture
async def visitor(house: House) -> Visitor:
    """Somebody who chose a language."""
    visitor = Visitor(house, Door.TELEGRAM)
    await visitor.starts("victim")
    await visitor.presses("welcome.language:nl")
    return visitor


async def the_one(house: House) -> Look:
    async with house.database.reading() as db:
        (kept,) = await setaside.everything(db, house.keystore)
    return await look(house, kept)


async def letters(house: House) -> int:
    async with house.database.reading() as db:
        return (await mail.counts(db)).waiting


async def nothing_left(house: House) -> bool:
    return await rows_of(house.database, "SELECT * FROM set_aside") == []


async def test_it_is_heard_after_the_fault_is_mended(
    house: House, visitor: Visitor, mend: Mend
) -> None:
    await visitor.does(MENU)
    seen = await the_one(house)
    assert (seen.what, seen.fate) == ("Chose", Fate.PLAYED)
    mend()
    before = await letters(house)
    assert await play(house, seen) is Fate.PLAYED
    assert await letters(house) == before + 1
    assert await nothing_left(house)
    assert await rows_of(house.database, "SELECT what FROM audit") == [("played_again",)]


async def test_it_is_heard_once_also_when_that_was_not_noted(
    house: House, visitor: Visitor, mend: Mend
) -> None:
    await visitor.does(MENU)
    seen = await the_one(house)
    mend()
    assert seen.envelope is not None
    await house.conductor.hear(seen.envelope)
    before = await letters(house)
    assert await play(house, seen) is Fate.PLAYED
    assert await letters(house) == before
    assert await nothing_left(house)


async def test_who_went_on_since_is_left_alone(house: House, visitor: Visitor, mend: Mend) -> None:
    await visitor.does(MENU)
    mend()
    await visitor.presses("welcome.menu:info")
    before = await letters(house)
    assert await play(house, await the_one(house)) is Fate.MOVED_ON
    assert await letters(house) == before
    assert not await nothing_left(house)


async def test_what_fails_again_stays_and_nobody_is_told_again(
    house: House, visitor: Visitor, mend: Mend
) -> None:
    await visitor.does(MENU)
    before = await letters(house)
    assert await play(house, await the_one(house)) is Fate.FAILED
    assert await letters(house) == before
    assert (await the_one(house)).fate is Fate.PLAYED
    mend()


async def test_an_update_that_could_not_be_read_is_heard_once_it_can_be(house: House) -> None:
    sender = Sender(Door.TELEGRAM, "5", "en")
    await house.conductor.set_aside("telegram:7", json.dumps(RAW), sender)
    assert await play(house, await the_one(house)) is Fate.PLAYED
    assert await rows_of(house.database, "SELECT count(*) FROM person") == [(1,)]
    assert await nothing_left(house)


@pytest.mark.parametrize("text", ["geheim", "[]", "{}", '{"event": "Elapsed", "from": {}}'])
async def test_what_cannot_be_read_stays_and_says_so(house: House, text: str) -> None:
    await house.conductor.set_aside("telegram:7", text, None)
    seen = await the_one(house)
    assert (seen.what, seen.fate) == ("update", Fate.UNREADABLE)
    assert await play(house, seen) is Fate.UNREADABLE
    assert "geheim" not in repr(seen)
    assert not await nothing_left(house)
