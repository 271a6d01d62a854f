"""Data for research is of those who agreed, while they do, and never of one alone."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import UTC, datetime
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.house import House
from bot.research import COLUMNS, FEWEST, NOT_SAID, Row, alike, data_file, dictionary_file, row_of
from dialogs.values import Answer, Role
from storage.referrals import Asked
from storage.research import Observed

ZONE = ZoneInfo("Europe/Amsterdam")
ROW: Row = ("2026-Q1", "mediation", "harmed", "answered", "tell", "talk", "years", "dutch")


def other(**columns: str) -> Row:
    return tuple(columns.get(name, value) for name, value in zip(COLUMNS, ROW, strict=True))


def test_what_ten_have_in_common_is_told_and_what_nine_have_is_not() -> None:
    assert alike([ROW] * FEWEST) == [ROW] * FEWEST
    assert alike([ROW] * (FEWEST - 1)) == []


def test_the_least_important_is_left_out_first() -> None:
    found = alike([ROW] * 6 + [other(language="other")] * 6)
    assert found == [other(language=NOT_SAID)] * 12


def test_who_is_alone_is_not_in_it_at_all() -> None:
    assert alike([ROW] * 12 + [other(quarter="2019-Q4", side="responsible")]) == [ROW] * 12


@given(
    some.lists(some.tuples(*(some.sampled_from("ab") for _ in COLUMNS)), min_size=20, max_size=120)
)
def test_whatever_is_handed_out_is_alike_for_ten(rows: list[Row]) -> None:
    handed_out = alike(rows)
    assert all(times >= FEWEST for times in Counter(handed_out).values())
    assert len(handed_out) <= len(rows)


@pytest.mark.parametrize(
    ("status", "outcome", "end"),
    [
        ("waiting", None, "open"),
        ("owned", None, "open"),
        ("left", None, "stopped"),
        ("closed", "begun", "begun"),
        ("closed", None, NOT_SAID),
    ],
)
def test_a_row_is_broad_and_has_no_word_that_was_typed(
    status: str, outcome: str | None, end: str
) -> None:
    answers = (
        Answer("name", words="Testpersoon Een"),
        Answer("wish", option="tell"),
        Answer("form", words="een brief, denk ik"),
        Answer("event", option="violence"),
        Answer("period"),
    )
    # New year's eve in UTC is a new quarter here.
    at = datetime(2025, 12, 31, 23, 30, tzinfo=UTC)
    seen = Observed("mediation", status, outcome, "en", at, Asked(Role.OFFENDER, answers))
    assert row_of(seen, ZONE) == (
        *("2026-Q1", "mediation", "responsible", end),
        *("tell", NOT_SAID, NOT_SAID, "other"),
    )


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
async def test_a_study_id_is_new_each_time(house: House) -> None:
    rows = [ROW] * FEWEST
    first, second = ({line[0] for line in read(data_file(house, rows))[1:]} for _ in range(2))
    assert len(first) == FEWEST
    assert not first & second


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
async def test_every_column_is_explained(house: House) -> None:
    for language in house.wording.desk_languages:
        explained = [line[0] for line in read(dictionary_file(house, language))[1:]]
        assert explained == read(data_file(house, []))[0]


def read(text: str) -> list[list[str]]:
    return list(csv.reader(StringIO(text)))
