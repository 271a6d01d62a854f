"""Every row of what must hold names tests that are there, or says what is not shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.assure import Ran, Row, line, rows
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
