"""The organisation that runs the house: its services, addresses, hours, terms, queues, help lines.

Read once from a file. Every row is there, even when it is empty, and no row is there that nobody
knows: a typing error must never silently take a help line off the screen.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from bot.hours import Hours, Span, Term, Unit, due
from bot.rows import BadOrganisation, Table
from dialogs.frozen import Frozen
from dialogs.values import Service
from storage.pairs import PublicKey

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
LINES = (
    *("nl_112", "nl_police", "nl_113", "nl_veilig_thuis", "nl_seksueel_geweld"),
    *("nl_slachtofferhulp", "nl_luisterlijn", "nl_kindertelefoon"),
    *("be_112", "be_101", "be_1712", "be_1813", "be_106", "be_102"),
)
# What only the organisation can say exactly, by the fact it is told as.
SENTENCES = ("secrecy_limits", "agreement_follow_up")

UNITS: Mapping[str, Unit] = {"minute": "minute", "hour": "hour", "day": "day"}
TERM = re.compile(r"([1-9]\d{0,3}) (minute|hour|day)s?")
SPAN = re.compile(r"([01]\d|2[0-4]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)")
NUMBER = re.compile(r"\+?\d[\d ()/-]*")
EMAIL = re.compile(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+")
NAME = re.compile(r"[a-z][a-z_]*")
COUNTRY = re.compile(r"[A-Z]{2}")
MIDNIGHT = 24 * 60


class Queue(Frozen):
    """Where requests wait for staff; the key is what is kept, the names are what staff read."""

    key: str
    names: Mapping[str, str]

    def name(self, language: str) -> str:
        """Name the queue; the organisation's first name for it where this language has none."""
        return self.names.get(language, next(iter(self.names.values())))


class Office(Frozen):
    """What is known of one service; an empty text is a fact nobody knows.

    `sentences` are the organisation's own, by their name and language.
    """

    name: str
    site: str
    phone: str
    email: str
    address: str
    complaints_address: str
    complaints_email: str
    complaints_site: str
    complaints_rules: str
    complaints_receipt: Term | None
    complaints_decision: Term | None
    hours: Hours
    first_answer: Term | None
    silent_after: Term | None
    has_letterbox: bool
    sentences: Mapping[str, Mapping[str, str]]
    queues: tuple[Queue, ...]

    @property
    def queue(self) -> Queue:
        """Name the queue that takes new requests."""
        return self.queues[0]

    def due_at(self, since: datetime, zone: ZoneInfo) -> datetime | None:
        """Say before when who waits since a moment must have an answer; without a term nothing."""
        if self.first_answer is None:
            return None
        return due(self.hours, since, self.first_answer, zone)

    def is_silent(self, since: datetime, now: datetime, zone: ZoneInfo) -> bool:
        """Say whether a colleague has left somebody without an answer for too long."""
        if self.silent_after is None:
            return False
        return due(self.hours, since, self.silent_after, zone) <= now


class Licensing(Frozen):
    """What is asked of mediators each year, before their licence is renewed; 0 is not asked."""

    is_required: bool
    mediations: int
    training_hours: int
    intervisions: int
    remind_days: int


class HelpLine(Frozen):
    """A number somebody may need tonight, and the day it was last compared with its source."""

    key: str
    number: str
    country: str
    checked: date


