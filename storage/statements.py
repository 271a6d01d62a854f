"""The few statements that SQLAlchemy spells in two ways, one for each kind of database."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, TypeAlias, TypeVar, TypeVarTuple, cast

from sqlalchemy import Row, Select, Table, UpdateBase
from sqlalchemy.dialects import sqlite
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql

# Both databases take some 32,000 values in one statement.
MOST_VALUES = 5_000

Item = TypeVar("Item")
Columns = TypeVarTuple("Columns")
Insert: TypeAlias = "postgresql.Insert | sqlite.Insert"


def table_of(row: type[SQLModel]) -> Table:
    """Give the table itself: a statement on it makes no object of each row, which costs most."""
    return row.metadata.tables[str(row.__tablename__)]


def insert_into(db: AsyncSession, row: type[SQLModel]) -> Insert:
    """Begin an INSERT that can say what happens `ON CONFLICT`."""
    return _insert(_dialect(db), row)


def insert_once(
    row: type[SQLModel],
) -> Callable[[Callable[[Insert], UpdateBase]], Callable[[AsyncSession], UpdateBase]]:
    """Finish an INSERT only once for each kind of database: building one costs more than asking."""

    def finished(finish: Callable[[Insert], UpdateBase]) -> Callable[[AsyncSession], UpdateBase]:
        @cache
        def built(dialect: str) -> UpdateBase:
            return finish(_insert(dialect, row))

        return lambda db: built(_dialect(db))

    return finished


async def rows(
    db: AsyncSession, statement: Select[*Columns], **values: object
) -> Sequence[Row[*Columns]]:
    """Ask something of tables, with these values for what it binds; a row names its columns."""
    found = await db.exec(statement, params=values)  # type: ignore[call-overload]
    return cast("Sequence[Row[*Columns]]", found.all())


def _insert(dialect: str, row: type[SQLModel]) -> Insert:
    if dialect == "postgresql":
        # Where there is no such database, it is not read.
        from sqlalchemy.dialects import postgresql  # noqa: PLC0415

        return postgresql.insert(table_of(row))
    return sqlite.insert(table_of(row))


def _dialect(db: AsyncSession) -> str:
    return db.get_bind().dialect.name


def portions(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """Cut a long list of values into statements that a database takes."""
    for start in range(0, len(items), MOST_VALUES):
        yield items[start : start + MOST_VALUES]
