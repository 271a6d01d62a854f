"""What is left in files: of words nothing ever, and of an erased person nothing that opens."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dialogs.frozen import replace
from storage import conversations, heard, people, referrals, retention
from storage.database import Database
from storage.errors import NotFound, Unreadable
from storage.keyfile import KeyFile
from storage.keystore import KeyStore
from storage.schema import Schema
from storage.tables import HeardRow
from tests import databases
from tests.databases import NOW, rows_of
from tests.storage.everywhere import SAID, sentinels_everywhere
from tests.storage.made import SENTINEL, Known, opened, person

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)


def holding(folder: Path, needle: bytes) -> set[str]:
    """Name the files that hold some bytes, the write-ahead logs among them."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.name for path in files if needle in path.read_bytes()}


async def test_no_words_lie_in_any_file(
    place: databases.Place, database: Database, keystore: KeyStore
) -> None:
    await sentinels_everywhere(database, keystore)
    assert holding(place.folder, SENTINEL.encode()) == set()
    await database.scrub()
    await keystore.close()
    assert holding(place.folder, SENTINEL.encode()) == set()


async def test_words_in_a_clear_column_would_be_found(
    place: databases.Place, database: Database
) -> None:
    async with database.begin() as db:
        await heard.keep(db, [SENTINEL], NOW)
    assert holding(place.folder, SENTINEL.encode()) == {"data.db-wal"}
    await database.scrub()
    assert holding(place.folder, SENTINEL.encode()) == {"data.db"}
    async with database.begin() as db:
        await retention.forget(db, HeardRow, NOW.replace(year=2030))
    await database.scrub()
    assert holding(place.folder, SENTINEL.encode()) == set()


async def wrapped_key(place: databases.Place, known: Known) -> bytes:
    keys = Database.at(place.keys_url, Schema.KEYS)
    statement = f"SELECT wrapped FROM person_key WHERE person_id = '{known.id.hex}'"  # noqa: S608 - an id of our own
    ((wrapped,),) = await rows_of(keys, statement)
    await keys.close()
    assert isinstance(wrapped, bytes)
    return wrapped


async def test_a_destroyed_key_is_in_no_file(
    place: databases.Place, database: Database, keystore: KeyStore
) -> None:
    anna, bram = await person(database, keystore), await person(database, keystore)
    hers, his = await wrapped_key(place, anna), await wrapped_key(place, bram)
    assert holding(place.folder, hers)
    await keystore.erase(anna.id, NOW)
    assert holding(place.folder, hers) == set()
    assert holding(place.folder, his)


async def test_an_old_copy_of_the_data_stays_closed_once_the_key_is_destroyed(
    place: databases.Place, database: Database, keystore: KeyStore
) -> None:
    anna = await sentinels_everywhere(database, keystore)
    bram = await person(database, keystore)
    his = await opened(database, bram)
    await database.scrub()
    shutil.copy(place.data_path, place.folder / "backup.db")

    async with database.begin() as db:
        (hers,) = [each.id for each in await referrals.of_person(db, anna.id)]
        await people.erase(db, anna.id, NOW)
    await keystore.erase(anna.id, NOW)
    await database.scrub()

    again = await KeyStore.open(place.keys_url, KeyFile.load_or_make(place.key_path), now=NOW)
    backup = Database.at(place.data_url.replace("data.db", "backup.db"))
    async with backup.reading() as db:
        assert await people.everybody(db)
        assert set(await again.seals(await people.everybody(db))) == {bram.id}
        with pytest.raises(NotFound):
            await again.seal_of(anna.id)
        bram_again = await again.seal_of(bram.id)
        assert (await referrals.answers(db, bram_again, his)).answers
        assert [each.id for each in await referrals.of_person(db, anna.id)] == [hers]
        conversation = {anna.id: replace(bram_again, person_id=anna.id)}
        with pytest.raises(Unreadable):
            await conversations.find(db, conversation)
    await backup.close()
    await again.close()


async def test_a_copy_of_data_and_keys_together_is_the_one_that_opens(
    place: databases.Place, database: Database, keystore: KeyStore
) -> None:
    anna = await sentinels_everywhere(database, keystore)
    await database.scrub()
    await keystore.close()
    copy = place.folder / "copy"
    copy.mkdir()
    for path in (place.data_path, place.keys_path):
        shutil.copy(path, copy)
    keys_url = place.keys_url.replace("keys.db", "copy/keys.db")
    again = await KeyStore.open(keys_url, KeyFile.load_or_make(place.key_path), now=NOW)
    copied = Database.at(place.data_url.replace("data.db", "copy/data.db"))
    async with copied.reading() as db:
        found = await conversations.find(db, await again.seals([anna.id]))
    assert found[anna.id].session == SAID
    await copied.close()
    await again.close()
