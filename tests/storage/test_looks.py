"""Who looked is noted once a day; of somebody who was erased there is nothing to look at."""

from __future__ import annotations

import pytest

from storage import looks, people
from storage.database import Database
from storage.errors import NotFound
from storage.keystore import KeyStore
from storage.looks import Look
from storage.staff import Member
from tests.databases import NOW, rows_of
from tests.storage.made import person


async def test_twice_on_a_day_is_as_once(
    database: Database, keystore: KeyStore, carla: Member
) -> None:
    anna = await person(database, keystore)
    look = Look(anna.id, NOW.date(), carla.id, "intake")
    for is_noted in (False, True):
        async with database.begin() as db:
            assert await looks.is_noted(db, look) is is_noted
            await looks.note(db, look)
    assert len(await rows_of(database, "SELECT person_id FROM look")) == 1


async def test_who_is_erased_while_somebody_looks_is_not_there(
    database: Database, keystore: KeyStore, carla: Member
) -> None:
    anna = await person(database, keystore)
    async with database.begin() as db:
        await people.erase(db, anna.id, NOW)
    with pytest.raises(NotFound):
        async with database.begin() as db:
            await looks.note(db, Look(anna.id, NOW.date(), carla.id, "intake"))
