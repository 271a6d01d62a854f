"""Every table of what colleagues do beside a conversation, before any of it is said to anybody."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from storage.columns import UtcTime
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


class RecusalRow(DataTable, table=True):
    """That a colleague knows somebody in a request, so that it is not theirs to read any more."""

    __tablename__ = "recusal"

    referral_id: UUID = Field(primary_key=True, foreign_key="referral.id", ondelete="CASCADE")
    staff_id: UUID = Field(primary_key=True, foreign_key="staff.id", index=True)


class LinkRow(DataTable, table=True):
    """That two requests are sides of one matter, as a coordinator says; gone with either person.

    It belongs to neither person and stands in nothing that one of them is given, for it would tell
    of the other. So the reason is sealed with the key of the house.
    """

    __tablename__ = "link"

    id: UUID = Field(primary_key=True)
    one_id: UUID = Field(foreign_key="referral.id", ondelete="CASCADE", index=True)
    other_id: UUID = Field(foreign_key="referral.id", ondelete="CASCADE", index=True)
    staff_id: UUID = Field(foreign_key="staff.id")
    reason: bytes = Field(sa_type=SealedBytes)
    linked_at: datetime = Field(sa_type=UtcTime)

    __table_args__ = (UniqueConstraint("one_id", "other_id"),)


class NeedRow(DataTable, table=True):
    """That a colleague asked to read a request in need that is not theirs to read; and the answer.

    `asked` is the reference they named and why, sealed with the key of the house, as there may be
    no such request, and what they say may be about others. `until` is nothing after a no. `told_at`
    is when those who decide were told of it outside the desk.
    """

    __tablename__ = "need"

    id: UUID = Field(primary_key=True)
    referral_id: UUID | None = Field(foreign_key="referral.id", ondelete="CASCADE", index=True)
    staff_id: UUID = Field(foreign_key="staff.id", index=True)
    asked: bytes = Field(sa_type=SealedBytes)
    asked_at: datetime = Field(sa_type=UtcTime, index=True)
    decider_id: UUID | None = Field(default=None, foreign_key="staff.id")
    decided_at: datetime | None = Field(default=None, sa_type=UtcTime)
    until: datetime | None = Field(default=None, sa_type=UtcTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcTime)
    told_at: datetime | None = Field(default=None, sa_type=UtcTime)


class ReplyRow(DataTable, table=True):
    """A reply that colleagues use often, in one language; those of one id say the same."""

    __tablename__ = "reply"

    id: UUID = Field(primary_key=True)
    language: str = Field(primary_key=True)
    title: str
    words: str
