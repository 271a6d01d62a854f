"""Numbers about people are told in fives, and a period is whole months."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from bot.console.fives import FEWEST, half_within, in_fives
from bot.console.period import BadPeriod, Period, asked_for

TODAY = date(2026, 3, 17)


def test_fewer_than_five_are_never_told() -> None:
    assert [in_fives(count) for count in range(FEWEST)] == [None] * FEWEST
    assert [in_fives(count) for count in (5, 7, 8, 12, 13, 1346)] == [5, 5, 5, 10, 10, 1345]


def test_no_small_number_can_be_had_by_subtracting() -> None:
    """Of what is told of a total and a part, several rests fit, whichever few the rest is."""
    rests: dict[tuple[int | None, int | None], set[int]] = {}
    for rest, part in product(range(FEWEST), range(40)):
        rests.setdefault((in_fives(part + rest), in_fives(part)), set()).add(rest)
    assert all(len(possible) > 1 for possible in rests.values())


def test_half_of_them_lie_within_the_middle_step() -> None:
    assert half_within({10: 1, 60: 3, 1440: 1}) == 60
    assert half_within({10: 3, 60: 3}) == 10
    assert half_within({60: 4}) is None
    assert half_within({}) is None


def test_without_a_question_it_is_the_last_twelve_months() -> None:
    period = asked_for({}, TODAY)
    assert period == Period(date(2025, 4, 1), date(2026, 3, 1))
    assert len(list(period.months)) == 12


def test_a_day_stands_for_its_month() -> None:
    period = asked_for({"from": "2025-12-31", "to": "2026-02"}, TODAY)
    assert list(period.months) == [date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1)]
    assert period.query == "from=2025-12&to=2026-02"


@pytest.mark.parametrize(
    "query",
    [
        {"from": "2026-13"},
        {"from": "2026-02-30"},
        {"from": "march"},
        {"to": "0001-01"},
        {"to": "9999-99"},
        {"to": "２０２６-01"},
        {"from": "2026-02", "to": "2026-01"},
        {"from": "2010-01", "to": "2026-01"},
    ],
)
def test_what_is_no_period_is_refused(query: dict[str, str]) -> None:
    with pytest.raises(BadPeriod):
        asked_for(query, TODAY)
