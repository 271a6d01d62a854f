"""What the tests of storage may ask for beside databases."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from storage.database import Database
from storage.schema import Schema
from tests.databases import Place


@pytest.fixture
async def keys(place: Place) -> AsyncIterator[Database]:
    """The key store's database, past everything that the key store does."""
    database = Database.at(place.keys_url, Schema.KEYS)
    yield database
    await database.close()
