"""Nothing is promised that no setting and no test makes true."""

from dataclasses import replace

import pytest

from bot.catalogs import Catalog, Text, read_all
from tests.wording.promises import ROOT, faults, promised, promises, register

CATALOGS = read_all(ROOT / "locales", "dialogs.po")


def with_text(id: str, text: str) -> dict[str, Catalog]:
    """Plant a text in the Dutch words."""
    dutch = CATALOGS["nl"]
    return {**CATALOGS, "nl": replace(dutch, texts={**dutch.texts, id: Text((text,), frozenset())})}


def test_every_promise_is_bound_to_what_makes_it_true() -> None:
    assert faults(promises(CATALOGS), register(), CATALOGS) == []


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("U krijgt binnen twee dagen antwoord.", "time"),
        ("Niemand anders ziet dit.", "reader"),
        ("Na een maand is dit gewist.", "kept"),
    ],
)
def test_a_promise_without_a_binding_is_found(text: str, about: str) -> None:
    catalogs = with_text("welcome.new", text)
    found = faults(promises(catalogs), register(), catalogs)
    assert f"welcome.new promises something about {about}" in found


def test_a_question_and_a_label_promise_nothing() -> None:
    assert list(promised("nl", "Wilt u dat ik dit bewaar?")) == []
    assert list(promised("nl", "Stop met bewaren")) == []


def test_a_binding_that_was_left_behind_is_found() -> None:
    bound = {**register(), "welcome.ask": {"kept": ["no promise: nothing is said"]}}
    found = faults(promises(CATALOGS), bound, CATALOGS)
    assert found == ["welcome.ask promises nothing about kept any more"]


@pytest.mark.parametrize(
    "binding",
    [
        "{first_answer}",
        "tests/dialogs/test_walk.py::test_that_nobody_wrote",
        "tests/nowhere.py::test_it",
        "bot/cli/inside.py::run",
        "no promise: ",
        "",
    ],
)
def test_a_binding_that_leads_nowhere_is_found(binding: str) -> None:
    bound = {**register(), "welcome.hello": {"time": [binding]}}
    found = faults(promises(CATALOGS), bound, CATALOGS)
    assert found == [f"welcome.hello is bound to “{binding}”, which is not there"]


def test_a_promise_that_is_bound_to_nothing_is_found() -> None:
    bound = {**register(), "welcome.hello": {"time": []}}
    assert len(faults(promises(CATALOGS), bound, CATALOGS)) == 1
