"""Every table of what colleagues do beside a conversation, before any of it is said to anybody."""

from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from storage.sealed import SealedBytes
from storage.tables import DataTable


class DraftRow(DataTable, table=True):
    """Words that a colleague is still writing, so that no reload and no other computer costs them.

    They are about the person, and are sealed with their key.
    """

    __tablename__ = "draft"

    id: UUID = Field(primary_key=True)
    referral_id: UUID = Field(foreign_key="referral.id", ondelete="CASCADE")
    person_id: UUID = Field(foreign_key="person.id", ondelete="CASCADE", index=True)
    staff_id: UUID = Field(foreign_key="staff.id")
    kind: str
    words: bytes = Field(sa_type=SealedBytes)

    __table_args__ = (UniqueConstraint("referral_id", "staff_id", "kind"),)
