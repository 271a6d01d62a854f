"""How staff get in and stay in: set-up links, sessions, and tries that are counted beforehand.

Tokens are known here by their hash only: whoever reads the database cannot sign in with it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import col, delete, insert, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from dialogs.frozen import Frozen
from storage.errors import Conflict, NotFound
from storage.staff_tables import AttemptRow, SetUpLinkRow, StaffRow, StaffSessionRow
from storage.tries import counted

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=10)
MOST_SESSIONS = 3
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)

# Tries beyond these numbers are not checked; the same answer is given as to a wrong password.
ACCOUNT_A_MINUTE = 5
ACCOUNT_AN_HOUR = 20
ADDRESS_AN_HOUR = 10
IN_A_ROW = 100


class StaffSession(Frozen):
    """Somebody who is signed in, since when, when they were last there and last typed a code."""

    staff_id: UUID
    started_at: datetime
    seen_at: datetime
    confirmed_at: datetime | None


class Attempts(Frozen):
    """How often it was tried, this try included; `in_a_row` counts those that were checked."""

    account_minute: int
    account_hour: int
    address_hour: int
    in_a_row: int

    @property
    def too_many(self) -> bool:
        """Say whether this try is not to be checked at all."""
        return (
            self.account_minute > ACCOUNT_A_MINUTE
            or self.account_hour > ACCOUNT_AN_HOUR
            or self.address_hour > ADDRESS_AN_HOUR
            or self.in_a_row > IN_A_ROW
        )


async def add_link(
    db: AsyncSession, token_sha256: bytes, staff_id: UUID, expires_at: datetime
) -> None:
    """Make a set-up link; the ones before it are worth nothing any more."""
    await db.exec(delete(SetUpLinkRow).where(col(SetUpLinkRow.staff_id) == staff_id))
    row = {"token_sha256": token_sha256, "staff_id": staff_id, "expires_at": expires_at}
    await db.exec(insert(SetUpLinkRow), params=[row])


async def find_link(db: AsyncSession, token_sha256: bytes, now: datetime) -> UUID | None:
    """Find whose set-up link this is, without using it up."""
    statement = select(SetUpLinkRow.staff_id).where(
        col(SetUpLinkRow.token_sha256) == token_sha256, col(SetUpLinkRow.expires_at) > now
    )
    return (await db.exec(statement)).one_or_none()


async def use_link(db: AsyncSession, token_sha256: bytes, now: datetime) -> UUID:
    """Use a set-up link up; raise NotFound when it was used, is too old, or never was."""
    statement = (
        delete(SetUpLinkRow)
        .where(col(SetUpLinkRow.token_sha256) == token_sha256, col(SetUpLinkRow.expires_at) > now)
        .returning(col(SetUpLinkRow.staff_id))
    )
    staff_id = (await db.exec(statement)).scalar_one_or_none()
    if staff_id is None:
        raise NotFound("this link is not valid any more")
    return UUID(str(staff_id))


async def start(
    db: AsyncSession,
    token_sha256: bytes,
    staff_id: UUID,
    now: datetime,
    own_key: bytes | None = None,
) -> None:
    """Begin a session; of more than three the ones that were longest idle end."""
    await db.exec(update(StaffRow).where(col(StaffRow.id) == staff_id).values(failures=0))
    others = (
        select(StaffSessionRow.token_sha256)
        .where(col(StaffSessionRow.staff_id) == staff_id)
        .order_by(col(StaffSessionRow.seen_at).desc())
        .offset(MOST_SESSIONS - 1)
    )
    surplus = list(await db.exec(others))
    if surplus:
        await db.exec(delete(StaffSessionRow).where(col(StaffSessionRow.token_sha256).in_(surplus)))
    moments = dict.fromkeys(("started_at", "seen_at", "confirmed_at"), now)
    row = {"token_sha256": token_sha256, "staff_id": staff_id, "own_key": own_key}
    await db.exec(insert(StaffSessionRow), params=[row | moments])


async def find(db: AsyncSession, token_sha256: bytes, now: datetime) -> StaffSession | None:
    """Find a session that still holds, of somebody who still works here."""
    statement = (
        select(StaffSessionRow)
        .join(StaffRow, col(StaffRow.id) == col(StaffSessionRow.staff_id))
        .where(
            col(StaffSessionRow.token_sha256) == token_sha256,
            col(StaffSessionRow.seen_at) > now - IDLE,
            col(StaffSessionRow.started_at) > now - ABSOLUTE,
            # Whoever was here later than that was so before the clock was set back.
            col(StaffSessionRow.seen_at) < now + IDLE,
            col(StaffRow.active),
        )
    )
    row = (await db.exec(statement)).one_or_none()
    if row is None:
        return None
    return StaffSession(row.staff_id, row.started_at, row.seen_at, row.confirmed_at)


async def touch(db: AsyncSession, token_sha256: bytes, now: datetime) -> None:
    """Note that somebody is there; a minute more or less is not worth a write."""
    await db.exec(
        update(StaffSessionRow)
        .where(
            col(StaffSessionRow.token_sha256) == token_sha256,
            col(StaffSessionRow.seen_at) < now - MINUTE,
        )
        .values(seen_at=now)
    )


async def confirm(db: AsyncSession, token_sha256: bytes, now: datetime) -> None:
    """Note that somebody typed a code once more; raise Conflict when their session ended.

    The token stays: their other pages would be sent away with what is half filled in there.
    """
    theirs = update(StaffSessionRow).where(col(StaffSessionRow.token_sha256) == token_sha256)
    if (await db.exec(theirs.values(confirmed_at=now))).rowcount != 1:
        raise Conflict("this session ended in the meantime")


async def end(db: AsyncSession, token_sha256: bytes) -> None:
    """Sign somebody out; a copy of the cookie is worth nothing any more."""
    await db.exec(delete(StaffSessionRow).where(col(StaffSessionRow.token_sha256) == token_sha256))


async def end_everything(db: AsyncSession) -> None:
    """Sign everybody out, and make every set-up link worthless."""
    await db.exec(delete(StaffSessionRow))
    await db.exec(delete(SetUpLinkRow))


async def end_all(db: AsyncSession, staff_id: UUID) -> None:
    """Sign a member out everywhere."""
    await db.exec(delete(StaffSessionRow).where(col(StaffSessionRow.staff_id) == staff_id))


async def record(
    db: AsyncSession, email_index: bytes, address_index: bytes, now: datetime
) -> Attempts:
    """Count a try, before it is checked; kept whatever comes of it, so commit this first.

    Tries at the same moment wait for each other at their row, so that none is counted short.
    """
    account = await counted(db, email_index, now, HOUR)
    address = await counted(db, address_index, now, HOUR)
    minute = int((now - MINUTE).timestamp())
    known = col(StaffRow.email_idx) == email_index
    failures = (await db.exec(select(StaffRow.failures).where(known))).one_or_none()
    attempts = Attempts(
        account_minute=sum(moment > minute for moment in account),
        account_hour=len(account),
        address_hour=len(address),
        in_a_row=0 if failures is None else failures + 1,
    )
    if not attempts.too_many:
        # What is not checked is no failure: nobody locks an account by knocking fast.
        await db.exec(update(StaffRow).where(known).values(failures=attempts.in_a_row))
    return attempts


async def forgive(
    db: AsyncSession, email_index: bytes, address_index: bytes, tried_at: datetime
) -> None:
    """Take back a try that was right: the account begins anew, the address loses this one try.

    Otherwise the colleagues of one office, who share an address, would lock each other out.
    """
    await db.exec(delete(AttemptRow).where(col(AttemptRow.key) == email_index))
    row = col(AttemptRow.key) == address_index
    # Touching the row first makes it ours until the end of the transaction.
    await db.exec(update(AttemptRow).where(row).values(last_at=tried_at))
    found = (await db.exec(select(AttemptRow.recent).where(row))).one_or_none()
    moment = int(tried_at.timestamp())
    if found is not None and moment in found:
        kept = list(found)
        kept.remove(moment)
        await db.exec(update(AttemptRow).where(row).values(recent=kept))
