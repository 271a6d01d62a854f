"""Column types that behave the same in SQLite and in PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache

from sqlalchemy import BigInteger, DateTime, Dialect, Integer
from sqlalchemy.dialects.sqlite import DATETIME
from sqlalchemy.types import TypeDecorator


class QuickTime(DATETIME):
    """A moment as SQLite's dialect writes it, which fills in a template and takes far longer."""

    def bind_processor(self, _dialect: Dialect) -> Callable[[datetime | None], str | None]:
        """Write a moment in UTC."""
        return _written


# One moment is written in many rows of a transaction.
@lru_cache
def _written(moment: datetime | None) -> str | None:
    return None if moment is None else moment.replace(tzinfo=None).isoformat(" ", "microseconds")


class UtcTime(TypeDecorator[datetime]):
    """A moment in UTC. SQLite forgets time zones: what comes out of it gets UTC back."""

    impl = DateTime(timezone=True).with_variant(QuickTime(), "sqlite")  # type: ignore[no-untyped-call]
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Refuse a time without a zone; it would be another moment in another process."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise TypeError("refusing to store a time without a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Give UTC, whatever the database, or the zone it was set to, made of it."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class BigNumber(TypeDecorator[int]):
    """A number that may grow large; SQLite counts its own kind of integer up, and no other."""

    impl = BigInteger().with_variant(Integer, "sqlite")
    cache_ok = True
