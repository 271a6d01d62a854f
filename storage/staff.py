"""The members of staff. What belongs to signing in is sealed by the system's key."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from msgspec import to_builtins
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from storage import signin
from storage.errors import Conflict, NotFound
from storage.sealed import Seal
from storage.staff_tables import StaffRow
from storage.staff_values import Credentials, Member, Preferences, Scheme, StaffRole
from storage.statements import insert_into

__all__ = [
    "Credentials",
    "Member",
    "Preferences",
    "Scheme",
    "StaffRole",
    "add",
    "change",
    "credentials",
    "everyone",
    "find_by_email",
    "get",
    "hold",
    "note_totp_step",
    "prefer",
    "rename",
    "set_away",
    "set_password",
    "set_totp",
]


async def add(db: AsyncSession, system: Seal, member: Member, email_index: bytes) -> None:
    """Add a member; raise Conflict when somebody has this e-mail address already."""
    row = {
        "id": member.id,
        "name": member.name,
        "email_idx": email_index,
        "email": system.seal("staff", "email", member.id, member.email),
        "roles": " ".join(sorted(member.roles)),
        "queues": sorted(member.queues),
        "language": member.language,
        "active": member.active,
        "totp_step": 0,
        "failures": 0,
    }
    statement = insert_into(db, StaffRow).on_conflict_do_nothing(index_elements=["email_idx"])
    made = await db.exec(statement.returning(col(StaffRow.id)), params=[row])
    if made.scalar_one_or_none() is None:
        raise Conflict("somebody has this e-mail address already")


async def everyone(db: AsyncSession, system: Seal) -> list[Member]:
    """List every member, also those who left, by name."""
    rows = await db.exec(select(StaffRow).order_by(col(StaffRow.name), col(StaffRow.id)))
    return [member_of(row, system) for row in rows]


async def get(db: AsyncSession, system: Seal, member_id: UUID) -> Member:
    """Get a member; raise NotFound."""
    return (await credentials(db, system, member_id)).member


async def credentials(db: AsyncSession, system: Seal, member_id: UUID) -> Credentials:
    """Get a member with what they must know to sign in; raise NotFound."""
    return await _get(db, system, select(StaffRow).where(col(StaffRow.id) == member_id))


async def hold(db: AsyncSession, system: Seal, member_id: UUID) -> Credentials:
    """Get the same, as nobody else changes it until this transaction ends; raise NotFound.

    Whoever also counts tries does that before it, and changes links, passkeys and sessions after
    it: in one order, so that no two wait for each other.
    """
    theirs = select(StaffRow).where(col(StaffRow.id) == member_id)
    # The lock that a change takes: what only names the member need not wait for it.
    return await _get(db, system, theirs.with_for_update(key_share=True))


async def find_by_email(db: AsyncSession, system: Seal, email_index: bytes) -> Credentials | None:
    """Find who signs in with this e-mail address, whether they may or not."""
    statement = select(StaffRow).where(col(StaffRow.email_idx) == email_index)
    row = (await db.exec(statement)).one_or_none()
    return None if row is None else _credentials(row, system)


async def change(
    db: AsyncSession,
    member_id: UUID,
    *,
    roles: Collection[StaffRole] | None = None,
    queues: Collection[str] | None = None,
    language: str | None = None,
    active: bool | None = None,
) -> None:
    """Change what a member may do; whoever may do something else signs in again first."""
    values: dict[str, object] = {"language": language, "active": active}
    values["roles"] = None if roles is None else " ".join(sorted(set(roles)))
    values["queues"] = None if queues is None else sorted(set(queues))
    given = {name: value for name, value in values.items() if value is not None}
    await _change(db, member_id, given)
    if given.keys() - {"language"}:
        await signin.end_all(db, member_id)


async def prefer(
    db: AsyncSession, member_id: UUID, language: str, preferences: Preferences
) -> None:
    """Keep in which language a member works, and how they like the desk."""
    await _change(db, member_id, {"language": language, "preferences": to_builtins(preferences)})


async def set_away(
    db: AsyncSession, member_id: UUID, *, away: bool, until: date | None = None
) -> None:
    """Keep whether a member is away, and the day on which they are back if that is known."""
    await _change(db, member_id, {"away": away, "away_until": until})


async def rename(db: AsyncSession, system: Seal, member: Member, email_index: bytes) -> None:
    """Keep a member's name and e-mail address; raise Conflict when somebody else has the latter."""
    email = system.seal("staff", "email", member.id, member.email)
    values: dict[str, object] = {"name": member.name, "email": email, "email_idx": email_index}
    try:
        async with db.begin_nested():
            await _change(db, member.id, values)
    except IntegrityError:
        raise Conflict("somebody has this e-mail address already") from None


async def set_password(db: AsyncSession, system: Seal, member_id: UUID, password_hash: str) -> None:
    """Keep the hash of a new password; every session and every count of failures ends with it."""
    sealed = system.seal("staff", "password", member_id, password_hash)
    await _change(db, member_id, {"password": sealed, "failures": 0})
    await signin.end_all(db, member_id)


async def set_totp(db: AsyncSession, system: Seal, member_id: UUID, secret: str | None) -> None:
    """Keep the secret of a second factor, or take it away; every session ends with it."""
    sealed = None if secret is None else system.seal("staff", "totp", member_id, secret)
    await _change(db, member_id, {"totp": sealed, "totp_step": 0})
    await signin.end_all(db, member_id)


async def note_totp_step(db: AsyncSession, member_id: UUID, step: int) -> None:
    """Use up a time step; raise Conflict when it, or a later one, was used before."""
    statement = (
        update(StaffRow)
        .where(col(StaffRow.id) == member_id, col(StaffRow.totp_step) < step)
        .values(totp_step=step)
    )
    if not (await db.exec(statement)).rowcount:
        raise Conflict("this code was used before")


def member_of(row: StaffRow, system: Seal) -> Member:
    """Read a member from a row."""
    return Member(
        id=row.id,
        name=row.name,
        email=system.open("staff", "email", row.id, row.email),
        roles=frozenset(StaffRole(role) for role in row.roles.split()),
        queues=frozenset(row.queues),
        language=row.language,
        active=row.active,
        preferences=_preferences(row.preferences or {}),
        away=row.away,
        away_until=row.away_until,
    )


def _preferences(kept: Mapping[str, Any]) -> Preferences:
    """Read what was chosen; whoever chose nothing has what everybody begins with."""
    return Preferences(**{**kept, "scheme": Scheme(kept.get("scheme", Scheme.SYSTEM))})


def _credentials(row: StaffRow, system: Seal) -> Credentials:
    password, totp = row.password, row.totp
    return Credentials(
        member=member_of(row, system),
        password=None if password is None else system.open("staff", "password", row.id, password),
        totp=None if totp is None else system.open("staff", "totp", row.id, totp),
        totp_step=row.totp_step,
        failures=row.failures,
    )


async def _get(db: AsyncSession, system: Seal, theirs: SelectOfScalar[StaffRow]) -> Credentials:
    row = (await db.exec(theirs)).one_or_none()
    if row is None:
        raise NotFound("no such member of staff")
    return _credentials(row, system)


async def _change(db: AsyncSession, member_id: UUID, values: dict[str, object]) -> None:
    if not values:
        return
    statement = update(StaffRow).where(col(StaffRow.id) == member_id).values(values)
    if not (await db.exec(statement)).rowcount:
        raise NotFound("no such member of staff")
