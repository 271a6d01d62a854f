"""Every table about complaints: what was written, how far it is, and who may not see it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from storage.columns import UtcTime
from storage.sealed import SealedBytes
from storage.tables import DataTable


class ComplaintRow(DataTable, table=True):
    """A complaint that was sent. Erased, it is a shell: service, queue, days, and how it ended.

    `content` is what the person wrote and the consents under which they did, sealed as one.
    `about_at` is when it was known whom it is about; before that nobody at the desk reads it.
    """

    __tablename__ = "complaint"

    id: UUID = Field(primary_key=True)
    person_id: UUID | None = Field(
        default=None, foreign_key="person.id", ondelete="SET NULL", index=True
    )
    code_name: str | None = None
    service: str
    queue: str
    standing: str
    language: str | None = None
    content: bytes | None = Field(default=None, sa_type=SealedBytes)
    opened_at: datetime = Field(sa_type=UtcTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcTime)
    about_at: datetime | None = Field(default=None, sa_type=UtcTime)
    last_seq: int = 0

    __table_args__ = (Index(None, "queue", "closed_at", "opened_at"),)


class ComplaintStepRow(DataTable, table=True):
    """One step of a complaint, with the words that came with it and its time, sealed as one."""

    __tablename__ = "complaint_step"

    id: UUID = Field(primary_key=True)
    complaint_id: UUID = Field(foreign_key="complaint.id", ondelete="CASCADE")
    person_id: UUID = Field(foreign_key="person.id", ondelete="CASCADE", index=True)
    seq: int
    standing: str
    staff_id: UUID | None = Field(default=None, foreign_key="staff.id")
    body: bytes = Field(sa_type=SealedBytes)

    __table_args__ = (UniqueConstraint("complaint_id", "seq"),)


class ComplaintAboutRow(DataTable, table=True):
    """A colleague whom a complaint is about: for them it is not there."""

    __tablename__ = "complaint_about"

    complaint_id: UUID = Field(primary_key=True, foreign_key="complaint.id", ondelete="CASCADE")
    staff_id: UUID = Field(primary_key=True, foreign_key="staff.id")
