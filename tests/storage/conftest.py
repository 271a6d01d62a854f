"""What the tests of storage may ask for beside databases."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from storage.database import Database
from storage.keystore import KeyStore
from storage.schema import Schema
from storage.staff import Member
from tests.databases import Place
from tests.storage.made import Known, colleague, person


@pytest.fixture
async def keys(place: Place) -> AsyncIterator[Database]:
    """The key store's database, past everything that the key store does."""
    database = Database.at(place.keys_url, Schema.KEYS)
    yield database
    await database.close()


@pytest.fixture
async def anna(database: Database, keystore: KeyStore) -> Known:
    return await person(database, keystore)


@pytest.fixture
async def carla(database: Database, keystore: KeyStore) -> Member:
    return await colleague(database, keystore, "Testcollega Carla")


@pytest.fixture
async def dirk(database: Database, keystore: KeyStore) -> Member:
    return await colleague(database, keystore, "Testcollega Dirk")


@pytest.fixture
async def stranger(database: Database, keystore: KeyStore) -> Member:
    """A colleague of another queue."""
    return await colleague(database, keystore, "Testcollega Elders", queues=frozenset({"zuid"}))
