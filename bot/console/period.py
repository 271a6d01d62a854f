"""From which month to which one figures are asked for; anything else is refused in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from dialogs.frozen import Frozen

MONTH = re.compile(r"(2\d{3}-\d{2})(?:-(\d{2}))?", re.ASCII)
A_YEAR = 12
LONGEST = 10 * A_YEAR


class BadPeriod(Exception):
    """What was asked for is no period; `why` is an id of words."""

    def __init__(self, why: str) -> None:
        super().__init__("this is no period")
        self.why = why


class Period(Frozen):
    """Whole months, each by its first day; both ends belong to it."""

    first: date
    last: date

    @property
    def months(self) -> Iterator[date]:
        """List the months in order."""
        for number in range(_number(self.first), _number(self.last) + 1):
            yield _month(number)

    @property
    def query(self) -> str:
        """Write it as the query of an address."""
        return f"from={self.first:%Y-%m}&to={self.last:%Y-%m}"


def asked_for(query: Mapping[str, str], today: date) -> Period:
    """Read what is asked for: a month each, or a day in it; without it, the last twelve months.

    Raise BadPeriod.
    """
    last = _read(query.get("to", ""), today.replace(day=1))
    first = _read(query.get("from", ""), _month(_number(last) - A_YEAR + 1))
    if first > last:
        raise BadPeriod("figures.turned_around")
    if _number(last) - _number(first) >= LONGEST:
        raise BadPeriod("figures.too_long")
    return Period(first, last)


def _read(text: str, otherwise: date) -> date:
    if not text:
        return otherwise
    match = MONTH.fullmatch(text)
    if match is None:
        raise BadPeriod("figures.no_month")
    try:
        return date.fromisoformat(f"{match[1]}-{match[2] or '01'}").replace(day=1)
    except ValueError:
        raise BadPeriod("figures.no_month") from None


def _number(month: date) -> int:
    return month.year * A_YEAR + month.month - 1


def _month(number: int) -> date:
    return date(number // A_YEAR, number % A_YEAR + 1, 1)
