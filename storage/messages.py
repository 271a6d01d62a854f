"""The timeline of a request: words of both sides, notes of staff, and what happened."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import UTC, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import or_
from sqlmodel import col, delete, insert, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from dialogs.frozen import Frozen, Hidden, replace
from storage import mail
from storage.doors import Door
from storage.errors import Conflict, NotFound
from storage.letterbox import Keys, Letter
from storage.sealed import Seal
from storage.staff_tables import StaffRow
from storage.statements import portions
from storage.tables import MessageRow, ReferralRow, WayRow
from storage.waiting import OVER, begun, go_on, wait_of
from storage.written import text_of


class Author(StrEnum):
    """Whose words they are. A note is for staff only; an event has no words."""

    PERSON = "person"
    STAFF = "staff"
    NOTE = "note"
    EVENT = "event"


class Delivery(StrEnum):
    """How far words of staff have come on their way to the person, or why they never came there.

    `FAILED` is what a door refused; `UNREACHED` was tried for hours; before `STOPPED` the person
    had; `UNSENT` was not tried, for nothing arrived before it; and `UNKNOWN` was on its way in a
    backup that was put back, so that nobody can tell.
    """

    WAITING = "waiting"
    SENT = "sent"
    FETCHED = "fetched"
    FAILED = "failed"
    UNREACHED = "unreached"
    STOPPED = "stopped"
    BLOCKED = "blocked"
    GONE = "gone"
    UNSENT = "unsent"
    UNKNOWN = "unknown"


LOST = frozenset(Delivery) - {Delivery.WAITING, Delivery.SENT, Delivery.FETCHED}


class NewMessage(Frozen):
    """Something to be put on the timeline; staff are named by id, an event by what happened.

    `due_at` is the moment before which words of a person must be answered. Words of staff that are
    held may be taken back until then, and reach nobody before. What an event is about is one name.
    Words in a letterbox stand nowhere else.
    """

    id: UUID
    referral_id: UUID
    author: Author
    at: datetime
    words: Hidden[str] = ""
    staff_id: UUID | None = None
    delivery: Delivery | None = None
    event: str | None = None
    due_at: datetime | None = None
    held_until: datetime | None = None
    about: str = ""
    letter: Letter | None = None


class Message(Frozen):
    """Something on the timeline; `seq` counts from 1 within a request."""

    id: UUID
    referral_id: UUID
    seq: int
    author: Author
    staff_id: UUID | None
    staff_name: str | None
    words: Hidden[str]
    at: datetime
    delivery: Delivery | None
    event: str | None
    held_until: datetime | None = None
    about: str = ""
    letter: Letter | None = None

    def is_held(self, now: datetime) -> bool:
        """Say whether these words may still be taken back, so that they reach nobody yet."""
        return self.held_until is not None and now < self.held_until


async def add(db: AsyncSession, seal: Seal, new: NewMessage) -> int:
    """Put something at the end of a timeline, and give its number.

    The request knows of it in the same moment: whether the person waits, and what is unread.
    Raise NotFound when the request is not the person's.
    """
    statement = (
        update(ReferralRow)
        .where(col(ReferralRow.id) == new.referral_id, col(ReferralRow.person_id) == seal.person_id)
        .values(last_seq=col(ReferralRow.last_seq) + 1, **_counted(new))
        .returning(col(ReferralRow.last_seq))
    )
    ended = await wait_of(db, new.referral_id) if new.held_until else None
    seq = (await db.exec(statement)).scalar_one_or_none()
    if seq is None:
        raise NotFound("this request is not the person's")
    text = text_of(
        {
            "words": new.words,
            "at": new.at.isoformat(),
            "event": new.event,
            **({"about": new.about} if new.about else {}),
            **({"letter": new.letter.written} if new.letter else {}),
            # What these words end goes on when they are taken back.
            **({"ended": [moment and moment.isoformat() for moment in ended]} if ended else {}),
        }
    )
    row = {
        "id": new.id,
        "referral_id": new.referral_id,
        "person_id": seal.person_id,
        "seq": seq,
        "author": new.author.value,
        "staff_id": new.staff_id,
        "body": seal.seal("message", "body", new.id, text),
        "delivery": None if new.delivery is None else new.delivery.value,
        "held_until": new.held_until,
    }
    await db.exec(insert(MessageRow), params=[row])
    return int(seq)


async def recall(
    db: AsyncSession, seal: Seal, message_id: UUID, staff_id: UUID, now: datetime
) -> tuple[str, datetime]:
    """Take words back that nobody has read; give them, and when they were written.

    The person waits on as before. Raise Conflict when the words are not this colleague's, or are on
    their way by now.
    """
    await mail.take_out(db, message_id)
    statement = (
        delete(MessageRow)
        .where(
            col(MessageRow.id) == message_id,
            col(MessageRow.person_id) == seal.person_id,
            col(MessageRow.staff_id) == staff_id,
            col(MessageRow.author) == Author.STAFF,
            col(MessageRow.delivery) == Delivery.WAITING,
            col(MessageRow.held_until) > now,
        )
        .returning(col(MessageRow.referral_id), col(MessageRow.body))
    )
    gone = (await db.exec(statement)).one_or_none()
    if gone is None:
        raise Conflict("these words cannot be taken back any more")
    referral_id, body = gone
    found = json.loads(seal.open("message", "body", message_id, body))
    if "ended" in found:
        since, due_at = (text and datetime.fromisoformat(text) for text in found["ended"])
        await go_on(db, referral_id, since, due_at)
    return found["words"], datetime.fromisoformat(found["at"])


async def thread(db: AsyncSession, seal: Seal, referral_id: UUID, after: int = 0) -> list[Message]:
    """Open the timeline of a person's request, from behind number `after` on."""
    statement = (
        select(MessageRow, StaffRow.name)
        .join(StaffRow, col(StaffRow.id) == col(MessageRow.staff_id), isouter=True)
        .where(
            col(MessageRow.referral_id) == referral_id,
            col(MessageRow.person_id) == seal.person_id,
            col(MessageRow.seq) > after,
        )
        .order_by(col(MessageRow.seq))
    )
    return [_message(row, name, seal) for row, name in await db.exec(statement)]


