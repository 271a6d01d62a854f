"""What is held about a person is told table by table, and nothing is left out unnoticed."""

from __future__ import annotations

from bot.copies.held import DATA_ONLY, SECTIONS
from storage import everything


def test_every_table_is_told_in_words_or_is_data_for_a_reason() -> None:
    tables = {table.name for table in everything.tables_of_people()} - {"erasure"}
    assert tables == SECTIONS.keys() | DATA_ONLY.keys()
    assert not SECTIONS.keys() & DATA_ONLY.keys()
