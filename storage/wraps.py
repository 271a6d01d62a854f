"""Wrapping of people's keys by the master keys, of which a newer one may come while all goes on.

Whoever rotates writes the key file first. A process that meets a master key it has not got, or
whose own wraps nothing any more, reads that file again.
"""

from __future__ import annotations

import struct
from contextlib import suppress
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.canary import is_recognised, may_wrap, settle_in
from storage.errors import BadKeyFile, Unavailable, Unreadable, WrongKey
from storage.key_tables import PersonKeyRow
from storage.keyfile import KeyFile
from storage.sealed import NONCE_BYTES, joined, nonce


class Wraps:
    """What wraps and unwraps the keys of people."""

    def __init__(self, key_file: KeyFile) -> None:
        self._take(key_file)

    async def be_newest(self, db: AsyncSession) -> None:
        """Wrap with a master key that stays until this transaction ends.

        Raise Unavailable when the key file here has not got it yet.
        """
        before = self._key_file.primary
        if await may_wrap(db, before):
            return
        self._look_again()
        if self._key_file.primary == before:
            raise Unavailable(f"the key file {self._key_file.path} lacks the newest master key")
        if not await may_wrap(db, self._key_file.primary):
            # Whoever wrote it into the file was cut off before saying so here, as we do at a start.
            await settle_in(db, self._key_file)

    async def check(self, db: AsyncSession) -> None:
        """Raise WrongKey when none of the master keys is known to the key store."""
        with suppress(WrongKey):
            await is_recognised(db, self._key_file)
            return
        self._look_again()
        await is_recognised(db, self._key_file)

    def wrapped(self, person_id: UUID, generation: int, key: bytes) -> dict[str, object]:
        """Wrap a key so that it opens as this person's only: two columns of its row."""
        name, once = self._key_file.primary, nonce()
        bound = _bound(person_id, generation, name)
        return {"kek_id": name, "wrapped": once + self._ciphers[name].encrypt(once, key, bound)}

    def unwrapped(self, row: PersonKeyRow) -> bytes:
        """Give a key back; raise Unreadable when it was changed, or its master key is nowhere."""
        if row.kek_id not in self._ciphers:
            self._look_again()
        cipher = self._ciphers.get(row.kek_id)
        if cipher is None:
            raise Unreadable(f"the key file lacks the key {row.kek_id}, which is still in use")
        bound = _bound(row.person_id, row.generation, row.kek_id)
        try:
            return cipher.decrypt(row.wrapped[:NONCE_BYTES], row.wrapped[NONCE_BYTES:], bound)
        except InvalidTag:
            raise Unreadable(f"the key of person {row.person_id} was changed") from None

    def _look_again(self) -> None:
        """Take what stands in the key file by now; one that is another house's changes nothing."""
        try:
            found = KeyFile.load_or_make(self._key_file.path)
        except BadKeyFile:
            return
        if not found.is_new and found.goes_with(self._key_file):
            self._take(found)

    def _take(self, key_file: KeyFile) -> None:
        self._key_file = key_file
        self._ciphers = {name: AESGCM(key) for name, key in key_file.kek.items()}


def _bound(person_id: UUID, generation: int, kek_id: str) -> bytes:
    return joined("dek1", person_id.bytes, struct.pack(">I", generation), kek_id)
