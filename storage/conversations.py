"""Where conversations stand: one sealed field each, saved over the version it was read at."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, UpdateBase, and_, bindparam, or_
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from dialogs.frozen import Frozen, Hidden
from dialogs.values import Purpose, Session
from storage.complaint_tables import ComplaintRow
from storage.errors import Conflict
from storage.referral_values import OPEN
from storage.sealed import Seal
from storage.statements import Insert, insert_once, portions, rows, table_of
from storage.tables import ConsentRow, ConversationRow, ReferralRow
from storage.written import read_session, write_session

CONVERSATIONS = table_of(ConversationRow)
CONVERSATIONS_OF = CONVERSATIONS.select().where(
    CONVERSATIONS.c.person_id.in_(bindparam("people", expanding=True))
)
NEW = 0
# What a draft can be begun under; it ends with the draft, unless something was sent under it.
DRAFTED = tuple(each for each in Purpose if each not in {Purpose.REFLECTION, Purpose.WARNING})


class Conversation(Frozen):
    """A session as it was read, with its version; `touched` is rounded to the hour."""

    person_id: UUID
    session: Session
    version: int
    touched: datetime


class Change(Frozen):
    """A session to be saved over the version that it was read at; a new one has version 0.

    `touched` is when the person was there last; None when it is now.
    """

    seal: Hidden[Seal]
    version: int
    session: Session
    touched: datetime | None = None


async def find(db: AsyncSession, seals: Mapping[UUID, Seal]) -> dict[UUID, Conversation]:
    """Read the conversations of these people; whoever has none yet is absent."""
    found: dict[UUID, Conversation] = {}
    for some in portions(list(seals)):
        for row in await rows(db, CONVERSATIONS_OF, people=some):
            found[row.person_id] = _conversation(row, seals[row.person_id])
    return found


async def version_of(db: AsyncSession, person_id: UUID) -> int:
    """Give the version of a conversation without opening it; `NEW` of one that did not begin."""
    version = select(ConversationRow.version).where(col(ConversationRow.person_id) == person_id)
    return (await db.exec(version)).first() or NEW


async def lock(db: AsyncSession, person_ids: Collection[UUID]) -> None:
    """Let nobody else go on with these conversations until this transaction ends.

    Whoever changes a request takes its conversation first, so that no two wait for each other.
    SQLite has one writer at a time anyway.
    """
    for some in portions(sorted(person_ids)):
        named = col(ConversationRow.person_id).in_(some)
        await db.exec(_held(select(ConversationRow.person_id).where(named)))


async def save_all(db: AsyncSession, changes: Sequence[Change], now: datetime) -> set[UUID]:
    """Save many sessions in one statement; give the people whose session was saved by another.

    The rows of those are left as they are, and what else was done for them must be undone. Raises
    Conflict when one of them was forgotten in the meantime.
    """
    if not changes:
        return set()
    # In one order everywhere, so that two transactions cannot wait for each other.
    ordered = sorted(changes, key=lambda change: change.seal.person_id)
    values = [_values(change, now) for change in ordered]
    try:
        saved = set((await db.exec(_saving(db), params=values)).scalars())
    except IntegrityError:
        # Without what was to be saved; that is not for a log.
        raise Conflict("one of these people was forgotten in the meantime") from None
    return {change.seal.person_id for change in changes} - saved


@insert_once(ConversationRow)
def _saving(statement: Insert) -> UpdateBase:
    """Save over the version before the one that is saved."""
    new = statement.excluded
    return statement.on_conflict_do_update(
        index_elements=["person_id"],
        set_={name: new[name] for name in ("session", "version", "has_referral", "touched")},
        where=CONVERSATIONS.c.version == new["version"] - 1,
    ).returning(CONVERSATIONS.c.person_id)


async def add(db: AsyncSession, seal: Seal, session: Session, now: datetime) -> None:
    """Begin a conversation; raise Conflict when this person has one."""
    if await save_all(db, [Change(seal, NEW, session)], now):
        raise Conflict("this conversation was begun already")


async def save(
    db: AsyncSession, seal: Seal, conversation: Conversation, session: Session, now: datetime
) -> None:
    """Save a session over the version it was read at; raise Conflict when that moved on."""
    if await save_all(db, [Change(seal, conversation.version, session)], now):
        raise Conflict("this conversation went on in the meantime")


async def expired(db: AsyncSession, before: datetime, outlived: datetime) -> list[UUID]:
    """List the people who sent no request and did not come back since: to be forgotten.

    A self-reflection keeps somebody until `outlived`. Whoever is listed cannot come back before
    this transaction ends.
    """
    reflects = _agreed(Purpose.REFLECTION).exists()
    due = or_(~reflects, col(ConversationRow.touched) < _hour(outlived))
    return list(
        await db.exec(_held(_idle(before).where(~_sent().exists(), ~_complained().exists(), due)))
    )


async def long_over(db: AsyncSession, before: datetime) -> list[UUID]:
    """List the people of whom everything was closed before, and who were not there since.

    Whoever is listed cannot come back before this transaction ends.
    """
    quiet = select(ConversationRow.person_id).where(
        col(ConversationRow.touched) < _hour(before),
        or_(_sent().exists(), _complained().exists()),
        ~_not_over(ReferralRow, before).exists(),
        ~_not_over(ComplaintRow, before).exists(),
    )
    return list(await db.exec(_held(quiet)))


async def count_sent(db: AsyncSession) -> int:
    """Count the people of whom a request or a complaint is kept."""
    sent = or_(_sent().exists(), _complained().exists())
    return (await db.exec(select(func.count()).select_from(ConversationRow).where(sent))).one()


async def begun_again(db: AsyncSession, before: datetime) -> list[UUID]:
    """List the people of whom something else is kept than a draft they did not come back to.

    Whoever only reflects has no draft: a draft begins with a consent for something else.
    """
    drafts = and_(_agreed(Purpose.REFLECTION).exists(), _agreed(*DRAFTED).exists())
    return list(
        await db.exec(_idle(before).where(or_(_sent().exists(), _complained().exists(), drafts)))
    )


async def outlived(db: AsyncSession, before: datetime) -> list[UUID]:
    """List the people whose self-reflection goes, while a request of theirs stays."""
    reflects = _agreed(Purpose.REFLECTION).exists()
    old = col(ConversationRow.touched) < _hour(before)
    return list(await db.exec(select(ConversationRow.person_id).where(old, reflects)))


def _idle(before: datetime) -> SelectOfScalar[UUID]:
    return select(ConversationRow.person_id).where(
        col(ConversationRow.touched) < _hour(before), ~col(ConversationRow.has_referral)
    )


def _sent() -> SelectOfScalar[UUID]:
    return select(ReferralRow.id).where(
        col(ReferralRow.person_id) == col(ConversationRow.person_id),
        or_(col(ReferralRow.content).is_not(None), col(ReferralRow.status).in_(OPEN)),
    )


def _agreed(*purposes: Purpose) -> SelectOfScalar[UUID]:
    return select(ConsentRow.id).where(
        col(ConsentRow.person_id) == col(ConversationRow.person_id),
        col(ConsentRow.purpose).in_([purpose.value for purpose in purposes]),
        col(ConsentRow.ended_at).is_(None),
    )


def _complained() -> SelectOfScalar[UUID]:
    return select(ComplaintRow.id).where(
        col(ComplaintRow.person_id) == col(ConversationRow.person_id),
        or_(col(ComplaintRow.content).is_not(None), col(ComplaintRow.closed_at).is_(None)),
    )


def _not_over(table: type[ReferralRow | ComplaintRow], before: datetime) -> SelectOfScalar[UUID]:
    return select(table.id).where(
        col(table.person_id) == col(ConversationRow.person_id),
        or_(col(table.closed_at).is_(None), col(table.closed_at) >= before),
    )


def _held(statement: SelectOfScalar[UUID]) -> SelectOfScalar[UUID]:
    """Lock the rows of conversations, in one order everywhere."""
    return statement.order_by(col(ConversationRow.person_id)).with_for_update()


def _values(change: Change, now: datetime) -> dict[str, object]:
    person_id = change.seal.person_id
    text = write_session(change.session)
    has_sent = change.session.handoff is not None or change.session.complaint is not None
    return {
        "person_id": person_id,
        "session": change.seal.seal("conversation", "session", person_id, text),
        "version": change.version + 1,
        "has_referral": has_sent and not change.session.drafts,
        "touched": _hour(change.touched or now),
    }


def _conversation(row: Row[Any], seal: Seal) -> Conversation:
    text = seal.open("conversation", "session", row.person_id, row.session)
    return Conversation(row.person_id, read_session(text), row.version, row.touched)


def _hour(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
