"""By what people come back: a code for every door, a PIN for one that others use."""

from uuid import UUID

from sqlmodel import Field

from storage.sealed import SealedBytes
from storage.tables import DataTable


class CodeRow(DataTable, table=True):
    """The code by which a person comes back at another door; only a slow hash of it is kept.

    `idx` is a keyed hash of the code, of 16 bytes, as that of a way.
    """

    __tablename__ = "code"

    idx: bytes = Field(primary_key=True)
    person_id: UUID = Field(foreign_key="person.id", ondelete="CASCADE", unique=True)
    hashed: bytes = Field(sa_type=SealedBytes)


class LockRow(DataTable, table=True):
    """A PIN of a person, when they were last there, and the door behind which they are shut.

    While they are shut no way leads to them: whoever comes to that door is somebody new.
    """

    __tablename__ = "lock"

    person_id: UUID = Field(primary_key=True, foreign_key="person.id", ondelete="CASCADE")
    pin: bytes = Field(sa_type=SealedBytes)
    seen: bytes = Field(sa_type=SealedBytes)
    door_idx: bytes | None = Field(default=None, index=True)
    door: str | None = None
    address: bytes | None = Field(default=None, sa_type=SealedBytes)
