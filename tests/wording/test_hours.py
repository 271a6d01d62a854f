"""Opening hours are arithmetic: nothing is lost, gained or promised, in no night of the year."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.hours import Hours, Span, Term, due, is_open, left, next_opening

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NONE = Hours()
OFFICE = (Span(9 * 60, 12 * 60 + 30), Span(13 * 60, 17 * 60))
WEEKDAYS = Hours((OFFICE,) * 5 + ((), ()), frozenset({date(2026, 12, 25)}))
FOUR_HOURS = Term(4, "hour")


def local(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of 2026 in Amsterdam."""
    return datetime(2026, month, day, hour, minute, tzinfo=AMSTERDAM).astimezone(UTC)


@st.composite
def weeks(draw: st.DrawFn) -> Hours:
    """Hours with at least one span that is open in every week."""
    week = []
    for _ in range(7):
        edges = draw(st.lists(st.integers(0, 1440), max_size=6, unique=True).map(sorted))
        pairs = zip(edges[::2], edges[1::2], strict=False)
        week.append(tuple(Span(start, end) for start, end in pairs))
    week[draw(st.integers(0, 5))] = (Span(600, 601 + draw(st.integers(0, 600))),)
    holidays = draw(st.frozensets(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=5))
    return Hours(tuple(week), holidays)


moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
# The two nights in which the clock moves, and what is around them.
nights = st.one_of(
    st.datetimes(datetime(2026, 3, 28), datetime(2026, 3, 30), timezones=st.just(UTC)),  # noqa: DTZ001
    st.datetimes(datetime(2026, 10, 24), datetime(2026, 10, 26), timezones=st.just(UTC)),  # noqa: DTZ001
    moments,
)
terms = st.one_of(
    st.builds(Term, st.integers(1, 3000), st.just("minute")),
    st.builds(Term, st.integers(1, 60), st.just("hour")),
)


@given(weeks(), nights, terms)
def test_what_is_left_at_the_beginning_is_the_whole_term(
    hours: Hours, opened_at: datetime, term: Term
) -> None:
    due_at = due(hours, opened_at, term, AMSTERDAM)
    assert left(hours, opened_at, due_at, AMSTERDAM) == term.length


@given(weeks(), nights, terms)
def test_an_answer_is_due_while_it_is_open(hours: Hours, opened_at: datetime, term: Term) -> None:
    due_at = due(hours, opened_at, term, AMSTERDAM)
    assert due_at >= opened_at + term.length
    assert is_open(hours, due_at - timedelta(microseconds=1), AMSTERDAM)


@given(weeks(), nights)
def test_the_next_opening_opens(hours: Hours, now: datetime) -> None:
    opening = next_opening(hours, now, AMSTERDAM)
    assert opening is not None
    assert opening > now
    assert is_open(hours, opening, AMSTERDAM)


@given(weeks(), nights)
def test_nothing_opens_before_the_next_opening(hours: Hours, now: datetime) -> None:
    opening = next_opening(hours, now, AMSTERDAM)
    assert opening is not None
    if not is_open(hours, now, AMSTERDAM):
        assert left(hours, now, opening, AMSTERDAM) == timedelta()


@given(weeks(), nights, nights, nights)
def test_time_adds_up(hours: Hours, one: datetime, two: datetime, three: datetime) -> None:
    whole = left(hours, one, three, AMSTERDAM)
    assert left(hours, one, two, AMSTERDAM) + left(hours, two, three, AMSTERDAM) == whole


@given(weeks(), nights)
def test_what_is_late_is_below_zero_by_as_much(hours: Hours, now: datetime) -> None:
    due_at = due(hours, now, FOUR_HOURS, AMSTERDAM)
    assert left(hours, due_at, now, AMSTERDAM) == -FOUR_HOURS.length


@given(moments, terms)
def test_without_hours_the_clock_counts(opened_at: datetime, term: Term) -> None:
    due_at = due(NONE, opened_at, term, AMSTERDAM)
    assert due_at == opened_at + term.length
    assert left(NONE, opened_at, due_at, AMSTERDAM) == term.length


@given(moments)
def test_without_hours_nothing_is_promised(now: datetime) -> None:
    assert not is_open(NONE, now, AMSTERDAM)
    assert next_opening(NONE, now, AMSTERDAM) is None


def test_a_night_and_a_weekend_do_not_count() -> None:
    friday, monday = local(11, 20, 16), local(11, 23, 12)
    assert due(WEEKDAYS, friday, FOUR_HOURS, AMSTERDAM) == monday
    assert left(WEEKDAYS, local(11, 23, 11, 39), monday, AMSTERDAM) == timedelta(minutes=21)


def test_a_holiday_does_not_count() -> None:
    assert due(WEEKDAYS, local(12, 24, 16), FOUR_HOURS, AMSTERDAM) == local(12, 28, 12)
    assert next_opening(WEEKDAYS, local(12, 24, 18), AMSTERDAM) == local(12, 28, 9)


def test_the_break_at_noon_does_not_count() -> None:
    assert not is_open(WEEKDAYS, local(11, 23, 12, 45), AMSTERDAM)
    assert due(WEEKDAYS, local(11, 23, 12), Term(1, "hour"), AMSTERDAM) == local(11, 23, 13, 30)


def test_a_term_in_days_ends_when_the_last_of_them_closes() -> None:
    friday, saturday = local(11, 20, 10), local(11, 21, 10)
    assert due(WEEKDAYS, friday, Term(2, "day"), AMSTERDAM) == local(11, 24, 17)
    assert due(WEEKDAYS, saturday, Term(1, "day"), AMSTERDAM) == local(11, 23, 17)
    assert due(NONE, friday, Term(2, "day"), AMSTERDAM) == friday + timedelta(days=2)


def test_the_night_in_which_the_clock_moves_has_its_own_length() -> None:
    always = Hours(((Span(0, 1440),),) * 7)
    day = timedelta(days=1)
    spring, autumn = local(3, 29, 0), local(10, 25, 0)
    assert left(always, spring, local(3, 30, 0), AMSTERDAM) == day - timedelta(hours=1)
    assert left(always, autumn, local(10, 26, 0), AMSTERDAM) == day + timedelta(hours=1)


def test_a_span_that_the_clock_jumps_over_is_not_open() -> None:
    before_dawn = Hours(((Span(2 * 60 + 30, 3 * 60 + 10),),) * 7)
    assert next_opening(before_dawn, local(3, 29, 0), AMSTERDAM) == local(3, 30, 2, 30)
