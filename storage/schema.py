"""The form of the two databases, and bringing them to the newest one; never the way back.

Alembic is called from here, with no configuration file: the same call serves the command line, the
first start and the tests.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import (
    CHAR,
    JSON,
    Column,
    Connection,
    DateTime,
    MetaData,
    Table,
    Uuid,
    event,
    inspect,
    select,
    text,
)
from sqlalchemy.engine.interfaces import ReflectedColumn
from sqlalchemy.types import TypeEngine

from storage.audit_tables import AuditRow
from storage.columns import UtcTime
from storage.complaint_tables import ComplaintRow
from storage.key_tables import KeyTable
from storage.notice_tables import NoticeRow
from storage.quality_tables import FigureRow
from storage.return_tables import LockRow
from storage.staff_tables import StaffRow
from storage.talk_tables import DraftRow
from storage.trace_tables import TraceRow

HERE = Path(__file__).parent / "migrations"
# Any number will do, as long as it is always the same: two that migrate wait for each other.
MIGRATION_LOCK = 4_801_734
# Where Alembic keeps the form.
VERSIONS = Table("alembic_version", MetaData(), Column("version_num"))
# One table of each file, so that none of them is missing.
DATA_TABLES = (
    StaffRow, AuditRow, ComplaintRow, NoticeRow, FigureRow, LockRow, DraftRow, TraceRow
)  # fmt: skip


class Schema(StrEnum):
    """Which of the two databases."""

    DATA = "data"
    KEYS = "keys"

    @property
    def tables(self) -> MetaData:
        """Name every table of this database."""
        match self:
            case Schema.DATA:
                return DATA_TABLES[0].metadata
            case Schema.KEYS:
                return KeyTable.metadata


@cache
def forms(schema: Schema) -> tuple[str, ...]:
    """Name every form there was, the newest last; read once from the names of the migrations."""
    return tuple(sorted(each.name[:4] for each in (HERE / schema).glob("[0-9]*.py")))


def newest(schema: Schema) -> str:
    """Name the newest form."""
    return forms(schema)[-1]


def present(connection: Connection) -> str | None:
    """Name the form that this database is in; nothing when it is empty."""
    if not inspect(connection).has_table(VERSIONS.name):
        return None
    form: str | None = connection.scalar(select(VERSIONS.c.version_num))
    return form


def tables_there(connection: Connection) -> list[Table]:
    """Find the tables that a database really has, whatever its form; each after those it hangs on.

    Their columns read and take the same values in both kinds of database.
    """
    found = MetaData()

    @event.listens_for(found, "column_reflect")
    def _(_inspector: object, _table: object, column: ReflectedColumn) -> None:
        column["type"] = _alike(column["type"])

    found.reflect(connection)
    return [table for table in found.sorted_tables if table.name != VERSIONS.name]


def _alike(type_: TypeEngine[Any]) -> TypeEngine[Any]:
    match type_:
        case CHAR():
            # So does SQLite keep an id.
            return Uuid()
        case DateTime():
            return UtcTime()
        case JSON():
            return JSON(none_as_null=True)
        case _:
            return type_


def upgrade(connection: Connection, schema: Schema, form: str = "heads") -> None:
    """Bring a database to a form, inside the transaction that the caller has opened."""
    # Most starts bring no database anywhere, and can do without.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
    config = Config()
    config.set_main_option("script_location", HERE.as_posix())
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", (HERE / schema).as_posix())
    config.attributes |= {"tables": schema.tables, "connection": connection}
    command.upgrade(config, form)
