"""Every safeguard is said in words, on a screen that is really shown, and is written down."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dialogs.safeguards import SAFEGUARDS, SCREENS
from dialogs.steps import before_a_request
from dialogs.turn import show
from dialogs.values import Place, Role, Session, Topic
from tests.dialogs import proofs

TABLE = Path(__file__).parents[2] / "docs" / "safeguards.md"
NUMBER = 20


def rows(table: str) -> dict[str, tuple[str, ...]]:
    """Read the table: which messages tell each safeguard, by its name."""
    cells = re.findall(r"^\| \d+ \| `(\w+)` \|[^|]+\| ([^|]+) \|", table, re.MULTILINE)
    return {name: tuple(re.findall(r"`([\w.]+)`", told)) for name, told in cells}


def test_the_table_says_where_each_safeguard_is_told() -> None:
    table = rows(TABLE.read_text("utf-8"))
    assert len(table) == NUMBER
    assert list(table.items()) == list(SAFEGUARDS.items())


def test_a_table_that_says_something_else_is_found() -> None:
    told = TABLE.read_text("utf-8").replace("`consent.before.choice`", "`consent.before.what`", 1)
    assert rows(told) != SAFEGUARDS


@pytest.mark.parametrize("name", SAFEGUARDS)
def test_each_safeguard_is_on_the_screen_that_is_said_to_tell_it(name: str) -> None:
    for id in SAFEGUARDS[name]:
        topic, step, _ = id.split(".")
        shown = show(Session(Place(Topic(topic), step), role=Role.VICTIM))
        assert id in {line.id for line in shown.lines}


def test_nothing_else_stands_on_these_screens() -> None:
    told = {id for ids in SAFEGUARDS.values() for id in ids}
    assert {f"{place}.{each}" for place, text in SCREENS.items() for each in text} <= told
    assert set(SCREENS) <= set(proofs.told_at())


def test_both_sides_and_those_near_them_are_told_the_same() -> None:
    applying = {Role.VICTIM, Role.OFFENDER, Role.RELATIVE, Role.UNDISCLOSED}
    assert {before_a_request(role) for role in applying} == {next(iter(SCREENS))}