class Organisation(Frozen):
    """Everything the house may tell people about those who run it."""

    name: str
    exit_address: str
    unfinished_days: int
    reflection_days: int
    closed_years: int
    cards_expire_days: int
    lock_after_minutes: int
    consent_request_days: int
    reopen_days: int
    licensing: Licensing
    notice_repeat_minutes: int
    spare_key: PublicKey | None
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
        table = Table(path.name, "", rows)
        services = table.table("services")
        lines = table.table("lines")
        organisation = cls(
            name=table.text("name", _anything, empty=False),
            exit_address=table.text("exit_address", _is_address, empty=False),
            unfinished_days=table.number_of("days", "unfinished_days"),
            reflection_days=table.number_of("days", "reflection_days"),
            closed_years=table.number_of("years", "closed_years"),
            cards_expire_days=table.number_of("days", "cards_expire_days"),
            lock_after_minutes=table.number_of("minutes", "lock_after_minutes"),
            consent_request_days=table.number_of("days", "consent_request_days"),
            reopen_days=table.number_of("days", "reopen_days"),
            licensing=_licensing(table.table("licences")),
            notice_repeat_minutes=table.number_of("minutes", "notice_repeat_minutes"),
            spare_key=table.public_key("letterbox_spare_key"),
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

    @property
    def letterboxes(self) -> tuple[Queue, ...]:
        """List the queues whose words are put into a letterbox."""
        offices = (office for office in self.services.values() if office.has_letterbox)
        return tuple(queue for office in offices for queue in office.queues)

    def lines_checked_before(self, day: date) -> tuple[HelpLine, ...]:
        """List the help lines whose number nobody has compared since a day."""
        return tuple(line for line in self.lines.values() if line.number and line.checked < day)

    def _one_place_for_each_queue(self, file: str) -> None:
        keys = [queue.key for queue in self.queues]
        for key in keys:
            if keys.count(key) > 1:
                raise BadOrganisation(file, key, "two services have a queue of this name")


def _office(table: Table) -> Office:
    week = table.table("hours")
    queues, sentences = table.table("queues"), table.table("sentences")
    office = Office(
        name=table.text("name", _anything, empty=False),
        site=table.text("site", _is_address),
        phone=table.text("phone", _is_number),
        email=table.text("email", _is_email),
        address=table.text("address", _anything),
        complaints_address=table.text("complaints_address", _anything),
        complaints_email=table.text("complaints_email", _is_email),
        complaints_site=table.text("complaints_site", _is_address),
        complaints_rules=table.text("complaints_rules", _is_address),
        complaints_receipt=_term(table, "complaints_receipt"),
        complaints_decision=_term(table, "complaints_decision"),
        hours=Hours(
            tuple(_spans(week, day) for day in DAYS),
            frozenset(table.day("holidays", each) for each in table.list("holidays")),
        ),
        first_answer=_term(table, "first_answer"),
        silent_after=_term(table, "silent_after"),
        has_letterbox=table.flag("letterbox"),
        sentences={name: _in_languages(sentences.table(name)) for name in SENTENCES},
        queues=tuple(_queue(queues, key) for key in queues.keys()),  # noqa: SIM118 - a table, no dict
    )
    if not office.queues:
        raise table.bad("queues", "names no queue")
    for each in (week, sentences, table):
        each.close()
    return office


def _licensing(table: Table) -> Licensing:
    asked = Licensing(
        is_required=table.flag("required"),
        mediations=table.count("mediations"),
        training_hours=table.count("training_hours"),
        intervisions=table.count("intervisions"),
        remind_days=table.number_of("days", "remind_days"),
    )
    table.close()
    return asked


def _in_languages(table: Table) -> Mapping[str, str]:
    return {language: table.text(language, _anything) for language in table.keys()}  # noqa: SIM118


def _queue(queues: Table, key: str) -> Queue:
    table = queues.table(key)
    names = {each: table.text(each, _anything, empty=False) for each in table.keys()}  # noqa: SIM118
    if not names or not NAME.fullmatch(key):
        raise queues.bad(key, "is not a queue: a key of small letters, a name in each language")
    return Queue(key, names)


def _line(key: str, table: Table) -> HelpLine:
    line = HelpLine(
        key,
        number=table.text("number", _is_number),
        country=table.text("country", lambda text: bool(COUNTRY.fullmatch(text)), empty=False),
        checked=table.day("checked", table.row("checked")),
    )
    table.close()
    return line


def _spans(week: Table, day: str) -> tuple[Span, ...]:
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


def _term(table: Table, key: str) -> Term | None:
    text = table.text(key, lambda text: bool(TERM.fullmatch(text)))
    match = TERM.fullmatch(text)
    return Term(int(match[1]), UNITS[match[2]]) if match else None


def _anything(_text: str) -> bool:
    return True


def _is_address(text: str) -> bool:
    parts = urlsplit(text)
    return parts.scheme == "https" and "." in (parts.hostname or "") and " " not in text


def _is_number(text: str) -> bool:
    return bool(NUMBER.fullmatch(text))


def _is_email(text: str) -> bool:
    return bool(EMAIL.fullmatch(text))
