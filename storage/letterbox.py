"""Letterboxes: what people tell in their own words, closed so that this house alone cannot open it.

Each queue has one, and a pair of keys for it. Its private key is there only in boxes, one for each
colleague who was given it, and a colleague's own private key only under what they remember. While
they are signed in it also lies in their session, under the token that only their browser has.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from sqlalchemy import or_
from sqlmodel import col, delete, insert, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.duties import Duty, take_turns
from storage.errors import LastKey, NotFound, Unreadable
from storage.pairs import PrivateKey, PublicKey, closed, opened
from storage.sealed import padded
from storage.staff_tables import (
    LetterboxKeyRow,
    LetterboxRow,
    StaffKeyRow,
    StaffRow,
    StaffSessionRow,
)
from storage.statements import insert_into

OWN: Final = "key of a colleague"
IN_SESSION: Final = "key in a session"

Keys = Mapping[str, PrivateKey]
"""The keys that somebody has of letterboxes, by queue."""


@dataclass(frozen=True, slots=True)
class Letter:
    """Words in the letterbox of a queue, closed with the public key that it had then."""

    queue: str
    key: PublicKey
    box: bytes = field(repr=False)

    @classmethod
    def read(cls, found: list[str]) -> Letter:
        """Read what `written` wrote."""
        queue, key, box = found
        return cls(queue, PublicKey(b64decode(key)), b64decode(box))

    @property
    def written(self) -> list[str]:
        """Write it as JSON can."""
        return [self.queue, *(b64encode(each).decode() for each in (self.key.raw, self.box))]

    def words(self, keys: Keys) -> str | None:
        """Take the words out; nothing for who does not have the key."""
        key = keys.get(self.queue)
        if key is None or key.public != self.key:
            return None
        plain = key.open(f"letter {self.queue}", self.box)
        return plain[: plain.rindex(b"\x80")].decode()


@dataclass(frozen=True, slots=True)
class Letterbox:
    """The letterbox of a queue, from the side that is open to everybody."""

    queue: str
    key: PublicKey

    def put(self, words: str) -> Letter:
        """Put words in; of their length only the number of blocks shows."""
        return Letter(self.queue, self.key, self.key.seal(f"letter {self.queue}", padded(words)))


@dataclass(frozen=True, slots=True)
class KeptKey:
    """A colleague's pair as it is kept: the private key under what they remember.

    `cost` is how slowly that is hashed: turns, KiB and lanes.
    """

    public: PublicKey
    salt: bytes
    cost: tuple[int, int, int]
    private: bytes = field(repr=False)

    @classmethod
    def of(cls, key: PrivateKey, hashed: bytes, salt: bytes, cost: tuple[int, int, int]) -> KeptKey:
        """Close a key under the slow hash of a passphrase."""
        return cls(key.public, salt, cost, closed(hashed, OWN, key.raw))

    def opened(self, hashed: bytes) -> PrivateKey:
        """Open it with the slow hash of the passphrase; raise Unreadable for another one."""
        return PrivateKey(opened(hashed, OWN, self.private))


async def find(db: AsyncSession, queue: str) -> Letterbox | None:
    """Find the letterbox of a queue; there is none as long as nobody could open it."""
    statement = (
        select(LetterboxRow.public)
        .join(LetterboxKeyRow, col(LetterboxKeyRow.queue) == col(LetterboxRow.queue))
        .join(StaffRow, col(StaffRow.id) == col(LetterboxKeyRow.staff_id))
        .where(col(LetterboxRow.queue) == queue, col(StaffRow.active))
        .limit(1)
    )
    raw = (await db.exec(statement)).one_or_none()
    return None if raw is None else Letterbox(queue, PublicKey(raw))


async def make(db: AsyncSession, queue: str, staff_id: UUID, own: PublicKey) -> bool:
    """Make the letterbox of a queue with a first colleague who opens it, where nobody opens one.

    One that a spare key still opens waits for that, also for an older one: in a new one the old
    letters would be lost. True when it was made.
    """
    if (await holders(db)).get(queue):
        return False
    await take_turns(db, Duty.LETTERBOXES)
    laid = select(LetterboxRow.spare_box).where(col(LetterboxRow.queue) == queue)
    if (await db.exec(laid)).one_or_none() or (await holders(db)).get(queue):
        return False
    key = PrivateKey.new()
    await db.exec(delete(LetterboxKeyRow).where(col(LetterboxKeyRow.queue) == queue))
    await db.exec(delete(LetterboxRow).where(col(LetterboxRow.queue) == queue))
    row = {"queue": queue, "public": key.public.raw}
    await db.exec(insert(LetterboxRow), params=[row])
    await give(db, queue, key, staff_id, own)
    return True


async def give(
    db: AsyncSession, queue: str, key: PrivateKey, staff_id: UUID, own: PublicKey
) -> None:
    """Give a colleague the key of a letterbox, in the place of one that opens to them no more."""
    row = {"queue": queue, "staff_id": staff_id, "box": own.seal(f"key of {queue}", key.raw)}
    statement = insert_into(db, LetterboxKeyRow)
    newer = {"box": statement.excluded.box}
    over = statement.on_conflict_do_update(index_elements=["queue", "staff_id"], set_=newer)
    await db.exec(over, params=[row])


async def lay_aside(db: AsyncSession, queue: str, key: PrivateKey, spare: PublicKey) -> None:
    """Keep the key of a letterbox for whoever has the spare key, in the place of an older one."""
    there = col(LetterboxRow.spare_public)
    is_new = or_(there.is_(None), there != spare.raw)
    this = update(LetterboxRow).where(col(LetterboxRow.queue) == queue, is_new)
    box = spare.seal(f"key of {queue}", key.raw)
    await db.exec(this.values(spare_public=spare.raw, spare_box=box))


async def laid_aside(db: AsyncSession) -> dict[str, PublicKey | None]:
    """Say for which spare key the key of each letterbox was laid aside."""
    found = await db.exec(select(LetterboxRow.queue, LetterboxRow.spare_public))
    return {queue: None if raw is None else PublicKey(raw) for queue, raw in found}


async def with_spare(db: AsyncSession, queue: str, spare: PrivateKey) -> PrivateKey:
    """Open the key of a letterbox with the spare key; raise NotFound where none was kept for it."""
    statement = select(LetterboxRow.spare_box).where(
        col(LetterboxRow.queue) == queue, col(LetterboxRow.spare_public) == spare.public.raw
    )
    box = (await db.exec(statement)).one_or_none()
    if box is None:
        raise NotFound(f"nothing was kept for this spare key in {queue}")
    return PrivateKey(spare.open(f"key of {queue}", box))


async def keys_of(db: AsyncSession, staff_id: UUID, own: PrivateKey) -> Keys:
    """Open the keys that a colleague was given; one that was closed for another pair is none."""
    statement = select(LetterboxKeyRow).where(col(LetterboxKeyRow.staff_id) == staff_id)
    found = {}
    for row in await db.exec(statement):
        with suppress(Unreadable):
            found[row.queue] = PrivateKey(own.open(f"key of {row.queue}", row.box))
    return found


async def holders(db: AsyncSession) -> dict[str, frozenset[UUID]]:
    """Say who can open each letterbox; who is let in no more cannot."""
    found: dict[str, frozenset[UUID]] = {
        queue: frozenset() for queue in await db.exec(select(LetterboxRow.queue))
    }
    statement = (
        select(LetterboxKeyRow.queue, LetterboxKeyRow.staff_id)
        .join(StaffRow, col(StaffRow.id) == col(LetterboxKeyRow.staff_id))
        .where(col(StaffRow.active))
    )
    for queue, staff_id in await db.exec(statement):
        found[queue] |= {staff_id}
    return found


async def take_away(
    db: AsyncSession, staff_id: UUID, but: Collection[str] = (), *, even_the_last: bool = False
) -> None:
    """Let a colleague open no letterbox but these; raise LastKey when nobody else could.

    To be called behind what changes about them: of two who leave at once, one stays.
    """
    await take_turns(db, Duty.LETTERBOXES)
    theirs = col(LetterboxKeyRow.staff_id) == staff_id, col(LetterboxKeyRow.queue).not_in(list(but))
    leaving = sorted(await db.exec(select(LetterboxKeyRow.queue).where(*theirs)))
    if not leaving:
        return
    having = await holders(db)
    for queue in leaving:
        if not having[queue] - {staff_id} and not even_the_last:
            raise LastKey(queue)
    await db.exec(delete(LetterboxKeyRow).where(*theirs))


async def own_of(db: AsyncSession, staff_id: UUID) -> KeptKey | None:
    """Find a colleague's own pair."""
    statement = select(StaffKeyRow).where(col(StaffKeyRow.staff_id) == staff_id)
    row = (await db.exec(statement)).one_or_none()
    return None if row is None else _kept(row)


