"""Opening hours as arithmetic: when is it open, by when is an answer due, how much is left.

Only open time counts. A service that has given no hours is counted by the clock, and nothing about
its hours may be promised. This room knows no now: the moment is always given, in UTC.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count, islice
from typing import Literal
from zoneinfo import ZoneInfo

from dialogs.frozen import Frozen

DAY = timedelta(days=1)


# What a term is counted in; the names are those of Babel.
Unit = Literal["minute", "hour", "day"]


class Term(Frozen):
    """How long an answer may take: minutes or hours of open time, or days that are open."""

    amount: int
    unit: Unit

    @property
    def length(self) -> timedelta:
        """Tell how long the term is by the clock."""
        match self.unit:
            case "minute":
                return timedelta(minutes=self.amount)
            case "hour":
                return timedelta(hours=self.amount)
            case "day":
                return timedelta(days=self.amount)


class Span(Frozen):
    """From one moment of a day to a later one, both in minutes after midnight, at most 1440."""

    start: int
    end: int


class Hours(Frozen):
    """A week of spans, Monday first and each day in order, and the days that are closed after all.

    It is false when no hours are given.
    """

    week: tuple[tuple[Span, ...], ...] = ()
    holidays: frozenset[date] = frozenset()

    def __bool__(self) -> bool:
        """Say whether any hours are given."""
        return any(self.week)

    def on(self, day: date) -> tuple[Span, ...]:
        """Give the spans of one day; a holiday has none."""
        if not self.week or day in self.holidays:
            return ()
        return self.week[day.weekday()]


def is_open(hours: Hours, now: datetime, zone: ZoneInfo) -> bool:
    """Say whether somebody is there now; never when no hours are given."""
    today = now.astimezone(zone).date()
    return any(start <= now < end for start, end in _moments(hours, today, zone))


def next_opening(hours: Hours, now: datetime, zone: ZoneInfo) -> datetime | None:
    """Find the first opening after now; None when no hours are given."""
    if not hours:
        return None
    return next(start for start, _end in _openings(hours, now, zone) if start > now)


def due(hours: Hours, opened_at: datetime, term: Term, zone: ZoneInfo) -> datetime:
    """Find the moment by which a request must be answered.

    A term in days ends when the last of so many open days after the first one closes.
    """
    if not hours:
        return opened_at + term.length
    if term.unit == "day":
        return _close_of_day(hours, opened_at, term.amount, zone)
    rest = term.length
    for start, end in _openings(hours, opened_at, zone):
        begin = max(start, opened_at)
        if rest <= end - begin:
            return begin + rest
        rest -= end - begin
    raise AssertionError("a week with hours never ends")


def left(hours: Hours, now: datetime, due_at: datetime, zone: ZoneInfo) -> timedelta:
    """Tell how much open time is left until an answer is due; below zero it is late."""
    if due_at < now:
        return -left(hours, due_at, now, zone)
    if not hours:
        return due_at - now
    total = timedelta()
    for start, end in _openings(hours, now, zone):
        if start >= due_at:
            break
        total += min(end, due_at) - max(start, now)
    return total


def _close_of_day(hours: Hours, opened_at: datetime, days: int, zone: ZoneInfo) -> datetime:
    first = opened_at.astimezone(zone).date()
    later = (first + number * DAY for number in count(1))
    closings = (moments[-1][1] for day in later if (moments := _moments(hours, day, zone)))
    return next(islice(closings, days - 1, None))


def _openings(hours: Hours, since: datetime, zone: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
    """Walk all openings that end after a moment, in order and without end."""
    first = since.astimezone(zone).date()
    for number in count():
        for start, end in _moments(hours, first + number * DAY, zone):
            if end > since:
                yield start, end


def _moments(hours: Hours, day: date, zone: ZoneInfo) -> list[tuple[datetime, datetime]]:
    """Give the openings of a day in UTC.

    In the night that the clock moves, a span can be empty or reach into the one before.
    """
    moments: list[tuple[datetime, datetime]] = []
    for span in hours.on(day):
        start, end = _moment(day, span.start, zone), _moment(day, span.end, zone)
        if moments:
            start = max(start, moments[-1][1])
        if start < end:
            moments.append((start, end))
    return moments


def _moment(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    wall = datetime(day.year, day.month, day.day, tzinfo=zone) + timedelta(minutes=minutes)
    return wall.astimezone(UTC)
