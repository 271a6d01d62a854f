"""The outbox: letters on their way to people, in order for each of them, until delivered.

A letter is leased, not taken: who carries it and dies loses nothing, for the lease runs out.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, Column, ColumnElement, Row, Select, bindparam, or_, true
from sqlmodel import col, delete, func, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from dialogs.frozen import Frozen, Hidden
from storage import tally
from storage.columns import UtcTime
from storage.doors import Door
from storage.errors import Conflict, NotFound, Unreadable
from storage.keystore import KeyStore
from storage.sealed import Seal
from storage.statements import insert_into, rows, table_of
from storage.tables import LetterRow, MessageRow, TallyRow, WayRow

LETTERS, MESSAGES, WAYS = table_of(LetterRow), table_of(MessageRow), table_of(WayRow)
UNBURDENED = select(WAYS.c.idx, WAYS.c.screen_message).where(
    WAYS.c.idx.in_(bindparam("recipients", expanding=True)),
    ~select(LETTERS.c.seq).where(LETTERS.c.recipient == WAYS.c.idx).exists(),
)
LEASING = (
    LETTERS.update()
    .where(LETTERS.c.seq.in_(bindparam("leased", expanding=True)))
    .values(leased_until=bindparam("until"), attempts=LETTERS.c.attempts + 1)
)
REMOVING = LETTERS.delete().where(LETTERS.c.id.in_(bindparam("ids", expanding=True)))
SENT = "sent"
DROPPED = "dropped"


class NewLetter(Frozen):
    """Something to be brought to a way; the person is None when they are not known any more.

    Such a letter is sealed by the system's key. Its body must say where it goes, for nothing else
    does. One that is leased already is carried by whoever put it there.
    """

    id: UUID
    recipient: bytes
    person_id: UUID | None
    door: Door
    body: Hidden[str]
    message_id: UUID | None = None
    leased_until: datetime | None = None


class Letter(Frozen):
    """A leased letter. Without a body it cannot be opened any more, and is to be given up."""

    id: UUID
    recipient: bytes
    person_id: UUID | None
    door: Door
    body: Hidden[str | None]
    attempts: int
    message_id: UUID | None


class MailCounts(Frozen):
    """How much mail there is and was; `oldest_at` is when the oldest waiting letter was put."""

    waiting: int
    sent: int
    dropped: int
    oldest_at: datetime | None

    def age(self, now: datetime) -> timedelta:
        """Say how long the oldest has waited."""
        return now - self.oldest_at if self.oldest_at else timedelta()


async def put(
    db: AsyncSession, keystore: KeyStore, letters: Sequence[NewLetter], now: datetime
) -> None:
    """Put letters in the outbox; raise NotFound when a person was erased.

    For each recipient they go out in this order, after what lies there already. That holds between
    processes too, as long as the conversation is saved first: so they wait for each other.
    """
    if not letters:
        return
    seals = await keystore.seals({one.person_id for one in letters if one.person_id is not None})
    values = [
        _values(letter, _seal_for(letter.person_id, seals, keystore), now) for letter in letters
    ]
    await db.exec(insert_into(db, LetterRow), params=values)


async def unburdened(db: AsyncSession, recipients: Collection[bytes]) -> dict[bytes, int | None]:
    """Give those of these ways on which no letter lies, each with the message that is its screen.

    Both are as they were at one moment. Nobody else puts a letter there before this transaction
    ends, where the conversation is saved already.
    """
    if not recipients:
        return {}
    found = await rows(db, UNBURDENED, recipients=list(recipients))
    return {row.idx: row.screen_message for row in found}


async def lease(
    db: AsyncSession,
    keystore: KeyStore,
    limit: int,
    now: datetime,
    until: datetime,
    *,
    busy: Collection[bytes] = (),
) -> list[Letter]:
    """Lease letters until a moment: of each recipient the oldest one only, and nobody else's.

    Recipients who are `busy` get none.

    A letter that must wait keeps those behind it waiting, for they are in order. Words that may
    still be taken back hold up other words only: an answer to a button goes past them. Whoever a
    colleague wrote to goes first, so that they wait behind no flood of newcomers.
    """
    written_to, others = _free()
    asked = {"now": now, "busy": list(busy)}
    found = [*await rows(db, written_to, limit=limit, **asked)]
    if len(found) < limit:
        found += await rows(db, others, limit=limit - len(found), **asked)
    if not found:
        return []
    await db.exec(LEASING, params={"until": until, "leased": [row.seq for row in found]})
    seals = await keystore.seals({row.person_id for row in found if row.person_id is not None})
    return [_letter(row, _opened(row, seals, keystore)) for row in found]


@cache
def _free() -> tuple[Select[*tuple[Any, ...]], Select[*tuple[Any, ...]]]:
    """Find the oldest letter of each recipient, where it may go `now`, and no more than `limit`.

    The first finds those of whom a colleague wrote to, the second all others.
    """
    letters, before, now = LETTERS.c, LETTERS.alias().c, bindparam("now", type_=UtcTime)
    older = select(before.seq).where(
        before.recipient == letters.recipient,
        before.seq < letters.seq,
        or_(letters.message_id.is_not(None), ~_is_held(before.message_id, now)),
    )
    oldest = (
        LETTERS.select()
        .where(
            or_(letters.leased_until.is_(None), letters.leased_until <= now),
            letters.not_before <= now,
            letters.recipient.not_in(bindparam("busy", expanding=True)),
            ~_is_held(letters.message_id, now),
            ~older.exists(),
        )
        .order_by(letters.seq)
        .limit(bindparam("limit"))
        # PostgreSQL steps over what another courier is leasing; SQLite has one at a time anyway.
        .with_for_update(skip_locked=True)
    )
    written_to = letters.recipient.in_(
        select(before.recipient).where(before.message_id.is_not(None))
    )
    return oldest.where(written_to), oldest.where(~written_to)


async def free(db: AsyncSession) -> None:
    """End all leases: called by a courier that starts, for letters of one that was killed.

    Where another courier is on the road at that moment, one of its letters may arrive twice.
    """
    leased = col(LetterRow.leased_until).is_not(None)
    await db.exec(update(LetterRow).where(leased).values(leased_until=None))


async def hurry(db: AsyncSession, now: datetime) -> None:
    """Let every letter go now, and the words in it: called when the clock was set back."""
    await free(db)
    later = col(LetterRow.not_before) > now
    await db.exec(update(LetterRow).where(later).values(not_before=now))
    held = col(MessageRow.held_until) > now
    await db.exec(update(MessageRow).where(held).values(held_until=now))


async def done(db: AsyncSession, ids: Collection[UUID], now: datetime) -> None:
    """Take delivered letters out of the box."""
    await _remove(db, ids, SENT, now)


async def give_up(db: AsyncSession, ids: Collection[UUID], now: datetime) -> None:
    """Take letters out that can never be delivered."""
    await _remove(db, ids, DROPPED, now)


async def retry(db: AsyncSession, id: UUID, not_before: datetime) -> None:
    """Put a leased letter back, to be tried again later and before anything that came after it."""
    later = {"leased_until": None, "not_before": not_before}
    await db.exec(update(LetterRow).where(col(LetterRow.id) == id).values(later))


async def put_back(db: AsyncSession, id: UUID, not_before: datetime) -> None:
    """Put a leased letter back as if it had not been leased: that was no try to bring it."""
    tries = col(LetterRow.attempts) - 1
    untried = {"leased_until": None, "not_before": not_before, "attempts": tries}
    await db.exec(update(LetterRow).where(col(LetterRow.id) == id).values(untried))


async def drop(db: AsyncSession, recipient: bytes, now: datetime) -> list[UUID]:
    """Take out all letters to somebody who is not to be written to; give the words they carried."""
    carried = await _drop(db, col(LetterRow.recipient) == recipient, now)
    return [message_id for message_id in carried if message_id is not None]


async def drop_all(db: AsyncSession, now: datetime) -> list[UUID | None]:
    """Take out all letters to everybody; give of each the words it carried, if it did."""
    return await _drop(db, true(), now)


async def take_out(db: AsyncSession, message_id: UUID) -> None:
    """Take out the letter that carries these words; raise Conflict when it is on the road."""
    theirs = col(LetterRow.message_id) == message_id
    # Whoever leases at this moment steps over it, or was faster and is seen here.
    leases = select(LetterRow.leased_until).where(theirs).with_for_update()
    if any(until is not None for until in await db.exec(leases)):
        raise Conflict("this letter is on the road")
    await db.exec(delete(LetterRow).where(theirs))


async def counts(db: AsyncSession) -> MailCounts:
    """Count letters, those that are gone too."""
    statement = select(func.count(), func.min(LetterRow.put_at)).select_from(LetterRow)
    waiting, oldest_at = (await db.exec(statement)).one()
    total = select(TallyRow.name, func.sum(TallyRow.count)).group_by(col(TallyRow.name))
    gone = {name: int(number) for name, number in await db.exec(total)}
    return MailCounts(waiting, gone.get(SENT, 0), gone.get(DROPPED, 0), oldest_at)


def _is_held(message_id: Column[UUID], now: BindParameter[datetime]) -> ColumnElement[bool]:
    """Say whether words may still be taken back."""
    words = select(MESSAGES.c.id).where(MESSAGES.c.id == message_id, MESSAGES.c.held_until > now)
    return words.exists()


async def _drop(db: AsyncSession, which: ColumnElement[bool], now: datetime) -> list[UUID | None]:
    statement = delete(LetterRow).where(which).returning(col(LetterRow.message_id))
    carried = list((await db.exec(statement)).scalars())
    await tally.add(db, DROPPED, len(carried), now)
    return carried


async def _remove(db: AsyncSession, ids: Collection[UUID], name: str, now: datetime) -> None:
    if ids:
        gone = await db.exec(REMOVING, params={"ids": list(ids)})
        await tally.add(db, name, gone.rowcount, now)


def _seal_for(person_id: UUID | None, seals: dict[UUID, Seal], keystore: KeyStore) -> Seal:
    if person_id is None:
        return keystore.system
    if person_id not in seals:
        raise NotFound("this person was erased")
    return seals[person_id]


def _opened(row: Row[Any], seals: dict[UUID, Seal], keystore: KeyStore) -> str | None:
    try:
        return _seal_for(row.person_id, seals, keystore).open("letter", "body", row.id, row.body)
    except (NotFound, Unreadable):
        return None


def _values(letter: NewLetter, seal: Seal, now: datetime) -> dict[str, object]:
    return {
        "id": letter.id,
        "recipient": letter.recipient,
        "person_id": letter.person_id,
        "message_id": letter.message_id,
        "door": letter.door.value,
        "body": seal.seal("letter", "body", letter.id, letter.body),
        "put_at": now,
        "attempts": 0 if letter.leased_until is None else 1,
        "not_before": now,
        "leased_until": letter.leased_until,
    }


def _letter(row: Row[Any], body: str | None) -> Letter:
    person_id, door, tries = row.person_id, Door(row.door), row.attempts + 1
    return Letter(row.id, row.recipient, person_id, door, body, tries, row.message_id)
