"""What is wrong with a house is found, and looking at it changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot import doctor
from bot.backups import back_up
from bot.clock import Clock
from bot.console.auditing import Doing, note_of
from bot.doctor import NONE_YET, State, examine
from bot.house import House
from bot.settings import Settings
from dialogs.frozen import replace
from dialogs.graph import Graph
from storage import mail, rotation, setaside
from storage.database import Database
from storage.doors import Door
from storage.keyfile import KeyFile
from storage.mail import NewLetter
from storage.schema import Schema
from storage.setaside import SetAside
from tests.databases import NOW
from tests.houses import StillClock
from tests.storage.made import new_id

ONE = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
Found = dict[str, tuple[State, str]]


@pytest.fixture(autouse=True)
def _short_dialog() -> Iterator[None]:
    """Walk no way at all, for the whole one takes long; the tests of the texts walk it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(doctor, "whole", lambda: Graph({}, frozenset(), frozenset()))
        yield


async def found_in(settings: Settings, clock: Clock) -> Found:
    """Give what is not well, the last of each kind."""
    return {
        each.about: (each.state, each.why)
        async for each in examine(settings, clock)
        if each.state is not State.WELL and each.about != "settings"
    }


async def test_a_house_that_was_just_opened_is_well(house: House, settings: Settings) -> None:
    assert house.settings == settings
    assert await found_in(settings, Clock()) == {}


@ONE
async def test_keys_are_named_that_are_kept_for_too_long(
    house: House, settings: Settings, clock: StillClock, tmp_path: Path
) -> None:
    assert house.database.is_sqlite
    await back_up(settings, clock, tmp_path / "copies")

    async def found() -> list[tuple[State, str]]:
        looked = [each async for each in examine(settings, clock, tmp_path / "copies")]
        return [(each.state, each.why) for each in looked if each.about == "backups"]

    assert await found() == [(State.WELL, "")]
    clock.pass_by(timedelta(days=7, seconds=1))
    ((state, why),) = await found()
    assert state is State.LOOK
    assert why.startswith(f"{tmp_path / 'copies' / 'keys'}-2026")


@ONE
async def test_looking_makes_nothing(settings: Settings, clock: StillClock, tmp_path: Path) -> None:
    place = tmp_path / "new"
    new = replace(
        settings,
        database_url=f"sqlite+aiosqlite:///{place}/data.db",
        keystore_url=f"sqlite+aiosqlite:///{place}/keys.db",
        key_file=place / "master.json",
    )
    assert await found_in(new, clock) == {
        "keys": (State.LOOK, NONE_YET),
        "data": (State.LOOK, NONE_YET),
    }
    assert not place.exists()


async def test_another_key_file_is_wrong_and_a_readable_one_is_to_be_looked_at(
    house: House, settings: Settings, clock: StillClock, tmp_path: Path
) -> None:
    settings.key_file.chmod(0o644)
    assert (await found_in(settings, clock))["keys"][0] is State.LOOK
    other = replace(settings, key_file=tmp_path / "other.json")
    assert (await found_in(other, clock))["keys"][0] is State.WRONG
    KeyFile.load_or_make(other.key_file).keep(NOW)
    assert (await found_in(other, clock))["keys"][0] is State.WRONG
    assert house.settings == settings


async def test_a_rotation_that_was_cut_short_is_to_be_looked_at(
    house: House, settings: Settings, clock: StillClock
) -> None:
    await house.keystore.make([clock.new_id()])
    store = Database.at(settings.keystore_url, Schema.KEYS)
    key_file = await rotation.begin(store, settings.key_file, NOW)
    state, why = (await found_in(settings, clock))["keys"]
    assert (state, "keys rotate" in why) == (State.LOOK, True)
    await rotation.rewrap(store, key_file)
    assert "keys" not in await found_in(settings, clock)
    await store.close()


@ONE
async def test_a_file_that_is_damaged_or_empty_is_wrong(
    house: House, settings: Settings, clock: StillClock, tmp_path: Path
) -> None:
    await house.database.scrub()
    assert house.database.file is not None
    whole = house.database.file.read_bytes()
    damaged = tmp_path / "damaged.db"
    # The first page tells what there is; the others hold it.
    damaged.write_bytes(whole[:20480] + bytes(4096) + whole[24576:])
    there = replace(settings, database_url=f"sqlite+aiosqlite:///{damaged}")
    state, _ = (await found_in(there, clock))["data"]
    assert state is State.WRONG
    empty = replace(settings, database_url=f"sqlite+aiosqlite:///{tmp_path / 'empty.db'}")
    database = Database.at(empty.database_url)
    await database.close()
    state, why = (await found_in(empty, clock))["data"]
    assert (state, "newest form" in why) == (State.WRONG, True)


async def test_a_clock_that_is_behind_is_wrong(
    house: House, settings: Settings, clock: StillClock
) -> None:
    async with house.database.begin() as db:
        await note_of(db, house, None, Doing.EXPORTED)
    clock.pass_by(-timedelta(minutes=1))
    assert (await found_in(settings, clock))["clock"][0] is State.WRONG


async def test_letters_that_wait_long_and_turns_that_were_set_aside_are_looked_at(
    house: House, settings: Settings, clock: StillClock
) -> None:
    letter = NewLetter(new_id(), b"x" * 16, None, Door.TELEGRAM, "Woorden")
    async with house.database.begin() as db:
        await mail.put(db, house.keystore, [letter], clock.now())
    assert "letters" not in await found_in(settings, clock)
    clock.pass_by(timedelta(minutes=20))
    assert "1 wait" in (await found_in(settings, clock))["letters"][1]
    aside = SetAside(new_id(), "telegram:1", clock.now(), "Woorden")
    async with house.database.begin() as db:
        await setaside.keep(db, house.keystore.system, aside)
    state, why = (await found_in(settings, clock))["letters"]
    assert (state, "1 turns" in why) == (State.LOOK, True)


@ONE
async def test_numbers_and_cards_are_to_be_checked_again_before_they_are_too_old(
    house: House, settings: Settings, clock: StillClock
) -> None:
    assert house.database.is_sqlite
    clock.pass_by(timedelta(days=900))
    found = await found_in(settings, clock)
    assert found["help lines"][0] is State.LOOK
    assert found["cards"][0] is State.LOOK


@ONE
async def test_a_text_that_is_missing_is_wrong(
    house: House, settings: Settings, clock: StillClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert house.database.is_sqlite
    monkeypatch.setattr(doctor, "whole", lambda: Graph({}, frozenset(), frozenset({"never.ask"})))
    state, why = (await found_in(settings, clock))["dialog"]
    assert (state, "nl: never.ask" in why) == (State.WRONG, True)


@ONE
async def test_an_organisation_that_cannot_be_read_is_wrong(
    house: House, settings: Settings, clock: StillClock, tmp_path: Path
) -> None:
    assert house.database.is_sqlite
    found = await found_in(replace(settings, organisation_file=tmp_path / "none.toml"), clock)
    assert found["help lines"][0] is State.WRONG


@ONE
async def test_an_address_for_everybody_wants_https(settings: Settings, clock: StillClock) -> None:
    wide = replace(settings, host="house.example")
    told = [each.why async for each in examine(wide, clock) if each.about == "settings"]
    assert any("https" in why for why in told)
