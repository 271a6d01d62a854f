"""The few statements that SQLAlchemy spells in two ways, one for each kind of database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

# Both databases take some 32,000 values in one statement.
MOST_VALUES = 5_000

Item = TypeVar("Item")


def table_of(row: type[SQLModel]) -> Table:
    """Give the table itself: a statement on it makes no object of each row, which costs most."""
    return row.metadata.tables[str(row.__tablename__)]


def insert_into(db: AsyncSession, row: type[SQLModel]) -> postgresql.Insert | sqlite.Insert:
    """Begin an INSERT that can say what happens `ON CONFLICT`."""
    if db.get_bind().dialect.name == "postgresql":
        return postgresql.insert(table_of(row))
    return sqlite.insert(table_of(row))


def portions(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """Cut a long list of values into statements that a database takes."""
    for start in range(0, len(items), MOST_VALUES):
        yield items[start : start + MOST_VALUES]
