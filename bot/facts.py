"""What a wording may tell of the organisation: each fact by its name, in words of one language.

A fact nobody knows is an empty text. Nothing here guesses: where no hours are given there is no
next opening, and where no term is given there is no day by which an answer comes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_timedelta, get_day_names
from babel.lists import format_list

from bot.hours import Hours, Span, Term, is_open, next_opening
from bot.organisation import LINES, SENTENCES, Office, Organisation
from bot.terms import A_YEAR
from dialogs.frozen import Frozen
from dialogs.values import Service

A_DAY = timedelta(days=1)
NEVER_THE_NEXT_UNIT = 10**9

# A text of the catalog by its id, with what stands in it: the small words around times and days.
Say = Callable[..., str]


class Source(Frozen):
    """Where facts come from: a file, a clock and a zone; and the address of our own pages."""

    organisation: Organisation
    zone: ZoneInfo
    now: Callable[[], datetime]
    address: str = ""


class Told(Frozen):
    """All that one fact is made of: its source, the service that is asked about, and a language.

    Where it is not reviewed, nobody has checked the words of that language yet.
    """

    source: Source
    service: Service
    language: str
    say: Say
    is_reviewed: bool = True

    @property
    def office(self) -> Office:
        """Give what is known of the service."""
        return self.source.organisation.services[self.service]


def opening_hours(told: Told) -> str:
    """Word the week, with days that are alike put together; empty when no hours are given."""
    names = get_day_names("wide", context="stand-alone", locale=told.language)
    rows = []
    for spans, days in groupby(range(7), lambda day: _spans(told.office.hours, day)):
        first, *others = days
        if spans:
            row = {"first": names[first], "last": names[others[-1]] if others else ""}
            id = "fact.hours_of_days" if others else "fact.hours_of_day"
            times = format_list([_span(told, span) for span in spans], locale=told.language)
            rows.append(told.say(id, times=times, **row))
    return "; ".join(rows)


def opens(told: Told) -> str:
    """Word the next opening while it is closed; empty while it is open or no hours are given."""
    hours, zone, now = told.office.hours, told.source.zone, told.source.now()
    opening = next_opening(hours, now, zone)
    if opening is None or is_open(hours, now, zone):
        return ""
    local = opening.astimezone(zone)
    time = _clock(told, local.hour * 60 + local.minute)
    match (local.date() - now.astimezone(zone).date()).days:
        case 0:
            return told.say("fact.opens_today", time=time)
        case 1:
            return told.say("fact.opens_tomorrow", time=time)
        case _:
            day = format_date(local, "EEEE d MMMM", locale=told.language)
            return told.say("fact.opens_on_day", day=day, time=time)


def first_answer(told: Told) -> str:
    """Word the term of the first answer; empty when there is none."""
    if told.office.first_answer is None:
        return ""
    length = term_in_words(told.office.first_answer, told.language)
    return told.say("fact.open_time", length=length) if told.office.hours else length


def term_in_words(term: Term, language: str) -> str:
    """Word a term as it was given, such as 48 hours, and never as two days."""
    return format_timedelta(
        term.length, granularity=term.unit, threshold=NEVER_THE_NEXT_UNIT, locale=language
    )


def _term(told: Told, term: Term | None) -> str:
    return "" if term is None else term_in_words(term, told.language)


def _days(days: int, language: str) -> str:
    return format_timedelta(
        days * A_DAY, granularity="day", threshold=NEVER_THE_NEXT_UNIT, locale=language
    )


def _years(years: int, language: str) -> str:
    return format_timedelta(
        years * A_YEAR, granularity="year", threshold=NEVER_THE_NEXT_UNIT, locale=language
    )


def _minutes(minutes: int, language: str) -> str:
    return term_in_words(Term(minutes, "minute"), language)


def _spans(hours: Hours, day: int) -> tuple[Span, ...]:
    return hours.week[day] if hours else ()


def _span(told: Told, span: Span) -> str:
    return told.say("fact.span", start=_clock(told, span.start), end=_clock(told, span.end))


def _clock(told: Told, minutes: int) -> str:
    return told.say("fact.clock", hour=str(minutes // 60), minute=f"{minutes % 60:02}")


def _number(key: str) -> Callable[[Told], str]:
    return lambda told: told.source.organisation.lines[key].number


def _sentence(name: str) -> Callable[[Told], str]:
    """Say what the organisation says itself, or where it does not, something careful."""
    return lambda told: told.office.sentences[name].get(told.language) or told.say(f"fact.{name}")


FACTS: Mapping[str, Callable[[Told], str]] = {
    # Whoever fetches a copy by it needs the ticket that stands behind it.
    "copies": lambda told: told.source.address and f"{told.source.address}/copies/",
    "privacy": lambda told: (
        told.source.address and f"{told.source.address}/privacy/{told.language}/{told.service}"
    ),
    "unreviewed": lambda told: "" if told.is_reviewed else told.say("fact.unreviewed"),
    "organisation": lambda told: told.source.organisation.name,
    "service": lambda told: told.office.name,
    "site": lambda told: told.office.site,
    "phone": lambda told: told.office.phone,
    "email": lambda told: told.office.email,
    "address": lambda told: told.office.address,
    "complaints_address": lambda told: told.office.complaints_address,
    "complaints_email": lambda told: told.office.complaints_email,
    "complaints_site": lambda told: told.office.complaints_site,
    "complaints_rules": lambda told: told.office.complaints_rules,
    "complaints_receipt": lambda told: _term(told, told.office.complaints_receipt),
    "complaints_decision": lambda told: _term(told, told.office.complaints_decision),
    "hours": opening_hours,
    "opens": opens,
    "first_answer": first_answer,
    "lock_after_minutes": lambda told: _minutes(
        told.source.organisation.lock_after_minutes, told.language
    ),
    "unfinished_days": lambda told: _days(told.source.organisation.unfinished_days, told.language),
    "reflection_days": lambda told: _days(told.source.organisation.reflection_days, told.language),
    "closed_years": lambda told: _years(told.source.organisation.closed_years, told.language),
    "consent_request_days": lambda told: _days(
        told.source.organisation.consent_request_days, told.language
    ),
    "reopen_days": lambda told: _days(told.source.organisation.reopen_days, told.language),
    **{name: _sentence(name) for name in SENTENCES},
    **{f"line_{key}": _number(key) for key in LINES},
}
