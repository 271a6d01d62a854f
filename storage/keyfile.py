"""The key file: the master keys, on the disk of this machine only and in no backup of the data.

It is made on the first start, and never when a key store is there that has another one.
"""

from __future__ import annotations

import json
import logging
import os
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Self

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from storage.errors import BadKeyFile
from storage.sealed import joined

KEY_BYTES = 32
OTHERS_MAY = 0o077

log = logging.getLogger(__name__)


def new_key() -> bytes:
    """Draw a key of 256 bits."""
    return AESGCM.generate_key(KEY_BYTES * 8)


@dataclass(frozen=True, slots=True)
class KeyFile:
    """The keys, by what they are for.

    `kek` wraps the keys of people; the `primary` one of them wraps new keys, the others only open
    what they wrapped before.

    A new one has no `kek` and lies on no disk yet: `keep` writes it, once it is sure that no key
    store waits for another one.
    """

    path: Path
    primary: str
    kek: Mapping[str, bytes] = field(repr=False)
    index: bytes = field(repr=False)
    audit: bytes = field(repr=False)
    system: bytes = field(repr=False)

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
        primary = f"k{now.year}a"
        named = replace(self, primary=primary, kek={primary: new_key()})
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _put(self.path, named.written())
        except OSError as error:
            raise BadKeyFile(
                f"the key file {self.path} cannot be written: {error.strerror}"
            ) from None
        return self.load_or_make(self.path)

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


def _put(path: Path, text: str) -> None:
    """Put a file where there is none: complete before it has its name, and never over another."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        draft.touch(mode=0o600)
        with draft.open("w") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        # Unlike a rename, a link never replaces what is there.
        os.link(draft, path)
    except FileExistsError:
        return
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
