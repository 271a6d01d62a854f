"""Every table about how good the work is: counted of nobody, or about those who do it."""

from datetime import date, datetime
from uuid import UUID

from sqlmodel import Field

from storage.columns import UtcTime
from storage.sealed import SealedBytes
from storage.tables import DataTable


class FigureRow(DataTable, table=True):
    """How often something happened in a month with requests. No row says who, so it may stay.

    `within` is the number of minutes in which it happened, as the upper end of a step of
    `storage/figures.py`; 0 where nothing is measured.
    """

    __tablename__ = "figure"

    month: date = Field(primary_key=True)
    queue: str = Field(primary_key=True)
    language: str = Field(primary_key=True)
    door: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
    within: int = Field(primary_key=True)
    count: int


class ExportRow(DataTable, table=True):
    """That data was handed out for research, and what for: whoever asks must be able to know."""

    __tablename__ = "research_export"

    id: UUID = Field(primary_key=True)
    at: datetime = Field(sa_type=UtcTime)
    purpose: str
    rows: int


class LicenceRow(DataTable, table=True):
    """A mediator's licence, which is renewed each year to whoever met what it asks for."""

    __tablename__ = "licence"

    staff_id: UUID = Field(primary_key=True, foreign_key="staff.id", ondelete="CASCADE")
    trained_on: date | None = None
    valid_until: date | None = None
    mediations: int = 0
    training_hours: int = 0
    intervisions: int = 0
    told_on: date | None = None


class InstructionRow(DataTable, table=True):
    """What to do at a step of a case: written by the house, read by its staff, of nobody."""

    __tablename__ = "instruction"

    service: str = Field(primary_key=True)
    step: str = Field(primary_key=True)
    language: str = Field(primary_key=True)
    words: str
    written_on: date


class ReviewRow(DataTable, table=True):
    """That an ended case was drawn to be read once more, and what was noted of the work on it."""

    __tablename__ = "review"

    id: UUID = Field(primary_key=True)
    referral_id: UUID = Field(foreign_key="referral.id", ondelete="CASCADE", unique=True)
    person_id: UUID = Field(foreign_key="person.id", ondelete="CASCADE", index=True)
    drawn_at: datetime = Field(sa_type=UtcTime)
    staff_id: UUID | None = Field(default=None, foreign_key="staff.id")
    reviewed_at: datetime | None = Field(default=None, sa_type=UtcTime)
    body: bytes | None = Field(default=None, sa_type=SealedBytes)
