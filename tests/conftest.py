"""What every test may ask for."""

from __future__ import annotations

from tests.databases import database, key_file, keystore, kind, place, supply
from tests.houses import clock, house, read_once, settings

__all__ = [
    "clock",
    "database",
    "house",
    "key_file",
    "keystore",
    "kind",
    "place",
    "read_once",
    "settings",
    "supply",
]
