"""Every table about the people who work here: who they are, and how they sign in."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, LargeBinary, false
from sqlmodel import Field

from storage.columns import UtcTime
from storage.sealed import SealedBytes
from storage.tables import DataTable


class StaffRow(DataTable, table=True):
    """A colleague: their name is shown to other colleagues and to whom they talk with.

    What belongs to signing in is sealed by the system's key.
    """

    __tablename__ = "staff"

    id: UUID = Field(primary_key=True)
    name: str
    email_idx: bytes = Field(unique=True)
    email: bytes = Field(sa_type=SealedBytes)
    # Their names with a space between them.
    roles: str
    queues: list[str] = Field(sa_type=JSON)
    language: str
    active: bool = True
    preferences: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    away: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    away_until: date | None = None
    password: bytes | None = Field(default=None, sa_type=SealedBytes)
    totp: bytes | None = Field(default=None, sa_type=SealedBytes)
    # The last time step that was used: the same six digits do not open the door twice.
    totp_step: int = 0
    failures: int = 0


class SetUpLinkRow(DataTable, table=True):
    """A link by which a colleague chooses a password, once; only its hash is known here."""

    __tablename__ = "set_up_link"

    token_sha256: bytes = Field(primary_key=True)
    staff_id: UUID = Field(foreign_key="staff.id", ondelete="CASCADE", index=True)
    expires_at: datetime = Field(sa_type=UtcTime)


class StaffSessionRow(DataTable, table=True):
    """A colleague who is signed in. It lives here, so that signing out ends every copy of it.

    `confirmed_at` is when they last typed a code. `own_key` is what opens letterboxes to them,
    under the token itself, which is nowhere but in their browser.
    """

    __tablename__ = "staff_session"

    token_sha256: bytes = Field(primary_key=True)
    staff_id: UUID = Field(foreign_key="staff.id", ondelete="CASCADE", index=True)
    started_at: datetime = Field(sa_type=UtcTime)
    seen_at: datetime = Field(sa_type=UtcTime)
    confirmed_at: datetime | None = Field(default=None, sa_type=UtcTime)
    own_key: bytes | None = Field(default=None, sa_type=LargeBinary)


class StaffKeyRow(DataTable, table=True):
    """A colleague's pair of keys: the private one under the slow hash of their passphrase.

    That hash has a salt of its own and is kept nowhere; the one that is compared at the door is
    another.
    """

    __tablename__ = "staff_key"

    staff_id: UUID = Field(primary_key=True, foreign_key="staff.id", ondelete="CASCADE")
    public: bytes
    salt: bytes
    # Turns, KiB and lanes of Argon2id.
    cost: list[int] = Field(sa_type=JSON)
    private: bytes


class LetterboxRow(DataTable, table=True):
    """What closes the letterbox of a queue; it does not open it.

    `spare_box` holds what does, closed with the public half of a spare key that lies elsewhere.
    """

    __tablename__ = "letterbox"

    queue: str = Field(primary_key=True)
    public: bytes
    spare_public: bytes | None = None
    spare_box: bytes | None = None


class LetterboxKeyRow(DataTable, table=True):
    """What opens the letterbox of a queue, closed for one colleague."""

    __tablename__ = "letterbox_key"

    queue: str = Field(primary_key=True, foreign_key="letterbox.queue", ondelete="CASCADE")
    staff_id: UUID = Field(primary_key=True, foreign_key="staff.id", ondelete="CASCADE")
    box: bytes


class PasskeyRow(DataTable, table=True):
    """What checks the answers of a colleague's passkey; the key itself stays on their device."""

    __tablename__ = "passkey"

    id: UUID = Field(primary_key=True)
    staff_id: UUID = Field(foreign_key="staff.id", ondelete="CASCADE", index=True)
    # What the passkey calls itself, hashed; all that is said of it stands in `kept`.
    credential_sha256: bytes = Field(unique=True)
    kept: bytes = Field(sa_type=SealedBytes)
    # Some devices count how often a key was used: a copy of it would count from where it was made.
    uses: int
    added_at: datetime = Field(sa_type=UtcTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcTime)


class AttemptRow(DataTable, table=True):
    """When it was tried to sign in or to come back, by account and by address, as keyed hashes.

    One row a key: the database makes tries at the same moment wait for each other, and so each is
    counted before it is checked. `recent` holds whole seconds since 1970.
    """

    __tablename__ = "attempt"

    key: bytes = Field(primary_key=True)
    recent: list[int] = Field(sa_type=JSON)
    last_at: datetime = Field(sa_type=UtcTime, index=True)


class PresenceRow(DataTable, table=True):
    """That a colleague looks at a request now; a row that is not renewed counts for a minute."""

    __tablename__ = "presence"

    referral_id: UUID = Field(primary_key=True, foreign_key="referral.id", ondelete="CASCADE")
    staff_id: UUID = Field(primary_key=True, foreign_key="staff.id", ondelete="CASCADE")
    seen_at: datetime = Field(sa_type=UtcTime)
