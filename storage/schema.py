"""The form of the two databases, and bringing them to the newest one; never the way back.

Alembic is called from here, with no configuration file: the same call serves the command line, the
first start and the tests.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, text

from storage.audit_tables import AuditRow
from storage.complaint_tables import ComplaintRow
from storage.key_tables import KeyTable
from storage.notice_tables import NoticeRow
from storage.quality_tables import FigureRow
from storage.return_tables import LockRow
from storage.staff_tables import StaffRow
from storage.talk_tables import DraftRow

HERE = Path(__file__).parent / "migrations"
# Any number will do, as long as it is always the same: two that migrate wait for each other.
MIGRATION_LOCK = 4_801_734
# One table of each file, so that none of them is missing.
DATA_TABLES = (StaffRow, AuditRow, ComplaintRow, NoticeRow, FigureRow, LockRow, DraftRow)


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


def configuration(schema: Schema) -> Config:
    """Say to Alembic where the migrations of this database lie."""
    config = Config()
    config.set_main_option("script_location", HERE.as_posix())
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", (HERE / schema).as_posix())
    config.attributes["tables"] = schema.tables
    return config


@cache
def newest(schema: Schema) -> frozenset[str]:
    """Name the newest form; read from the folder once."""
    return frozenset(ScriptDirectory.from_config(configuration(schema)).get_heads())


def present(connection: Connection) -> frozenset[str]:
    """Name the form that this database is in; nothing when it is empty."""
    return frozenset(MigrationContext.configure(connection).get_current_heads())


def upgrade(connection: Connection, schema: Schema) -> None:
    """Bring a database to its newest form, inside the transaction that the caller has opened."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
    config = configuration(schema)
    config.attributes["connection"] = connection
    command.upgrade(config, "heads")
