"""The key store: one key a person, wrapped by a master key, in a database of its own.

Erasing a person is destroying their key. Nothing here knows what the keys close; and a key file
that is not the right one stops the start before a byte is written.
"""

from __future__ import annotations

import hmac
import time
from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from typing import Self
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.canary import recognised
from storage.condition import free_bytes
from storage.database import Database
from storage.errors import NotFound
from storage.key_tables import ErasedRow, PersonKeyRow
from storage.keyfile import KeyFile, new_key
from storage.recent import Recent
from storage.schema import Schema
from storage.sealed import SYSTEM, Seal, joined
from storage.statements import insert_into, portions, table_of
from storage.wraps import Wraps

PERSON_KEYS = table_of(PersonKeyRow)
INDEX_BYTES = 16
# Without the signs that are mistaken for one another when read aloud or written down.
SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
FIRST_GENERATION = 1


class KeyStore:
    """The keys of people, and what is derived from the key file."""

    def __init__(
        self, database: Database, key_file: KeyFile, monotonic: Callable[[], float]
    ) -> None:
        self._database = database
        self._key_file = key_file
        self._wraps = Wraps(key_file)
        self._cache: Recent[UUID, Seal] = Recent(monotonic)
        self.system = Seal(SYSTEM, FIRST_GENERATION, {FIRST_GENERATION: AESGCM(key_file.system)})

    @classmethod
    async def open(
        cls,
        url: str,
        key_file: KeyFile,
        *,
        now: datetime,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> Self:
        """Open the store; raise WrongKey, with nothing written, when the key file is not its own.

        A new key file is written here, and only for a key store that has never had one.
        """
        return await cls.over(Database.at(url, Schema.KEYS), key_file, now=now, monotonic=monotonic)

    @classmethod
    async def over(
        cls,
        database: Database,
        key_file: KeyFile,
        *,
        now: datetime,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> Self:
        """Open the store in a database that is there already, and close that along with it."""
        try:
            await database.check()
            async with database.begin() as db:
                kept = await recognised(db, key_file, now)
        except BaseException:
            await database.close()
            raise
        return cls(database, kept, monotonic)

    async def make(self, person_ids: Collection[UUID]) -> None:
        """Make keys for newcomers, kept for good before this returns: the key first, then the data.

        Who has a key keeps it, and who was erased gets none.
        """
        wanted = [one for one in person_ids if self._cache.get(one) is None]
        if not wanted:
            return
        keys = {one: new_key() for one in wanted}
        async with self._database.begin() as db:
            gone = await self.erased_in(db, wanted)
            await self._wraps.be_newest(db)
            rows = [self._row(one, key) for one, key in keys.items() if one not in gone]
            made = await _inserted(db, rows)
        for one in made:
            generation = FIRST_GENERATION
            self._cache.put(one, Seal(one, generation, {generation: AESGCM(keys[one])}))

    async def seals(self, person_ids: Collection[UUID]) -> dict[UUID, Seal]:
        """Give the keys of these people; whoever was erased, or never was, is absent."""
        cached = {one: self._cache.get(one) for one in person_ids}
        found = {one: seal for one, seal in cached.items() if seal is not None}
        missing = [one for one in cached if one not in found]
        if missing:
            mark = self._cache.mark()
            read = await self._read(missing)
            for one, seal in read.items():
                self._cache.put(one, seal, mark)
            found |= read
        return found

    async def seal_of(self, person_id: UUID) -> Seal:
        """Give the key of one person; raise NotFound when there is none, or none any more."""
        seals = await self.seals([person_id])
        if person_id not in seals:
            raise NotFound("this person has no key")
        return seals[person_id]

    async def erase(self, person_id: UUID, now: datetime) -> bool:
        """Destroy a key for good, and note that it happened; say whether it left the files too.

        While somebody reads an older state it cannot: then this is to be done again. Twice is as
        once.
        """
        async with self._database.begin() as db:
            await db.exec(delete(PersonKeyRow).where(col(PersonKeyRow.person_id) == person_id))
            noted = {"person_ref": self._reference(person_id), "at": now}
            await db.exec(insert_into(db, ErasedRow).on_conflict_do_nothing(), params=[noted])
        self._cache.drop(person_id)
        return await self._database.scrub("person_key")

    async def erased(self, person_ids: Collection[UUID]) -> set[UUID]:
        """Say who of these was erased."""
        async with self._database.reading() as db:
            return await self.erased_in(db, person_ids)

    async def erased_in(self, db: AsyncSession, person_ids: Collection[UUID]) -> set[UUID]:
        """Say who of these was erased, in a transaction of whoever puts a backup back."""
        references = {self._reference(one): one for one in person_ids}
        found: set[UUID] = set()
        for some in portions(list(references)):
            statement = select(ErasedRow.person_ref).where(col(ErasedRow.person_ref).in_(some))
            found |= {references[reference] for reference in await db.exec(statement)}
        return found

    def proof(self, person_id: UUID) -> str:
        """Make the number by which somebody shows, later, that they were erased.

        It is drawn from the keyed hash that stays behind, and leads back to nobody.
        """
        return _sign(self._reference(person_id))

    async def erased_under(self, proof: str) -> datetime | None:
        """Say when somebody with this number was erased; None when nobody was."""
        async with self._database.reading() as db:
            for row in await db.exec(select(ErasedRow)):
                if hmac.compare_digest(_sign(row.person_ref), proof):
                    return row.at
        return None

    def index(self, kind: str, value: str) -> bytes:
        """Make the keyed hash under which an address is found again: 16 bytes."""
        return self._keyed("bi1", kind, value)

    def chained(self, previous: bytes, text: str) -> bytes:
        """Sign a line of the audit log together with the signature of the one before: 32 bytes."""
        return hmac.digest(self._key_file.audit, joined("aud1", previous, text), "sha256")

    def derive(self, purpose: str) -> bytes:
        """Make a key of 32 bytes for one purpose of the system: a webhook's secret, a cookie."""
        return self._key_file.derive(purpose)

    async def check(self) -> None:
        """Raise NotMigrated, Unavailable or WrongKey when the store cannot be used."""
        await self._database.check()
        async with self._database.reading() as db:
            await self._wraps.check(db)

    def free_bytes(self) -> float:
        """Say how much room is left on its disk, as far as that is ours to see."""
        return free_bytes(self._database)

    async def close(self) -> None:
        """Give the connections back, and forget every key."""
        self._cache.clear()
        await self._database.close()

    def _keyed(self, *parts: str | bytes) -> bytes:
        return hmac.digest(self._key_file.index, joined(*parts), "sha256")[:INDEX_BYTES]

    def _reference(self, person_id: UUID) -> bytes:
        return self._keyed("erased", person_id.bytes)

    def _row(self, person_id: UUID, key: bytes) -> dict[str, object]:
        row = {"person_id": person_id, "generation": FIRST_GENERATION}
        return row | self._wraps.wrapped(person_id, FIRST_GENERATION, key)

    async def _read(self, person_ids: list[UUID]) -> dict[UUID, Seal]:
        keys: dict[UUID, dict[int, AESGCM]] = {}
        async with self._database.reading() as db:
            for some in portions(person_ids):
                statement = select(PersonKeyRow).where(col(PersonKeyRow.person_id).in_(some))
                for row in await db.exec(statement):
                    keys.setdefault(row.person_id, {})[row.generation] = AESGCM(
                        self._wraps.unwrapped(row)
                    )
        return {
            one: Seal(one, max(by_generation), by_generation) for one, by_generation in keys.items()
        }


def _sign(reference: bytes) -> str:
    """Write the first 60 bits of a reference in twelve signs that are not mistaken for others."""
    bits = int.from_bytes(reference[:8], "big") >> 4
    signs = "".join(SIGNS[bits >> shift & 31] for shift in range(55, -1, -5))
    return "-".join(signs[start : start + 4] for start in (0, 4, 8))


async def _inserted(db: AsyncSession, rows: Iterable[dict[str, object]]) -> list[UUID]:
    """Insert keys, and say for whom there was none yet."""
    values = list(rows)
    if not values:
        return []
    statement = insert_into(db, PersonKeyRow).on_conflict_do_nothing()
    made = await db.exec(statement.returning(PERSON_KEYS.c.person_id), params=values)
    return list(made.scalars())