def opened(thread: Collection[Message], keys: Keys) -> list[Message]:
    """Take words out of letterboxes as far as these keys go; the others stay there."""
    return [
        each if each.letter is None else replace(each, words=each.letter.words(keys) or "")
        for each in thread
    ]


async def waiting(db: AsyncSession, seal: Seal) -> list[Message]:
    """Open the words of staff that have not reached a person yet, in their order."""
    statement = (
        select(MessageRow, StaffRow.name)
        .join(StaffRow, col(StaffRow.id) == col(MessageRow.staff_id))
        .join(ReferralRow, col(ReferralRow.id) == col(MessageRow.referral_id))
        .where(
            col(MessageRow.person_id) == seal.person_id,
            col(MessageRow.author) == Author.STAFF,
            col(MessageRow.delivery) == Delivery.WAITING,
        )
        .order_by(col(ReferralRow.opened_at), col(MessageRow.seq))
    )
    return [_message(row, name, seal) for row, name in await db.exec(statement)]


async def mark(db: AsyncSession, message_ids: Collection[UUID], delivery: Delivery) -> None:
    """Note how far words have come; words that were erased in the meantime are passed over."""
    for some in portions(list(message_ids)):
        named = col(MessageRow.id).in_(some)
        await db.exec(update(MessageRow).where(named).values(delivery=delivery))


async def wait_again(db: AsyncSession, message_id: UUID, staff_id: UUID) -> None:
    """Let a colleague's words that did not arrive go once more; raise Conflict for any others."""
    statement = update(MessageRow).where(
        col(MessageRow.id) == message_id,
        col(MessageRow.staff_id) == staff_id,
        col(MessageRow.delivery).in_(LOST),
    )
    if not (await db.exec(statement.values(delivery=Delivery.WAITING))).rowcount:
        raise Conflict("these words are not lost")


async def fetched(db: AsyncSession, person_id: UUID, now: datetime) -> list[UUID]:
    """Note that the person has looked: give the requests whose words were fetched with that.

    Nothing is fetched by somebody to whom words are brought, and nothing that is held.
    """
    doors = [door for door in Door if door.is_fetched]
    comes = select(WayRow.person_id).where(
        col(WayRow.person_id) == person_id, col(WayRow.door).in_(doors)
    )
    statement = (
        update(MessageRow)
        .where(
            col(MessageRow.person_id).in_(comes),
            col(MessageRow.author) == Author.STAFF,
            col(MessageRow.delivery) == Delivery.WAITING,
            or_(col(MessageRow.held_until).is_(None), col(MessageRow.held_until) <= now),
        )
        .values(delivery=Delivery.FETCHED)
        .returning(col(MessageRow.referral_id))
    )
    return sorted(set((await db.exec(statement)).scalars()))


def _counted(new: NewMessage) -> dict[str, object]:
    """Say what words change about their request; notes and events change nothing."""
    match new.author:
        case Author.PERSON:
            return {
                **begun(new.at, new.due_at),
                "unread": col(ReferralRow.unread) + 1,
                "snoozed_until": None,
            }
        case Author.STAFF:
            return {**OVER, "came_back": None}
        case Author.NOTE | Author.EVENT:
            return {}


def _message(row: MessageRow, staff_name: str | None, seal: Seal) -> Message:
    found = json.loads(seal.open("message", "body", row.id, row.body))
    return Message(
        id=row.id,
        referral_id=row.referral_id,
        seq=row.seq,
        author=Author(row.author),
        staff_id=row.staff_id,
        staff_name=staff_name,
        words=found["words"],
        at=datetime.fromisoformat(found["at"]).astimezone(UTC),
        delivery=None if row.delivery is None else Delivery(row.delivery),
        event=found["event"],
        held_until=row.held_until,
        about=found.get("about", ""),
        letter=Letter.read(found["letter"]) if "letter" in found else None,
    )
