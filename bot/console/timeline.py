"""The timeline of a request in words: both sides, notes among colleagues, and what happened.

What does not open is shown as such, and never left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from math import ceil
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.console.time_left import Reading, moment_in_words
from bot.house import House
from dialogs.frozen import Frozen, Hidden
from dialogs.values import ASKED_BY_STAFF
from storage import messages
from storage.messages import LOST, Author, Delivery, Message, NewMessage
from storage.referrals import Referral
from storage.sealed import Seal
from storage.staff_values import Member


class Reason(StrEnum):
    """Why a colleague wants to see who somebody is, or where they are reached."""

    ASKED_FOR = "asked_for"
    APPOINTMENT = "appointment"
    SAFETY = "safety"
    CHECK = "check"


EVENTS = frozenset(
    {
        "taken",
        "released",
        "transfer_offered",
        "transfer_withdrawn",
        "transfer_accepted",
        "transfer_declined",
        "moved",
        "snoozed",
        "woken",
        "rested",
        "reopened",
        "reopened_by_person",
        "stood_aside",
        "came_back",
        "away",
        "silent",
        "closed",
        "left",
        "withdrawn",
        "contact_withdrawn",
        "corrected",
        "threat",
        "danger_soft",
        "danger_hard",
        "warned",
        "added",
        "asked",
        "ask_yes",
        "ask_no",
        "ask_withdrawn",
        "ask_lapsed",
        "shown_contact",
        "shown_name",
    }
)


# What an event can be about, and the words for it.
ABOUT: Mapping[str, str] = {
    **{purpose: f"purpose.{purpose}" for purpose in ASKED_BY_STAFF},
    **{reason: f"reason.{reason}" for reason in Reason},
}


class Entry(Frozen):
    """One thing on the timeline; `is_first_new` puts the line above it that says new.

    What can still be taken back names its message, and for how many seconds.
    """

    id: str
    seq: int
    kind: str
    who: str
    when: str
    words: Hidden[str]
    delivery: str
    delivery_words: str
    is_lost: bool
    is_first_new: bool
    seconds_left: int = 0
    staff_id: UUID | None = None


async def note_event(
    db: AsyncSession,
    house: House,
    seal: Seal,
    referral: Referral,
    *,
    by: Member,
    event: str,
    about: str = "",
) -> None:
    """Put on the timeline what a colleague did, and what it was about."""
    new = NewMessage(
        house.clock.new_id(),
        referral.id,
        Author.EVENT,
        house.clock.now(),
        staff_id=by.id,
        event=event,
        about=about,
    )
    await messages.add(db, seal, new)


async def note_words(
    db: AsyncSession, house: House, seal: Seal, referral: Referral, *, by: Member, words: str
) -> None:
    """Put on the timeline what a colleague leaves for others; the person never sees it."""
    id, now = house.clock.new_id(), house.clock.now()
    await messages.add(db, seal, NewMessage(id, referral.id, Author.NOTE, now, words, by.id))


def entries(thread: list[Message], referral: Referral, reading: Reading) -> list[Entry]:
    """Word a timeline."""
    said = [message.seq for message in thread if message.author is Author.PERSON]
    first_new = said[-referral.unread] if 0 < referral.unread <= len(said) else None
    return [_entry(message, referral, reading, first_new) for message in thread]


def last_seq(thread: list[Message]) -> int:
    """Give the number of the last thing on a timeline."""
    return thread[-1].seq if thread else 0


def _entry(message: Message, referral: Referral, reading: Reading, first_new: int | None) -> Entry:
    say, delivery = reading.say, message.delivery
    return Entry(
        id=str(message.id),
        seq=message.seq,
        kind=message.author.value,
        who=_who(message, referral, reading),
        when=moment_in_words(message.at, reading),
        words=message.words or _event(message, reading),
        delivery=delivery.value if delivery else "",
        delivery_words=say(f"delivery.{delivery}") if delivery else "",
        is_lost=delivery in LOST,
        is_first_new=message.seq == first_new,
        seconds_left=_seconds_left(message, reading),
        staff_id=message.staff_id,
    )


def _seconds_left(message: Message, reading: Reading) -> int:
    """Count for how long words can still be taken back by the owner, who alone writes any."""
    if message.held_until is None or message.delivery is not Delivery.WAITING:
        return 0
    return max(0, ceil((message.held_until - reading.now).total_seconds()))


def _who(message: Message, referral: Referral, reading: Reading) -> str:
    match message.author:
        case Author.PERSON:
            return referral.code_name
        case Author.NOTE:
            return reading.say("talk.note_of", name=message.staff_name or "")
        case Author.STAFF | Author.EVENT:
            return message.staff_name or ""


def _event(message: Message, reading: Reading) -> str:
    if message.author is not Author.EVENT:
        return ""
    known = message.event if message.event in EVENTS else "other"
    told = reading.say(f"event.{known}", name=message.staff_name or "")
    about = ABOUT.get(message.about)
    return f"{told}: {reading.say(about)}" if about else told
