"""Letterboxes: what people tell in their own words, closed so that this house alone cannot open it.

Each queue has one, and a pair of keys for it. Its private key is there only in boxes, one for each
colleague who was given it, that their own key opens (`own_keys.py`).
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Collection, Mapping
from contextlib import suppress
from uuid import UUID

from sqlalchemy import or_
from sqlmodel import col, delete, insert, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from dialogs.frozen import Frozen, Hidden
from storage.duties import Duty, take_turns
from storage.errors import Conflict, LastKey, NotFound, Unreadable
from storage.own_keys import own_of
from storage.pairs import PrivateKey, PublicKey
from storage.sealed import padded
from storage.staff_tables import (
    LetterboxKeyRow,
    LetterboxRow,
    StaffKeyRow,
    StaffRow,
)
from storage.statements import insert_into

Keys = Mapping[str, PrivateKey]
"""The keys that somebody has of letterboxes, by queue."""


class Letter(Frozen):
    """Words in the letterbox of a queue, closed with the public key that it had then."""

    queue: str
    key: PublicKey
    box: Hidden[bytes]

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


class Letterbox(Frozen):
    """The letterbox of a queue, from the side that is open to everybody."""

    queue: str
    key: PublicKey

    def put(self, words: str) -> Letter:
        """Put words in; of their length only the number of blocks shows."""
        return Letter(self.queue, self.key, self.key.seal(f"letter {self.queue}", padded(words)))


async def find(db: AsyncSession, queue: str) -> Letterbox | None:
    """Find the letterbox of a queue; there is none as long as nobody could open it."""
    statement = (
        select(LetterboxRow.public)
        .join(LetterboxKeyRow, col(LetterboxKeyRow.queue) == col(LetterboxRow.queue))
        .join(StaffKeyRow, col(StaffKeyRow.staff_id) == col(LetterboxKeyRow.staff_id))
        .join(StaffRow, col(StaffRow.id) == col(LetterboxKeyRow.staff_id))
        .where(col(LetterboxRow.queue) == queue, col(StaffRow.active))
        .limit(1)
    )
    raw = (await db.exec(statement)).one_or_none()
    return None if raw is None else Letterbox(queue, PublicKey(raw))


async def make(db: AsyncSession, queue: str, staff_id: UUID) -> bool:
    """Make the letterbox of a queue with a first colleague who opens it, where nobody opens one.

    One that a spare key still opens waits for that, also for an older one: in a new one the old
    letters would be lost. True when it was made; not for who has no pair of their own.
    """
    if (await holders(db)).get(queue):
        return False
    await take_turns(db, Duty.LETTERBOXES)
    laid = select(LetterboxRow.spare_box).where(col(LetterboxRow.queue) == queue)
    if (await db.exec(laid)).one_or_none() or (await holders(db)).get(queue):
        return False
    if await own_of(db, staff_id) is None:
        return False
    key = PrivateKey.new()
    await db.exec(delete(LetterboxKeyRow).where(col(LetterboxKeyRow.queue) == queue))
    await db.exec(delete(LetterboxRow).where(col(LetterboxRow.queue) == queue))
    row = {"queue": queue, "public": key.public.raw}
    await db.exec(insert(LetterboxRow), params=[row])
    await give(db, queue, key, staff_id)
    return True


async def give(db: AsyncSession, queue: str, key: PrivateKey, staff_id: UUID) -> None:
    """Give a colleague the key of a letterbox, closed for the pair that they have now.

    To be called when it is this transaction's turn, so that both stay as they are. Raise NotFound
    where there is no such pair, and Conflict for the key of before a letterbox was made anew.
    """
    own = await own_of(db, staff_id)
    if own is None:
        raise NotFound("this colleague has no pair of keys")
    public = select(LetterboxRow.public).where(col(LetterboxRow.queue) == queue)
    if (await db.exec(public)).one_or_none() != key.public.raw:
        raise Conflict(f"the letterbox of {queue} has another key")
    box = own.public.seal(f"key of {queue}", key.raw)
    row = {"queue": queue, "staff_id": staff_id, "box": box}
    statement = insert_into(db, LetterboxKeyRow)
    newer = {"box": statement.excluded.box}
    over = statement.on_conflict_do_update(index_elements=["queue", "staff_id"], set_=newer)
    await db.exec(over, params=[row])


async def lay_aside(db: AsyncSession, queue: str, key: PrivateKey, spare: PublicKey) -> None:
    """Keep the key of a letterbox for whoever has the spare key, in the place of an older one."""
    there = col(LetterboxRow.spare_public)
    is_new = or_(there.is_(None), there != spare.raw)
    opens = col(LetterboxRow.public) == key.public.raw
    this = update(LetterboxRow).where(col(LetterboxRow.queue) == queue, opens, is_new)
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
    """Say who can open each letterbox; who is let in no more, or lost their pair, cannot."""
    found: dict[str, frozenset[UUID]] = {
        queue: frozenset() for queue in await db.exec(select(LetterboxRow.queue))
    }
    statement = (
        select(LetterboxKeyRow.queue, LetterboxKeyRow.staff_id)
        .join(StaffKeyRow, col(StaffKeyRow.staff_id) == col(LetterboxKeyRow.staff_id))
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


async def forget_stale(db: AsyncSession, staff_id: UUID, own: PrivateKey) -> None:
    """Forget what a colleague was given and does not open, for a key of before opens nothing now.

    Only with their pair can that be seen; until then it counts.
    """
    if not await _stale(db, staff_id, own):
        return
    await take_turns(db, Duty.LETTERBOXES)
    kept = await own_of(db, staff_id)
    if kept is not None and kept.public == own.public:
        stale = col(LetterboxKeyRow.queue).in_(await _stale(db, staff_id, own))
        theirs = col(LetterboxKeyRow.staff_id) == staff_id
        await db.exec(delete(LetterboxKeyRow).where(theirs, stale))


async def _stale(db: AsyncSession, staff_id: UUID, own: PrivateKey) -> list[str]:
    opened_now = {
        queue: key.public.raw for queue, key in (await keys_of(db, staff_id, own)).items()
    }
    statement = (
        select(LetterboxRow.queue, LetterboxRow.public)
        .join(LetterboxKeyRow, col(LetterboxKeyRow.queue) == col(LetterboxRow.queue))
        .where(col(LetterboxKeyRow.staff_id) == staff_id)
    )
    return [queue for queue, public in await db.exec(statement) if opened_now.get(queue) != public]
