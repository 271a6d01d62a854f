"""The table of the audit log."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field

from storage.columns import BigNumber, UtcTime
from storage.tables import DataTable


class AuditRow(DataTable, table=True):
    """Who did or read what: whoever answers for people's data must be able to tell them.

    It has no foreign keys: a line outlives whom and what it is about.
    """

    __tablename__ = "audit"

    seq: int = Field(primary_key=True, sa_type=BigNumber)
    at: datetime = Field(sa_type=UtcTime, index=True)
    actor_id: UUID | None = None
    roles: str
    what: str
    object_id: UUID | None = None
    queue: str | None = None
    mac: bytes

    __table_args__ = (
        Index(None, "actor_id", "seq"),
        Index(None, "what", "seq"),
        Index(None, "object_id", "seq"),
    )
