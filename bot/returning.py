"""Leads people back to their conversation, by a code or a PIN; checks no more than it must.

Whoever types digits that are nobody's waits as long as somebody whose code they are, and reads the
same as somebody who tried too often.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.hashes import SlowHashes
from dialogs.frozen import Frozen
from dialogs.returning import CODE_DIGITS, PIN_DIGITS, digits_of
from storage import locks, returning, tries
from storage.keystore import KeyStore
from storage.sealed import Seal

WITHIN = timedelta(minutes=10)
# A door that is tried more often than this is not listened to, and all doors together neither: each
# check costs memory and time, and a browser is a new door whenever it likes.
TRIES_AT_A_DOOR = 5
TRIES_IN_ALL = 50
# Four digits can be tried; who did so too often needs the code, or a human.
PIN_WITHIN = timedelta(days=1)
TRIES_AT_A_PIN = 5


class Returning(Frozen):
    """Keeps what leads back, and finds to whom it leads."""

    keystore: KeyStore
    hashes: SlowHashes

    async def keep_code(self, db: AsyncSession, seal: Seal, code: str) -> None:
        """Let a code lead to a person, and no earlier one any more."""
        await returning.keep_code(db, seal, self._index(code), await self.hashes.hash(code))

    async def keep_pin(self, db: AsyncSession, seal: Seal, pin: str, now: datetime) -> None:
        """Let a PIN open what is shut at a door, and no earlier PIN any more."""
        await locks.keep(db, seal, await self.hashes.hash(self._keyed(seal.person_id, pin)), now)

    async def find(
        self, db: AsyncSession, way_index: bytes, words: str, now: datetime
    ) -> UUID | None:
        """Find to whom the digits lead that were typed at a door; None when that is nobody."""
        digits = digits_of(words)
        if len(digits) in PIN_DIGITS:
            return await self._by_pin(db, way_index, digits, now)
        if len(digits) == CODE_DIGITS:
            return await self._by_code(db, way_index, digits, now)
        return None

    async def _by_code(
        self, db: AsyncSession, way_index: bytes, code: str, now: datetime
    ) -> UUID | None:
        if await self._too_often(db, way_index, now):
            return None
        found = await returning.find_code(db, self._index(code))
        seals = {} if found is None else await self.keystore.seals([found.person_id])
        hashed = found.hashed(seals[found.person_id]) if found and seals else None
        if not await self.hashes.is_right(hashed, code) or found is None:
            return None
        await tries.forgiven(db, self._tried_at(way_index))
        return found.person_id

    async def _by_pin(
        self, db: AsyncSession, way_index: bytes, pin: str, now: datetime
    ) -> UUID | None:
        """Compare with the PINs behind this door; where there is none it takes as long."""
        tried = self.keystore.index("pin", way_index.hex())
        here = await tries.counted(db, tried, now, PIN_WITHIN)
        if len(here) > TRIES_AT_A_PIN or await self._too_often(db, way_index, now):
            return None
        pins = await locks.behind(db, way_index)
        seals = await self.keystore.seals([each.person_id for each in pins])
        for each in (each for each in pins if each.person_id in seals):
            offered = self._keyed(each.person_id, pin)
            if await self.hashes.is_right(each.hashed(seals[each.person_id]), offered):
                await tries.forgiven(db, tried)
                await tries.forgiven(db, self._tried_at(way_index))
                return each.person_id
        if not seals:
            await self.hashes.is_right(None, pin)
        return None

    async def _too_often(self, db: AsyncSession, way_index: bytes, now: datetime) -> bool:
        here = await tries.counted(db, self._tried_at(way_index), now, WITHIN)
        if len(here) > TRIES_AT_A_DOOR:
            return True
        everywhere = self.keystore.index("returning", "everywhere")
        return len(await tries.counted(db, everywhere, now, WITHIN)) > TRIES_IN_ALL

    def _keyed(self, person_id: UUID, pin: str) -> str:
        """Mix a PIN with a key: so few digits would be found from their hash alone."""
        return self.keystore.index("pin", f"{person_id} {pin}").hex()

    def _index(self, code: str) -> bytes:
        return self.keystore.index("code", code)

    def _tried_at(self, way_index: bytes) -> bytes:
        return self.keystore.index("returning", way_index.hex())
