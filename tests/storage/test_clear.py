"""Everything is sealed, unless a reason is given why not."""

from __future__ import annotations

import pytest
from sqlalchemy import Column

from storage.clear import CLEAR
from storage.schema import Schema
from storage.sealed import SealedBytes

COLUMNS: dict[tuple[str, str], Column[object]] = {
    (table.name, column.name): column
    for schema in Schema
    for table in schema.tables.sorted_tables
    for column in table.columns
}
# What staff worked on stays to be counted, without its person.
SHELLS = {"referral", "complaint"}
REASONS = {(table, name): why for table, names in CLEAR.items() for name, why in names.items()}


@pytest.mark.parametrize("column", sorted(COLUMNS), ids=".".join)
def test_a_column_is_sealed_or_a_reason_says_why_not(column: tuple[str, str]) -> None:
    assert isinstance(COLUMNS[column].type, SealedBytes) is not (column in REASONS)


def test_no_reason_is_given_for_a_column_that_is_not_there() -> None:
    assert not REASONS.keys() - COLUMNS.keys()


def test_every_reason_says_something() -> None:
    assert all(len(reason.split()) >= 4 for reason in REASONS.values())


def test_what_belongs_to_a_person_goes_with_the_person() -> None:
    orphans = {
        f"{table}.{name}"
        for (table, name), column in COLUMNS.items()
        if name == "person_id" and table not in {"erasure", "person_key"}
        for key in [next(iter(column.foreign_keys), None)]
        if key is None or key.ondelete != ("SET NULL" if table in SHELLS else "CASCADE")
    }
    assert orphans == set()
