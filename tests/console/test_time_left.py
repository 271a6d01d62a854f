"""Time left is counted in open hours and said in words; where no term is promised none is shown."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from bot.console.queue import language_in_words
from bot.console.time_left import Reading, moment_in_words, time_left, waited
from bot.hours import Hours, Span, Term
from bot.house import House
from bot.organisation import Office
from dialogs.frozen import replace
from dialogs.values import Service
from storage.doors import Door
from storage.referrals import Referral, Status

MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
OFFICE_HOURS = Hours((*((Span(9 * 60, 17 * 60),),) * 5, (), ()))
ZONE = ZoneInfo("Europe/Amsterdam")
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def waiting(
    office: Office | None = None,
    since: datetime | None = MONDAY,
    status: Status = Status.WAITING,
) -> Referral:
    due_at = office.due_at(since, ZONE) if office and since else None
    return Referral(
        id=UUID(int=1), person_id=UUID(int=2), reference="K7P4-2M9X", code_name="Merel-17",
        service=Service.MEDIATION, queue="intake", status=status, owner_id=None, owner_name=None,
        language="nl", door=Door.WEB, opened_at=MONDAY, waiting_since=since, due_at=due_at,
        closed_at=None, alarm_at=None, unread=0, way_closed=False, version=1,
    )  # fmt: skip


def named(id: str, **values: object) -> str:
    return " ".join([id.rpartition(".")[2], *(str(value) for value in values.values())])


def reading(now: datetime) -> Reading:
    return Reading(now, ZONE, "nl", named)


@pytest.fixture
def office(house: House) -> Office:
    """A service that answers within an hour, day and night."""
    known = house.organisation.services[Service.MEDIATION]
    return replace(known, first_answer=Term(1, "hour"), hours=Hours())


@pytest.mark.parametrize(
    ("passed", "level", "words"),
    [
        (0 * MINUTE, "fine", "left 60 min"),
        (44 * MINUTE, "fine", "left 16 min"),
        (45 * MINUTE, "soon", "left 15 min"),
        (HOUR - MINUTE / 2, "soon", "left hardly"),
        (HOUR + 11 * MINUTE, "late", "late 11 min"),
        (4 * HOUR, "late", "late 3 uur"),
        (26 * HOUR, "late", "late_since ma 2 mrt 12:00"),
    ],
)
def test_what_is_left_is_said(office: Office, passed: timedelta, level: str, words: str) -> None:
    shown = time_left(waiting(office), office, reading(MONDAY + passed))
    assert (shown.level, shown.words) == (level, words)


def test_the_night_does_not_count(office: Office) -> None:
    open_by_day = replace(office, hours=OFFICE_HOURS)
    evening = datetime(2026, 3, 2, 15, 30, tzinfo=UTC)
    shown = time_left(waiting(open_by_day, evening), open_by_day, reading(evening + 3 * HOUR))
    assert shown.words == "left 30 min"


def test_what_is_a_day_away_has_the_name_of_its_day(office: Office) -> None:
    slow = replace(office, hours=OFFICE_HOURS, first_answer=Term(2, "day"))
    assert time_left(waiting(slow), slow, reading(MONDAY)).words == "before wo 4 mrt 17:00"


def test_where_no_term_is_promised_none_is_counted(office: Office) -> None:
    unpromised, now = replace(office, first_answer=None), reading(MONDAY + 2 * HOUR)
    assert time_left(waiting(unpromised), unpromised, now).words == "no_term"
    assert time_left(waiting(office, None, Status.OWNED), office, now).words == "answered"


@pytest.mark.parametrize("status", [Status.CLOSED, Status.LEFT, Status.WITHDRAWN])
def test_what_is_over_says_how(office: Office, status: Status) -> None:
    assert time_left(waiting(office, None, status), office, reading(MONDAY)).words == status.value


def test_how_long_somebody_has_waited_is_said() -> None:
    assert waited(waiting(), reading(MONDAY + 41 * MINUTE)) == "41 min"
    assert waited(waiting(), reading(MONDAY - HOUR)) == "hardly"
    assert waited(waiting(since=None), reading(MONDAY)) == ""


def test_a_moment_of_today_needs_no_day() -> None:
    assert moment_in_words(MONDAY, reading(MONDAY + HOUR)) == "11:00"
    assert moment_in_words(MONDAY, reading(MONDAY + 24 * HOUR)) == "2 mrt 11:00"


def test_a_language_is_named_for_its_reader() -> None:
    assert language_in_words("en", "nl") == "Engels"
    assert language_in_words("", "nl") == ""
    assert language_in_words("zz", "nl") == "zz"
