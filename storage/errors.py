"""Everything that can go wrong in storage; no message here ever holds what a person wrote."""

from __future__ import annotations


class StorageError(Exception):
    """Something asked of storage cannot be done."""


class NotFound(StorageError):
    """There is no such row, or it is not for whoever asked: the two must look the same."""


class Conflict(StorageError):
    """Somebody was faster; `by` is the name of the colleague, when it was one."""

    def __init__(self, message: str, *, by: str | None = None) -> None:
        super().__init__(message)
        self.by = by


class Unavailable(StorageError):
    """The database is away, full or too busy; what was asked may be asked again later."""


class Entangled(Unavailable):
    """Two transactions waited for each other, and this one gave way: done again, it succeeds."""


class Unreadable(StorageError):
    """A sealed field does not open: it was changed, moved, or its key is gone."""


class LastKey(StorageError):
    """Nobody would be left who can open the letterbox of this queue."""

    def __init__(self, queue: str) -> None:
        super().__init__(f"nobody else has the key of the letterbox of {queue}")
        self.queue = queue


class WrongKey(StorageError):
    """The key file does not belong to this key store; nothing was written."""


class BadKeyFile(StorageError):
    """The key file cannot be read as one."""


class BadBackup(StorageError):
    """A file is not a whole backup of this house."""


class NotMigrated(StorageError):
    """The database is not in its newest form: run `handreiking migrate` first."""
