"""The organisation that runs the house: its services, addresses, hours, terms, queues, help lines.

Read once from a file. Every row is there, even when it is empty, and no row is there that nobody
knows: a typing error must never silently take a help line off the screen.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from bot.hours import Hours, Span, Term, Unit
from dialogs.values import Service

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
LINES = (
    *("nl_112", "nl_police", "nl_113", "nl_veilig_thuis", "nl_seksueel_geweld"),
    *("nl_slachtofferhulp", "nl_luisterlijn", "nl_kindertelefoon"),
    *("be_112", "be_101", "be_1712", "be_1813", "be_106", "be_102"),
)

UNITS: Mapping[str, Unit] = {"minute": "minute", "hour": "hour", "day": "day"}
TERM = re.compile(r"([1-9]\d{0,3}) (minute|hour|day)s?")
SPAN = re.compile(r"([01]\d|2[0-4]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)")
NUMBER = re.compile(r"\+?\d[\d ()/-]*")
EMAIL = re.compile(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+")
NAME = re.compile(r"[a-z][a-z_]*")
COUNTRY = re.compile(r"[A-Z]{2}")
MIDNIGHT = 24 * 60


class BadOrganisation(Exception):
    """The file of the organisation cannot be used: it names the file, the row and why."""

    def __init__(self, file: str, row: str, why: str) -> None:
        """Say it in one line."""
        super().__init__(": ".join(part for part in (file, row, why) if part))
        self.file, self.row, self.why = file, row, why


@dataclass(frozen=True, slots=True)
class Queue:
    """Where requests wait for staff; the key is what is kept, the names are what staff read."""

    key: str
    names: Mapping[str, str]

    def name(self, language: str) -> str:
        """Name the queue; the organisation's first name for it where this language has none."""
        return self.names.get(language, next(iter(self.names.values())))


@dataclass(frozen=True, slots=True)
class Office:
    """What is known of one service; an empty text is a fact nobody knows."""

    name: str
    site: str
    phone: str
    email: str
    address: str
    complaints_address: str
    complaints_email: str
    complaints_site: str
    hours: Hours
    first_answer: Term | None
    queues: tuple[Queue, ...]

    @property
    def queue(self) -> Queue:
        """Name the queue that takes new requests."""
        return self.queues[0]


@dataclass(frozen=True, slots=True)
class HelpLine:
    """A number somebody may need tonight, and the day it was last compared with its source."""

    key: str
    number: str
    country: str
    checked: date


