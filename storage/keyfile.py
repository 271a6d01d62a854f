"""The key file: the master keys, on the disk of this machine only and in no backup of the data.

It is made on the first start, and never when a key store is there that has another one. It may hold
several keys that wrap those of people, the newest of which wraps new ones.
"""

from __future__ import annotations

import json
import logging
import os
from base64 import b64decode, b64encode
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Self

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from dialogs.frozen import Frozen, Hidden, replace
from storage.errors import BadKeyFile
from storage.sealed import joined

KEY_BYTES = 32
OTHERS_MAY = 0o077
OWNER_MAY = 0o700

log = logging.getLogger(__name__)


def new_key() -> bytes:
    """Draw a key of 256 bits."""
    return AESGCM.generate_key(KEY_BYTES * 8)


class KeyFile(Frozen):
    """The keys, by what they are for.

    `kek` wraps the keys of people; the `primary` one of them wraps new keys, the others only open
    what they wrapped before.

    A new one has no `kek` and lies on no disk yet: `keep` writes it, once it is sure that no key
    store waits for another one.
    """

    path: Path
    primary: str
    kek: Hidden[Mapping[str, bytes]]
    index: Hidden[bytes]
    audit: Hidden[bytes]
    system: Hidden[bytes]

    @property
    def is_new(self) -> bool:
        """Say whether this file still has to be written."""
        return not self.kek

    @classmethod
    def load_or_make(cls, path: Path) -> Self:
        """Read the key file, or prepare a new one; raise BadKeyFile naming one that is broken."""
        try:
            text = path.read_bytes()
            if path.stat().st_mode & OTHERS_MAY:
                log.warning("the key file %s can be read by others: chmod 600 it", path)
        except FileNotFoundError:
            return cls(path, "", {}, index=new_key(), audit=new_key(), system=new_key())
        except OSError as error:
            raise BadKeyFile(f"the key file {path} cannot be read: {error.strerror}") from None
        try:
            return cls._read(path, json.loads(text))
        except (ValueError, TypeError, KeyError, AttributeError):
            # Not a word of what it says: it may be a key.
            raise BadKeyFile(f"the key file {path} is not a key file of Handreiking") from None

    @classmethod
    def _read(cls, path: Path, found: Mapping[str, str | Mapping[str, str]]) -> Self:
        kek, primary = found["kek"], found["primary"]
        if not isinstance(kek, Mapping) or not isinstance(primary, str) or primary not in kek:
            raise ValueError
        one = {name: _key(found[name]) for name in ("index", "audit", "system")}
        return cls(path, primary, {name: _key(value) for name, value in kek.items()}, **one)

    def keep(self, now: datetime) -> Self:
        """Write a new key file for its owner only; take the one that another process just wrote."""
        primary = _newer((), now)
        named = replace(self, primary=primary, kek={primary: new_key()})
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _put(self.path, named.written())
        except OSError as error:
            raise BadKeyFile(
                f"the key file {self.path} cannot be written: {error.strerror}"
            ) from None
        return self.load_or_make(self.path)

    def with_newer(self, now: datetime) -> Self:
        """Add a newer key that wraps keys of people; it lies on no disk before `put`."""
        name = _newer(self.kek, now)
        return replace(self, primary=name, kek={**self.kek, name: new_key()})

    def without_older(self) -> Self:
        """Leave only the newest of the keys that wrap those of people."""
        return replace(self, kek={self.primary: self.kek[self.primary]})

    def put(self) -> None:
        """Write it over the one that is there: complete, for the same owner, and at once."""
        path = self.path.resolve()
        try:
            with _draft(path, self.written()) as draft:
                before = path.stat()
                os.chown(draft, before.st_uid, before.st_gid)
                draft.chmod(before.st_mode & OWNER_MAY)
                draft.replace(path)
        except OSError as error:
            raise BadKeyFile(f"the key file {path} cannot be written: {error.strerror}") from None

    def goes_with(self, other: KeyFile) -> bool:
        """Say whether this is the same key file, perhaps with newer keys or without older ones."""
        shared = self.kek.keys() & other.kek.keys()
        mine, others = (
            [each.index, each.audit, each.system, *(each.kek[name] for name in shared)]
            for each in (self, other)
        )
        return mine == others

    def derive(self, purpose: str) -> bytes:
        """Make a key of 32 bytes for one purpose of the system."""
        hkdf = HKDF(SHA256(), KEY_BYTES, salt=None, info=joined("derive1", purpose))
        return hkdf.derive(self.system)

    def written(self) -> str:
        """Give the whole of the file, as it lies on the disk."""
        kek = {name: b64encode(key).decode() for name, key in self.kek.items()}
        one = {
            name: b64encode(getattr(self, name)).decode() for name in ("index", "audit", "system")
        }
        return json.dumps({"kek": kek, "primary": self.primary} | one, indent=2) + "\n"


def _newer(names: Collection[str], now: datetime) -> str:
    """Name the key after all of these: k2026a, k2026b … k2026z, k2026za.

    That it comes after them, also when the clock was set back, makes it a name that none has yet.
    """
    newest = max(names, default="")
    year = max(f"k{now.year}", newest[:5])
    letters = newest.removeprefix(year) if newest.startswith(year) else ""
    if not letters or letters.endswith("z"):
        return f"{year}{letters}a"
    return f"{year}{letters[:-1]}{chr(ord(letters[-1]) + 1)}"


def _put(path: Path, text: str) -> None:
    """Put a file where there is none, and never over another."""
    # Unlike a rename, a link never replaces what is there.
    with suppress(FileExistsError), _draft(path, text) as draft:
        os.link(draft, path)


@contextmanager
def _draft(path: Path, text: str) -> Iterator[Path]:
    """Write a file whole before it has its name; that it got one is kept for good at the end."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        draft.touch(mode=0o600)
        with draft.open("w") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        yield draft
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    finally:
        draft.unlink(missing_ok=True)


def _key(value: object) -> bytes:
    """Read one key; a short one is as bad as none."""
    if not isinstance(value, str):
        raise TypeError
    key = b64decode(value, validate=True)
    if len(key) != KEY_BYTES:
        raise ValueError
    return key
