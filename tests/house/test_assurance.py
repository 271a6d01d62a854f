"""Every row of what must hold names tests that are there, or says what is not shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.assure import RULE, WRITTEN, Ran, Row, line, page, rows
from tests.wording import promises

ROOT = Path(__file__).parents[2]
HELD = Ran("tests/a.py", "test_it", held=True, seconds=0.1, figures=("2 s",))
FAILED = Ran("tests/a.py", "test_that", held=False, seconds=0.1)


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.attack)
def test_a_row_names_tests_that_are_there_or_says_what_is_missing(row: Row) -> None:
    assert row.shown_by or row.open
    for test in row.tests:
        file, _, name = test.partition("::")
        assert name in promises.tests_of(file) if name else promises.tests_of(file), test


def test_a_row_says_how_its_tests_went() -> None:
    row = Row("Fire", "nothing burns", ("tests/a.py",), ("tests/a.py::test_it",))
    shown = "| **1 of 2 failed**: `tests/a.py` | 2 s | 1 held: `tests/a.py` | – |"
    assert line(row, [HELD, FAILED]) == f"| Fire | nothing burns {shown}"


def test_rows_that_ran_by_themselves_leave_the_others_as_they_were() -> None:
    first, second, *_ = rows()
    lines = {each.attack: line(each, [HELD]) for each in (first, second)}
    full = page(f"{WRITTEN}Monday.", lines, "")
    anew = line(second, [FAILED], "by itself on Tuesday")
    after = page(f"{WRITTEN}Tuesday.", {second.attack: anew}, full)
    assert after == full.replace(lines[second.attack], anew)
    assert "by itself on Tuesday" in after
    assert "Monday" in after


def test_a_row_that_is_not_listed_any_more_goes_and_a_new_one_is_put_in_its_place() -> None:
    first, second, third, *_ = rows()
    gone = Row("Fire", "nothing burns", ())
    full = page(
        f"{WRITTEN}Monday.", {each.attack: line(each, []) for each in (first, gone, third)}, ""
    )
    after = page("", {second.attack: line(second, [])}, full)
    assert after.partition(RULE)[2].splitlines() == [
        line(each, []) for each in (first, second, third)
    ]
