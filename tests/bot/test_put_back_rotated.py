"""Backups of keys from before a rotation open as long as the key file has what wraps them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.backups import back_up
from bot.clock import Clock
from bot.house import House
from bot.settings import Settings
from dialogs.frozen import replace
from storage import rotation
from storage.database import Database
from storage.errors import WrongKey
from storage.keyfile import KeyFile, new_key
from storage.schema import Schema
from tests.bot.backups import ONE, elsewhere, folder, put_back, whole
from tests.bot.test_backups import readable
from tests.databases import NOW, rows_of
from tests.houses import Visitor

__all__ = ["elsewhere", "folder"]


@pytest.fixture
async def store(settings: Settings, house: House) -> AsyncIterator[Database]:
    """The key store of a house in which somebody has a request."""
    await Visitor(house).sends_a_request()
    store = Database.at(settings.keystore_url, Schema.KEYS)
    yield store
    await store.close()


async def test_keys_from_before_a_rotation_are_put_back_and_wrapped_anew_by_the_next(
    settings: Settings, elsewhere: Settings, folder: Path, store: Database
) -> None:
    await back_up(settings, Clock(), folder)
    await rotation.rewrap(store, await rotation.begin(store, settings.key_file, NOW))
    await put_back(elsewhere, folder)
    assert len(await readable(elsewhere)) == 1
    beside = Database.at(elsewhere.keystore_url, Schema.KEYS)
    key_file = await rotation.begin(beside, settings.key_file, NOW)
    assert await rotation.rewrap(beside, key_file) == 1
    assert await rows_of(beside, "SELECT kek_id FROM person_key") == [("k2026b",)]
    await beside.close()
    assert len(await readable(elsewhere)) == 1


@ONE
@pytest.mark.parametrize("is_halfway", [False, True])
async def test_once_the_older_key_is_dropped_they_are_refused_and_nothing_is_changed(
    settings: Settings, elsewhere: Settings, folder: Path, store: Database, *, is_halfway: bool
) -> None:
    if is_halfway:
        await rotation.begin(store, settings.key_file, NOW)
    await back_up(settings, Clock(), folder)
    await rotation.rewrap(store, await rotation.begin(store, settings.key_file, NOW))
    await rotation.drop_older(store, settings.key_file)
    assert len(KeyFile.load_or_make(settings.key_file).kek) == 1
    with pytest.raises(WrongKey):
        await put_back(elsewhere, folder)
    assert await whole(elsewhere) == ({}, {})


@ONE
async def test_another_key_under_the_name_of_the_older_is_refused(
    settings: Settings, elsewhere: Settings, folder: Path, store: Database
) -> None:
    key_file = await rotation.begin(store, settings.key_file, NOW)
    await back_up(settings, Clock(), folder)
    replace(key_file, kek={**key_file.kek, "k2026a": new_key()}).put()
    with pytest.raises(WrongKey, match="k2026a"):
        await put_back(elsewhere, folder)
    assert await whole(elsewhere) == ({}, {})
