"""Every answer of a self-reflection stands in one list at most, and nothing is counted."""

from __future__ import annotations

from itertools import product

import pytest

from dialogs.considering import FITS, FORM, MINIMUM, PRESENT, QUESTIONS
from dialogs.criteria import CRITERIA, STANDARDS, Component, Perspective
from dialogs.findings import Finding, Findings, findings
from dialogs.values import Agreement, Answer, Purpose, Session

FIRST = CRITERIA[0]
EVERYTHING = tuple(product(FITS, (None, *PRESENT), (None, *MINIMUM)))


def read(fits: str, present: str | None, minimum: str | None) -> Findings:
    given = {"fits": fits, "present": present, "minimum": minimum}
    return findings(Answer(f"{FIRST.name}.{kind}", option) for kind, option in given.items())


def found(fits: str, present: str | None, minimum: str | None) -> set[Finding]:
    lists = read(fits, present, minimum).found
    return {finding for finding, criteria in lists.items() if FIRST in criteria}


@pytest.mark.parametrize(("fits", "present", "minimum"), EVERYTHING)
def test_a_criterion_stands_in_one_list_at_most(
    fits: str, present: str | None, minimum: str | None
) -> None:
    assert len(found(fits, present, minimum)) <= 1


@pytest.mark.parametrize(
    ("answers", "finding"),
    [
        (("yes", "written", "yes"), Finding.STRENGTHS),
        (("partly", "unwritten", "no"), Finding.STRENGTHS),
        (("yes", "no", "yes"), Finding.MINIMUMS),
        (("yes", "partly", "yes"), Finding.MINIMUMS),
        (("yes", "no", "no"), Finding.ABSENT),
        (("partly", "partly", "doubt"), Finding.ABSENT),
        (("yes", "no", None), Finding.ABSENT),
        (("unknown", None, None), Finding.UNSURE),
    ],
)
def test_what_is_found_is_what_was_answered(
    answers: tuple[str, str | None, str | None], finding: Finding
) -> None:
    assert found(*answers) == {finding}


def test_what_does_not_fit_is_held_against_nobody() -> None:
    assert all(found("no", present, minimum) == set() for _, present, minimum in EVERYTHING)


def test_what_somebody_missed_is_told_in_their_own_words_and_shows_in_no_repr() -> None:
    told = findings([Answer("start.missing", words="Een rustige plek."), Answer("design.missing")])
    assert told.missed == {Component.START: "Een rustige plek."}
    assert told.tell_something
    assert "rustige" not in repr(told)


def test_nothing_is_told_of_nothing() -> None:
    assert not findings([]).tell_something


def test_every_component_and_every_perspective_has_criteria_with_a_source() -> None:
    assert {each.component for each in CRITERIA} == set(Component)
    assert {each.perspective for each in CRITERIA} == set(Perspective)
    assert {source[0] for each in CRITERIA for source in each.sources} <= set(STANDARDS)
    assert all(each.sources for each in CRITERIA)


def test_the_criteria_stand_in_the_order_of_the_programme() -> None:
    order = list(Component)
    assert [each.component for each in CRITERIA] == sorted(
        (each.component for each in CRITERIA), key=order.index
    )
    assert len({each.name for each in CRITERIA}) == len(CRITERIA)


def test_what_does_not_fit_is_asked_no_further() -> None:
    agreed = Session(agreements=(Agreement(Purpose.REFLECTION, "1"),))
    steps = [each.step for each in FORM.asked_of(agreed)]
    assert f"{FIRST.name}.fits" in steps
    assert f"{FIRST.name}.present" not in steps
    assert len({question.step for question in QUESTIONS}) == len(QUESTIONS)
