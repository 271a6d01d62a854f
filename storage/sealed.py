"""Sealing and opening of single fields: AES-256-GCM, bound to person, table, column and row.

The form, to which old backups hold us (`LP` puts a length of two bytes before each part):

    blob  = 0xE1 | generation:u32 | 0x00 | nonce[12] | ciphertext and tag[16]
    plain = utf8(text), then 0x80 and zeroes up to a multiple of 64 bytes
    aad   = blob[0:6] | LP("fld1", table, column, row_id[16], person_id[16], generation)

A field that does not open is an error that names its place, never an empty text.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Mapping
from functools import cache
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Dialect, LargeBinary
from sqlalchemy.types import TypeDecorator

from dialogs.frozen import Frozen, Hidden
from storage.errors import Unreadable

# Stands for nobody who asked for help, but for the house itself.
SYSTEM = UUID(int=0)
MARK = 0xE1
NONCE_BYTES = 12
BLOCK_BYTES = 64
HEAD_BYTES = 6
# As `joined` writes them.
IDS = struct.Struct(">H16sH16sH4s")
# Head, nonce and tag: nothing shorter was ever sealed.
LEAST_BYTES = HEAD_BYTES + NONCE_BYTES + 16


def joined(*parts: bytes | str) -> bytes:
    """Join parts so that no two lists of parts give the same bytes."""
    encoded = [part.encode() if isinstance(part, str) else part for part in parts]
    return b"".join(struct.pack(">H", len(part)) + part for part in encoded)


@cache
def _place(table: str, column: str) -> bytes:
    return joined("fld1", table, column)


def nonce() -> bytes:
    """Draw a nonce; at 2^32 fields a person the chance of meeting one twice is far away."""
    return os.urandom(NONCE_BYTES)


def padded(text: str) -> bytes:
    """Fill up to whole blocks, so that the length of a short answer tells nothing."""
    plain = text.encode() + b"\x80"
    return plain + bytes(-len(plain) % BLOCK_BYTES)


class Seal(Frozen):
    """The keys of one person, by generation; the newest one seals.

    The system's own seal has a person id of its own. It seals what belongs to nobody who asked for
    help: the e-mail addresses of staff, and letters to people who are not known any more.
    """

    person_id: UUID
    generation: int
    keys: Hidden[Mapping[int, AESGCM]]

    def seal(self, table: str, column: str, row_id: UUID, text: str) -> bytes:
        """Close a text so that it opens only at this place, with this person's key."""
        head = struct.pack(">BIB", MARK, self.generation, 0)
        once = nonce()
        bound = self._bound(head, table, column, row_id)
        return head + once + self.keys[self.generation].encrypt(once, padded(text), bound)

    def open(self, table: str, column: str, row_id: UUID, blob: bytes) -> str:
        """Open what was sealed at this place; raise Unreadable when it was changed or moved."""
        key = self.keys.get(int.from_bytes(blob[1:5], "big"))
        if key is None or len(blob) < LEAST_BYTES:
            raise Unreadable(f"{table}.{column} of row {row_id} has no key that opens it")
        body = HEAD_BYTES + NONCE_BYTES
        bound = self._bound(blob[:HEAD_BYTES], table, column, row_id)
        try:
            plain = key.decrypt(blob[HEAD_BYTES:body], blob[body:], bound)
        except InvalidTag:
            raise Unreadable(f"{table}.{column} of row {row_id} was changed or moved") from None
        return plain[: plain.rindex(b"\x80")].decode()

    def _bound(self, head: bytes, table: str, column: str, row_id: UUID) -> bytes:
        """Say what a field is bound to; the head as well, or one of its bytes could be changed."""
        ids = IDS.pack(16, row_id.bytes, 16, self.person_id.bytes, 4, head[1:5])
        return head + _place(table, column) + ids


class SealedBytes(TypeDecorator[bytes]):
    """A column that holds sealed fields only, and refuses to store anything else."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: object, _dialect: Dialect) -> bytes | None:
        """Let through what is sealed; the refused value itself is not in the message."""
        if value is None:
            return None
        if not isinstance(value, bytes) or len(value) < LEAST_BYTES or value[0] != MARK:
            raise TypeError("refusing to store a value that is not sealed")
        return value
