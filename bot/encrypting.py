"""Files encrypted with age, for whoever keeps the key to them elsewhere.

The package for it is not everywhere, so it is looked for only when somebody asks to encrypt.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import IO, Any, Final, Self

from dialogs.frozen import Frozen, Hidden
from storage.errors import BadBackup

ENCRYPTED: Final = ".age"


class Recipient(Frozen):
    """A public key, such as age1…; what is encrypted for it, this machine cannot read any more."""

    key: Any

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read one; raise ValueError for what is none."""
        try:
            return cls(_age().x25519.Recipient.from_str(text))
        except _age().RecipientError:
            raise ValueError("this is no public key of age, such as age1…") from None


class Identity(Frozen):
    """The private keys of a file, as age-keygen writes it."""

    keys: Hidden[tuple[Any, ...]]

    @classmethod
    def parse(cls, path: str) -> Self:
        """Read the file; raise ValueError for one that holds no key."""
        try:
            rows = Path(path).read_text("utf-8").splitlines()
            keys = [row for row in rows if row.strip() and not row.startswith("#")]
            return cls(tuple(_age().x25519.Identity.from_str(row.strip()) for row in keys))
        except (OSError, UnicodeError, _age().IdentityError):
            raise ValueError("this is no file with a key of age") from None


@contextmanager
def encrypted(file: IO[bytes], recipient: Recipient | None) -> Iterator[IO[bytes]]:
    """Give a file that ends up in another one, encrypted if there is somebody it is for."""
    if recipient is None:
        yield file
        return
    with tempfile.TemporaryFile() as plain:
        yield plain
        plain.seek(0)
        _age().encrypt_io(plain, file, [recipient.key])


@contextmanager
def decrypted(file: IO[bytes], name: str, identity: Identity | None) -> Iterator[IO[bytes]]:
    """Give what was encrypted; raise BadBackup when these keys do not open it."""
    if identity is None:
        raise BadBackup(f"{name} is encrypted: --identity names the file with its key")
    with tempfile.TemporaryFile() as plain:
        try:
            _age().decrypt_io(file, plain, identity.keys)
        except (_age().DecryptError, OSError):
            raise BadBackup(f"{name} was changed, or encrypted for somebody else") from None
        yield plain


def _age() -> ModuleType:
    try:
        import pyrage  # noqa: PLC0415 - nothing else needs it
    except ImportError:
        raise ValueError("this needs the package pyrage, which is not installed") from None
    return pyrage