async def publics(db: AsyncSession) -> dict[UUID, PublicKey]:
    """List the public keys of all colleagues who have a pair."""
    found = await db.exec(select(StaffKeyRow.staff_id, StaffKeyRow.public))
    return {staff_id: PublicKey(raw) for staff_id, raw in found}


async def keep_own(db: AsyncSession, staff_id: UUID, kept: KeptKey) -> bool:
    """Keep a colleague's pair; False when they have one, which stays."""
    row = {
        "staff_id": staff_id,
        "public": kept.public.raw,
        "salt": kept.salt,
        "cost": list(kept.cost),
        "private": kept.private,
    }
    statement = insert_into(db, StaffKeyRow).on_conflict_do_nothing(index_elements=["staff_id"])
    made = await db.exec(statement.returning(col(StaffKeyRow.staff_id)), params=[row])
    return made.scalar_one_or_none() is not None


async def forget_own(db: AsyncSession, staff_id: UUID) -> None:
    """Drop a colleague's pair, whose passphrase is forgotten, and what it opened."""
    await db.exec(delete(LetterboxKeyRow).where(col(LetterboxKeyRow.staff_id) == staff_id))
    await db.exec(delete(StaffKeyRow).where(col(StaffKeyRow.staff_id) == staff_id))


async def in_session(db: AsyncSession, token_sha256: bytes, token: str) -> PrivateKey | None:
    """Take a colleague's own key out of their session; it opens with their token only."""
    statement = select(StaffSessionRow.own_key).where(
        col(StaffSessionRow.token_sha256) == token_sha256
    )
    blob = (await db.exec(statement)).one_or_none()
    return None if blob is None else PrivateKey(opened(token.encode(), IN_SESSION, blob))


def for_session(token: str, own: PrivateKey) -> bytes:
    """Close a colleague's own key under the token of a session."""
    return closed(token.encode(), IN_SESSION, own.raw)


def _kept(row: StaffKeyRow) -> KeptKey:
    turns, memory, lanes = row.cost
    return KeptKey(PublicKey(row.public), row.salt, (turns, memory, lanes), row.private)
