"""The table of what colleagues are told outside the desk."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field

from storage.columns import UtcTime
from storage.tables import DataTable


class NoticeRow(DataTable, table=True):
    """That somebody waits, told to one colleague, or to the group of all where nobody is named.

    It says which request that is, and nothing of whose it is.
    """

    __tablename__ = "notice"

    id: UUID = Field(primary_key=True)
    referral_id: UUID = Field(foreign_key="referral.id", ondelete="CASCADE")
    queue: str
    staff_id: UUID | None = Field(default=None, foreign_key="staff.id", ondelete="CASCADE")
    put_at: datetime = Field(sa_type=UtcTime)
    state: str
    # Until then nobody else sends it.
    not_before: datetime = Field(sa_type=UtcTime)
    attempts: int = 0

    __table_args__ = (
        Index(None, "referral_id", "put_at"),
        Index(None, "state", "not_before"),
        Index(None, "queue", "put_at"),
    )
