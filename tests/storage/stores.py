"""The key store opened anew, and looked into past everything that it does."""

from __future__ import annotations

from collections.abc import Callable

from storage.database import Database
from storage.keyfile import KeyFile
from storage.keystore import KeyStore
from storage.schema import Schema
from tests.databases import NOW, Place, rows_of


async def everything_in(keys: Database) -> list[object]:
    tables = [table.name for table in Schema.KEYS.tables.sorted_tables]
    return [await rows_of(keys, f"SELECT * FROM {table}") for table in tables]  # noqa: S608 - names of our own


async def opened(place: Place, monotonic: Callable[[], float] = lambda: 0.0) -> KeyStore:
    key_file = KeyFile.load_or_make(place.key_path)
    return await KeyStore.open(place.keys_url, key_file, now=NOW, monotonic=monotonic)
