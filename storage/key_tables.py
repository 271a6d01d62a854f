"""The tables of the key store, a database of its own with copies that live a week at most."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import LargeBinary, MetaData
from sqlmodel import Field, SQLModel

from storage.columns import UtcTime
from storage.tables import NAMES


class KeyTable(SQLModel):
    """The tables of the key store; the data database has its own."""

    metadata = MetaData(naming_convention=NAMES)
    model_config = {"defer_build": True}


class PersonKeyRow(KeyTable, table=True):
    """The key of everything that is kept of one person, wrapped by a master key.

    Destroying it makes every copy of their data unreadable, in backups too.
    """

    __tablename__ = "person_key"

    person_id: UUID = Field(primary_key=True)
    generation: int = Field(primary_key=True)
    kek_id: str
    wrapped: bytes = Field(sa_type=LargeBinary)


class ErasedRow(KeyTable, table=True):
    """That a person was erased, under a keyed hash; played again after a backup was put back."""

    __tablename__ = "erased"

    person_ref: bytes = Field(primary_key=True)
    at: datetime = Field(sa_type=UtcTime)


class CanaryRow(KeyTable, table=True):
    """What only the right key file opens: a wrong one is noticed before anything is written."""

    __tablename__ = "canary"

    kek_id: str = Field(primary_key=True)
    blob: bytes
