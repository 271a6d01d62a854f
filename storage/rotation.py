"""Rotation: a newer master key wraps the key of everybody, in portions, while everything goes on.

What a crash leaves is what the next run goes on with: the file always has every key that something
is wrapped with, and what is wrapped says by which.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Final
from uuid import UUID

from msgspec import Struct
from sqlalchemy import bindparam, func, tuple_, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.canary import is_recognised, may_wrap, retire_older, settle_in
from storage.database import Database
from storage.errors import Conflict, NotFound, Unreadable, WrongKey
from storage.key_tables import CanaryRow, PersonKeyRow
from storage.keyfile import KeyFile
from storage.statements import table_of
from storage.wraps import Wraps

A_PORTION: Final = 1_000
A_FEW: Final = 10
PERSON_KEYS = table_of(PersonKeyRow)
LEAST: Final = UUID(int=0)
PLACE = tuple_(PERSON_KEYS.c.person_id, PERSON_KEYS.c.generation)
# Whoever was erased since this portion was read stays so, and what another run did stays too.
REWRAP = (
    update(PERSON_KEYS)
    .where(PERSON_KEYS.c.person_id == bindparam("of"))
    .where(PERSON_KEYS.c.generation == bindparam("of_generation"))
    .where(PERSON_KEYS.c.kek_id == bindparam("before"))
)


class Wrapped(Struct):
    """How many keys of people a master key wraps that open, and how many that do not."""

    opened: int = 0
    unreadable: int = 0


async def begin(keys: Database, path: Path, now: datetime) -> KeyFile:
    """Add a newer master key to the key file, unless the last one that was is not done yet.

    From the end of this on no process wraps anything with an older one. Raise WrongKey or NotFound
    for a key file that is not that of this key store, BadKeyFile for one that cannot be written.
    """
    async with keys.begin() as db:
        key_file = await _alone(db, path)
        if await _is_done(db, key_file):
            key_file = key_file.with_newer(now)
            key_file.put()
        await settle_in(db, key_file)
        await retire_older(db, key_file)
    return key_file


async def rewrap(keys: Database, key_file: KeyFile) -> int:
    """Wrap every key with the newest master key; gives how many that took.

    What does not open stays as it is, and is found by `check`.
    """
    wraps, count = Wraps(key_file), 0
    after: tuple[UUID, int] | None = (LEAST, 0)
    while after is not None:
        async with keys.begin() as db:
            older = select(PersonKeyRow).where(col(PersonKeyRow.kek_id) != key_file.primary)
            portion = older.where(after < PLACE).order_by(*PLACE.clauses).limit(A_PORTION)
            found = (await db.exec(portion)).all()
            changed = [each for row in found if (each := _rewrapped(wraps, row))]
            if changed:
                await db.exec(REWRAP, params=changed)
            after = (found[-1].person_id, found[-1].generation) if found else None
        count += len(changed)
    return count


async def drop_older(keys: Database, path: Path) -> list[str]:
    """Leave only the newest master key in the key file, and name those that went.

    Raise Conflict while something is wrapped by an older one.
    """
    async with keys.begin() as db:
        await retire_older(db, await _done(db, path))
    # Not before that is committed: from now on nobody wraps anything with what goes.
    async with keys.begin() as db:
        key_file = await _done(db, path)
        older = sorted(key_file.kek.keys() - {key_file.primary})
        if older:
            key_file.without_older().put()
    return older


async def wrapped_by_older(db: AsyncSession, key_file: KeyFile) -> int:
    """Count the keys that are not wrapped by the newest master key."""
    older = select(func.count()).where(col(PersonKeyRow.kek_id) != key_file.primary)
    return (await db.exec(older)).one()


async def require_all(db: AsyncSession, key_file: KeyFile) -> None:
    """Raise WrongKey unless the file has every master key that something here is wrapped by.

    One that has only its name opens none of the first few; a single one may have been damaged.
    """
    await is_recognised(db, key_file)
    wraps = Wraps(key_file)
    for name in sorted(await db.exec(select(PersonKeyRow.kek_id).distinct())):
        some = select(PersonKeyRow).where(col(PersonKeyRow.kek_id) == name).limit(A_FEW)
        if not any(_opens(wraps, row) for row in await db.exec(some)):
            raise WrongKey(f"the key file {key_file.path} lacks {name}")


async def check(keys: Database, key_file: KeyFile) -> Mapping[str, Wrapped]:
    """Open the key of everybody, and count by the master key that wraps it; nothing is written.

    Raise WrongKey or NotFound for a key file that is not that of this key store.
    """
    found = defaultdict(Wrapped, {name: Wrapped() for name in key_file.kek})
    wraps = Wraps(key_file)
    async with keys.snapshot() as db:
        await _be_recognised(db, key_file)
        statement = select(PersonKeyRow).execution_options(yield_per=A_PORTION)
        async for row in await db.stream_scalars(statement):
            if _opens(wraps, row):
                found[row.kek_id].opened += 1
            else:
                found[row.kek_id].unreadable += 1
    return found


async def _alone(db: AsyncSession, path: Path) -> KeyFile:
    """Read the key file while nobody else rotates; it is what it is by now."""
    await db.exec(select(CanaryRow).with_for_update())
    key_file = KeyFile.load_or_make(path)
    await _be_recognised(db, key_file)
    return key_file


async def _done(db: AsyncSession, path: Path) -> KeyFile:
    """Read the key file, alone; raise Conflict unless its newest master key wraps all there is."""
    key_file = await _alone(db, path)
    if not await _is_done(db, key_file):
        raise Conflict("an older master key still wraps keys: run `handreiking keys rotate`")
    if await wrapped_by_older(db, key_file):
        raise Conflict("an older master key wraps what does not open: see `handreiking selfcheck`")
    return key_file


async def _be_recognised(db: AsyncSession, key_file: KeyFile) -> None:
    if not await is_recognised(db, key_file):
        raise NotFound("there are no keys yet")


async def _is_done(db: AsyncSession, key_file: KeyFile) -> bool:
    """Say whether the newest master key wraps all that opens; what does not stays as it is."""
    if not await may_wrap(db, key_file.primary):
        return False
    wraps, older = Wraps(key_file), col(PersonKeyRow.kek_id) != key_file.primary
    left = select(PersonKeyRow).where(older).execution_options(yield_per=A_PORTION)
    return not any([_opens(wraps, row) async for row in await db.stream_scalars(left)])


def _opens(wraps: Wraps, row: PersonKeyRow) -> bool:
    try:
        wraps.unwrapped(row)
    except Unreadable:
        return False
    return True


def _rewrapped(wraps: Wraps, row: PersonKeyRow) -> dict[str, object] | None:
    try:
        key = wraps.unwrapped(row)
    except Unreadable:
        return None
    place = {"of": row.person_id, "of_generation": row.generation, "before": row.kek_id}
    return place | wraps.wrapped(row.person_id, row.generation, key)
