"""Who is behind a browser: the person their token leads to, their session, and the words both ways.

Looking writes nothing, so whoever only looks in leaves no trace.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.announcer import of_referral
from bot.envelopes import Sender
from bot.house import House
from dialogs.frozen import Frozen, Hidden
from dialogs.values import Handoff, Session
from storage import conversations, locks, messages, people, referrals
from storage.doors import Door
from storage.messages import Author, Delivery, Message
from storage.referrals import OPEN, Referral, Status
from storage.sealed import Seal

READABLE = {Author.PERSON, Author.STAFF}


class Visitor(Frozen):
    """A person at the chat page, and the words that went both ways about their request."""

    person_id: UUID
    session: Session
    version: int
    thread: Hidden[tuple[Message, ...]] = ()


async def find(house: House, token: str | None) -> Visitor | None:
    """Find whom a token leads to; nobody when it leads nowhere (any more)."""
    if token is None:
        return None
    index = house.reception.index(Sender(Door.WEB, token))
    async with house.database.reading() as db:
        way = (await people.find_ways(db, [index])).get(index)
        if way is None:
            return None
        seals = await house.keystore.seals([way.person_id])
        lock = (await locks.find(db, seals)).get(way.person_id)
        if lock is not None and lock.is_shut(house.clock.now(), house.reception.shut_after):
            return None
        found = (await conversations.find(db, seals)).get(way.person_id)
        if found is None:
            return None
        thread = await _thread(db, seals[way.person_id], found.session, house.clock.now())
    return Visitor(way.person_id, found.session, found.version, thread)


async def erase(house: House, token: str | None) -> None:
    """Erase everything of somebody whose conversation does not open any more.

    The keeper destroys their key, as of everybody who is erased.
    """
    index = house.reception.index(Sender(Door.WEB, token or ""))
    async with house.database.begin() as db:
        for way in (await people.find_ways(db, [index])).values():
            await people.erase(db, way.person_id, house.clock.now())


async def is_shut(house: House, token: str | None) -> bool:
    """Say whether somebody is shut behind this token, so that their PIN can be found by it."""
    if token is None:
        return False
    index = house.reception.index(Sender(Door.WEB, token))
    async with house.database.reading() as db:
        return bool(await locks.behind(db, index) or await people.find_ways(db, [index]))


def newcomer(house: House, language: str) -> Session:
    """Give the session somebody begins with; it is not kept."""
    return house.reception.first_session(Sender(Door.WEB, "", language))


async def note_fetched(house: House, visitor: Visitor) -> None:
    """Note that words of staff were looked at, and tell the desk."""
    if all(message.delivery is not Delivery.WAITING for message in visitor.thread):
        return
    async with house.database.begin() as db:
        changed = await messages.fetched(db, visitor.person_id, house.clock.now())
    house.announcer.announce(*(of_referral(id) for id in changed))


async def _thread(
    db: AsyncSession, seal: Seal, session: Session, now: datetime
) -> tuple[Message, ...]:
    referral = _spoken_of(await referrals.of_person(db, seal.person_id), session)
    if referral is None:
        return ()
    everything = await messages.thread(db, seal, referral.id)
    return tuple(
        message for message in everything if message.author in READABLE and not message.is_held(now)
    )


def _spoken_of(theirs: Sequence[Referral], session: Session) -> Referral | None:
    """Choose the request that is talked about; the last words stay after it was closed."""
    match session.handoff:
        case Handoff.WAITING | Handoff.TALKING:
            fitting = set(OPEN)
        case Handoff.CLOSED:
            fitting = {Status.CLOSED}
        case _:
            return None
    return next((each for each in reversed(theirs) if each.status in fitting), None)
