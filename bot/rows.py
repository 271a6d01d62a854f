"""Rows of the organisation's file: a table remembers which of its rows were read.

A row that nobody reads is a mistake, and so is one that is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime

from storage.pairs import PublicKey


class BadOrganisation(Exception):
    """The file of the organisation cannot be used: it names the file, the row and why."""

    def __init__(self, file: str, row: str, why: str) -> None:
        """Say it in one line."""
        super().__init__(": ".join(part for part in (file, row, why) if part))
        self.file, self.row, self.why = file, row, why


class Table:
    """One table of the file, which knows where it stands."""

    def __init__(self, file: str, name: str, rows: dict[str, object]) -> None:
        self._file, self._name, self._rows = file, name, rows
        self._read: set[str] = set()

    def bad(self, key: str, why: str) -> BadOrganisation:
        return BadOrganisation(self._file, f"{self._name}.{key}".strip("."), why)

    def row(self, key: str) -> object:
        if key not in self._rows:
            raise self.bad(key, "is missing")
        self._read.add(key)
        return self._rows[key]

    def keys(self) -> Iterator[str]:
        return iter(tuple(self._rows))

    def table(self, key: str) -> Table:
        match self.row(key):
            case dict() as rows:
                return Table(self._file, f"{self._name}.{key}".strip("."), rows)
            case _:
                raise self.bad(key, "is not a table")

    def text(self, key: str, fits: Callable[[str], bool], *, empty: bool = True) -> str:
        match self.row(key):
            case "" if empty:
                return ""
            case str() as text if is_one_line(text) and fits(text):
                return text
            case _:
                raise self.bad(key, "does not look right")

    def number_of(self, unit: str, key: str) -> int:
        match self.row(key):
            case bool():
                raise self.bad(key, f"is not a number of {unit}")
            case int() as number if number > 0:
                return number
            case _:
                raise self.bad(key, f"is not a number of {unit}")

    def count(self, key: str) -> int:
        match self.row(key):
            case bool():
                raise self.bad(key, "is not a number")
            case int() as number if number >= 0:
                return number
            case _:
                raise self.bad(key, "is not a number")

    def flag(self, key: str) -> bool:
        match self.row(key):
            case bool() as flag:
                return flag
            case _:
                raise self.bad(key, "is neither true nor false")

    def public_key(self, key: str) -> PublicKey | None:
        text = self.text(key, is_one_line)
        try:
            return PublicKey.read(text) if text else None
        except ValueError:
            raise self.bad(key, "is no key of `handreiking letterbox key`") from None

    def day(self, key: str, value: object) -> date:
        if isinstance(value, datetime) or not isinstance(value, date):
            raise self.bad(key, "is not a day such as 2026-12-25")
        return value

    def list(self, key: str) -> list[object]:
        match self.row(key):
            case list() as values:
                return values
            case _:
                raise self.bad(key, "is not a list")

    def close(self) -> None:
        for key in self._rows:
            if key not in self._read:
                raise self.bad(key, "is not known")


def is_one_line(text: str) -> bool:
    """Say whether a text can stand in a sentence."""
    return bool(text) and text.isprintable() and text.strip() == text
