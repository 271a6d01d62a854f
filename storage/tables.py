"""Every table about people and the work for them, and why it may exist.

A column is sealed (`SealedBytes`) unless `storage/clear.py` says why it need not be. Whatever
belongs to a person goes when the row in `person` goes: the database itself sees to that, and it
refuses a row that comes behind an erasure.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, MetaData, UniqueConstraint, false
from sqlmodel import Field, SQLModel

from storage.columns import BigNumber, UtcTime
from storage.sealed import SealedBytes

# Named, so that a migration can find a constraint again on both kinds of database.
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class DataTable(SQLModel):
    """The tables of the data database; the key store has its own."""

    metadata = MetaData(naming_convention=NAMES)
    # Rows are not checked as they are made, so what would check them is not built.
    model_config = {"defer_build": True}


class PersonRow(DataTable, table=True):
    """Somebody who came to us: an id that everything of theirs hangs on, and nothing else."""

    __tablename__ = "person"

    id: UUID = Field(primary_key=True)
    created_day: date


class WayRow(DataTable, table=True):
    """How a person is reached: needed to know them again, and to bring them an answer.

    `idx` is a keyed hash of the address, of 16 bytes; it stands in for the row's id too.
    """

    __tablename__ = "way"

    idx: bytes = Field(primary_key=True)
    person_id: UUID = Field(foreign_key="person.id", ondelete="CASCADE", unique=True)
    door: str
    address: bytes = Field(sa_type=SealedBytes)
    closed: bool = False
    # The number of the message that holds the screen, so that it can be changed in place.
    screen_message: int | None = Field(default=None, sa_type=BigNumber)


class ErasureRow(DataTable, table=True):
    """Somebody who is forgotten here, and whose key still has to be destroyed in the key store.

    The two databases share no transaction: without this row a crash between them would leave a key.
    """

    __tablename__ = "erasure"

    person_id: UUID = Field(primary_key=True)
    at: datetime = Field(sa_type=UtcTime)


class ConversationRow(DataTable, table=True):
    """Where a conversation stands, so that it goes on after a pause, a restart or another process.

    `touched` is rounded to the hour: it is there to forget what nobody comes back for.
    """

    __tablename__ = "conversation"

    person_id: UUID = Field(primary_key=True, foreign_key="person.id", ondelete="CASCADE")
    session: bytes = Field(sa_type=SealedBytes)
    version: int
    has_referral: bool
    touched: datetime = Field(sa_type=UtcTime, index=True)


class HeardRow(DataTable, table=True):
    """The number of something that was heard, so that hearing it twice does it once."""

    __tablename__ = "heard"

    key: str = Field(primary_key=True)
    at: datetime = Field(sa_type=UtcTime, index=True)


class SetAsideRow(DataTable, table=True):
    """An envelope whose turn failed: set aside, so that nothing is lost and nobody else waits."""

    __tablename__ = "set_aside"

    id: UUID = Field(primary_key=True)
    person_id: UUID | None = Field(
        default=None, foreign_key="person.id", ondelete="CASCADE", index=True
    )
    key: str
    envelope: bytes = Field(sa_type=SealedBytes)
    at: datetime = Field(sa_type=UtcTime)
    version: int = Field(default=0, sa_column_kwargs={"server_default": "0"})


class ConsentTextRow(DataTable, table=True):
    """The exact text that people agree to, kept so that a consent can be shown to have been one."""

    __tablename__ = "consent_text"

    sha256: bytes = Field(primary_key=True)
    purpose: str
    version: str
    language: str
    text: str


class ConsentRow(DataTable, table=True):
    """That somebody agreed, to which text, and until when: the law asks us to show it."""

    __tablename__ = "consent"

    id: UUID = Field(primary_key=True)
    person_id: UUID = Field(foreign_key="person.id", ondelete="CASCADE", index=True)
    purpose: str
    version: str
    language: str
    door: str
    text_sha256: bytes
    given_at: datetime = Field(sa_type=UtcTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcTime)


LISTED_BY = ("status", "queue", "alarm_at", "due_at", "waiting_since", "id", "language", "door")


class ReferralRow(DataTable, table=True):
    """A request that lies before staff. Erased, it is a shell: its id, its place, days, its end.

    `content` is the role, the answers and the consents under which they were given, sealed as one.
    """

    __tablename__ = "referral"

    id: UUID = Field(primary_key=True)
    person_id: UUID | None = Field(
        default=None, foreign_key="person.id", ondelete="SET NULL", index=True
    )
    reference: str | None = Field(default=None, unique=True)
    code_name: str | None = None
    service: str
    queue: str
    status: str
    owner_id: UUID | None = Field(default=None, foreign_key="staff.id")
    language: str | None = None
    door: str | None = None
    content: bytes | None = Field(default=None, sa_type=SealedBytes)
    opened_at: datetime = Field(sa_type=UtcTime)
    waiting_since: datetime | None = Field(default=None, sa_type=UtcTime)
    due_at: datetime | None = Field(default=None, sa_type=UtcTime)
    owned_since: datetime | None = Field(default=None, sa_type=UtcTime)
    offered_to_id: UUID | None = Field(default=None, foreign_key="staff.id", index=True)
    snoozed_until: datetime | None = Field(default=None, sa_type=UtcTime, index=True)
    came_back: str | None = None
    closed_at: datetime | None = Field(default=None, sa_type=UtcTime)
    alarm_at: datetime | None = Field(default=None, sa_type=UtcTime)
    answered_at: datetime | None = Field(default=None, sa_type=UtcTime)
    outcome: str | None = None
    unread: int = 0
    last_seq: int = 0
    version: int = 1

    __table_args__ = (
        # Each holds all that the lists are put in order by, so that no request is opened for that;
        # and by what lists of who waits are filtered, for filtered ones are made of all of them.
        Index("ix_referral_lists", *LISTED_BY),
        Index(None, "queue", "status", "closed_at", "id"),
        Index(None, "owner_id", "status"),
        # Exactly one owner at any moment, whatever the code above believes.
        CheckConstraint("status <> 'waiting' OR owner_id IS NULL", name="waiting_has_no_owner"),
        CheckConstraint("status <> 'owned' OR owner_id IS NOT NULL", name="owned_has_an_owner"),
    )


class MessageRow(DataTable, table=True):
    """One thing on the timeline of a request: words of either side, a note, an event.

    The words, their time and the kind of event are sealed as one; `seq` keeps them in order.
    """

    __tablename__ = "message"

    id: UUID = Field(primary_key=True)
    referral_id: UUID = Field(foreign_key="referral.id", ondelete="CASCADE")
    person_id: UUID = Field(foreign_key="person.id", ondelete="CASCADE", index=True)
    seq: int
    author: str
    staff_id: UUID | None = Field(default=None, foreign_key="staff.id")
    body: bytes = Field(sa_type=SealedBytes)
    delivery: str | None = None
    # Until then whoever wrote the words may take them back, and nobody brings them.
    held_until: datetime | None = Field(default=None, sa_type=UtcTime)

    __table_args__ = (UniqueConstraint("referral_id", "seq"),)


class LetterRow(DataTable, table=True):
    """Something on its way to a person: put down with what caused it, gone once delivered."""

    __tablename__ = "letter"

    seq: int | None = Field(default=None, primary_key=True, sa_type=BigNumber)
    id: UUID = Field(unique=True)
    recipient: bytes
    person_id: UUID | None = Field(
        default=None, foreign_key="person.id", ondelete="CASCADE", index=True
    )
    # Words that are withdrawn while they wait are not delivered any more.
    message_id: UUID | None = Field(
        default=None, foreign_key="message.id", ondelete="CASCADE", index=True
    )
    door: str
    body: bytes = Field(sa_type=SealedBytes)
    put_at: datetime = Field(sa_type=UtcTime)
    attempts: int = 0
    not_before: datetime = Field(sa_type=UtcTime)
    leased_until: datetime | None = Field(default=None, sa_type=UtcTime)

    __table_args__ = (Index(None, "recipient", "seq"),)


class CopyRow(DataTable, table=True):
    """What somebody may fetch to take along, and until when; it is made when it is fetched.

    `idx` is a keyed hash of the ticket that fetches it.
    """

    __tablename__ = "copy"

    idx: bytes = Field(primary_key=True)
    person_id: UUID = Field(foreign_key="person.id", ondelete="CASCADE", index=True)
    copy_kind: str
    until: datetime = Field(sa_type=UtcTime, index=True)


class LookRow(DataTable, table=True):
    """That a colleague read what somebody said, on a day: the person may see who, and how."""

    __tablename__ = "look"

    person_id: UUID = Field(primary_key=True, foreign_key="person.id", ondelete="CASCADE")
    day: date = Field(primary_key=True)
    staff_id: UUID = Field(primary_key=True, foreign_key="staff.id")
    queue: str = Field(primary_key=True)
    in_need: bool = Field(default=False, sa_column_kwargs={"server_default": false()})


class TallyRow(DataTable, table=True):
    """What was counted on a day: letters sent or given up, cards that helped, words not understood.

    No row says who.
    """

    __tablename__ = "tally"

    day: date = Field(primary_key=True)
    name: str = Field(primary_key=True)
    count: int


class AskRow(DataTable, table=True):
    """A consent that staff asked for, until when, and what came of it."""

    __tablename__ = "ask"

    referral_id: UUID = Field(primary_key=True, foreign_key="referral.id", ondelete="CASCADE")
    purpose: str = Field(primary_key=True)
    person_id: UUID = Field(foreign_key="person.id", ondelete="CASCADE", index=True)
    state: str
    asked_at: datetime = Field(sa_type=UtcTime)
    until: datetime = Field(sa_type=UtcTime, index=True)


class SurveyRow(DataTable, table=True):
    """How often something was answered after closing, in a month. No row says who."""

    __tablename__ = "survey"

    month: date = Field(primary_key=True)
    queue: str = Field(primary_key=True)
    question: str = Field(primary_key=True)
    option: str = Field(primary_key=True)
    count: int