@dataclass(frozen=True, slots=True)
class Organisation:
    """Everything the house may tell people about those who run it."""

    name: str
    exit_address: str
    unfinished_days: int
    services: Mapping[Service, Office]
    lines: Mapping[str, HelpLine]

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read the file; raise BadOrganisation at the first row that is not right."""
        try:
            rows = tomllib.loads(path.read_text("utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            why = error.strerror or "" if isinstance(error, OSError) else str(error)
            raise BadOrganisation(path.name, "", why.partition("\n")[0]) from error
        table = _Table(path.name, "", rows)
        services = table.table("services")
        lines = table.table("lines")
        organisation = cls(
            name=table.text("name", _anything, empty=False),
            exit_address=table.text("exit_address", _is_address, empty=False),
            unfinished_days=table.days("unfinished_days"),
            services={service: _office(services.table(service)) for service in Service},
            lines={key: _line(key, lines.table(key)) for key in LINES},
        )
        for each in (services, lines, table):
            each.close()
        organisation._one_place_for_each_queue(path.name)
        return organisation

    @property
    def queues(self) -> tuple[Queue, ...]:
        """List the queues of all services."""
        return tuple(queue for office in self.services.values() for queue in office.queues)

    def lines_checked_before(self, day: date) -> tuple[HelpLine, ...]:
        """List the help lines whose number nobody has compared since a day."""
        return tuple(line for line in self.lines.values() if line.number and line.checked < day)

    def _one_place_for_each_queue(self, file: str) -> None:
        keys = [queue.key for queue in self.queues]
        for key in keys:
            if keys.count(key) > 1:
                raise BadOrganisation(file, key, "two services have a queue of this name")


class _Table:
    """One table of the file, which remembers where it stands and which rows were read."""

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

    def table(self, key: str) -> _Table:
        match self.row(key):
            case dict() as rows:
                return _Table(self._file, f"{self._name}.{key}".strip("."), rows)
            case _:
                raise self.bad(key, "is not a table")

    def text(self, key: str, fits: Callable[[str], bool], *, empty: bool = True) -> str:
        match self.row(key):
            case "" if empty:
                return ""
            case str() as text if _is_one_line(text) and fits(text):
                return text
            case _:
                raise self.bad(key, "does not look right")

    def days(self, key: str) -> int:
        match self.row(key):
            case bool():
                raise self.bad(key, "is not a number of days")
            case int() as days if days > 0:
                return days
            case _:
                raise self.bad(key, "is not a number of days")

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


def _office(table: _Table) -> Office:
    week = table.table("hours")
    queues = table.table("queues")
    office = Office(
        name=table.text("name", _anything, empty=False),
        site=table.text("site", _is_address),
        phone=table.text("phone", _is_number),
        email=table.text("email", _is_email),
        address=table.text("address", _anything),
        complaints_address=table.text("complaints_address", _anything),
        complaints_email=table.text("complaints_email", _is_email),
        complaints_site=table.text("complaints_site", _is_address),
        hours=Hours(
            tuple(_spans(week, day) for day in DAYS),
            frozenset(table.day("holidays", each) for each in table.list("holidays")),
        ),
        first_answer=_term(table, "first_answer"),
        queues=tuple(_queue(queues, key) for key in queues.keys()),  # noqa: SIM118 - a table, no dict
    )
    if not office.queues:
        raise table.bad("queues", "names no queue")
    week.close()
    table.close()
    return office


def _queue(queues: _Table, key: str) -> Queue:
    table = queues.table(key)
    names = {each: table.text(each, _anything, empty=False) for each in table.keys()}  # noqa: SIM118
    if not names or not NAME.fullmatch(key):
        raise queues.bad(key, "is not a queue: a key of small letters, a name in each language")
    return Queue(key, names)


def _line(key: str, table: _Table) -> HelpLine:
    line = HelpLine(
        key,
        number=table.text("number", _is_number),
        country=table.text("country", lambda text: bool(COUNTRY.fullmatch(text)), empty=False),
        checked=table.day("checked", table.row("checked")),
    )
    table.close()
    return line


def _spans(week: _Table, day: str) -> tuple[Span, ...]:
    spans: list[Span] = []
    for text in week.list(day):
        match = SPAN.fullmatch(text) if isinstance(text, str) else None
        if match is None:
            raise week.bad(day, f"{text!r} is not a time such as '09:00-17:00'")
        hour, minute, until_hour, until_minute = map(int, match.groups())
        span = Span(hour * 60 + minute, until_hour * 60 + until_minute)
        earliest = spans[-1].end if spans else 0
        if not earliest <= span.start < span.end <= MIDNIGHT:
            raise week.bad(day, f"{text!r} does not come after what is before it")
        spans.append(span)
    return tuple(spans)


def _term(table: _Table, key: str) -> Term | None:
    text = table.text(key, lambda text: bool(TERM.fullmatch(text)))
    match = TERM.fullmatch(text)
    return Term(int(match[1]), UNITS[match[2]]) if match else None


def _is_one_line(text: str) -> bool:
    return bool(text) and text.isprintable() and text.strip() == text


def _anything(_text: str) -> bool:
    return True


def _is_address(text: str) -> bool:
    parts = urlsplit(text)
    return parts.scheme == "https" and "." in (parts.hostname or "") and " " not in text


def _is_number(text: str) -> bool:
    return bool(NUMBER.fullmatch(text))


def _is_email(text: str) -> bool:
    return bool(EMAIL.fullmatch(text))
