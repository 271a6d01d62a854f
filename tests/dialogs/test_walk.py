"""Every conversation there can be is voluntary; and the walk that proves it can fail."""

from __future__ import annotations

import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from dialogs import consent, turn
from dialogs.events import Chose
from dialogs.graph import walked, whole
from dialogs.intake import CONTACT_STEPS
from dialogs.steps import AGE, Move, Ways
from dialogs.values import Session, Topic
from tests.dialogs.walk import Walk


# Counting lines would take longer than the walk; single turns are counted elsewhere.
@pytest.mark.no_cover
class TestEveryConversation(Walk.TestCase):  # type: ignore[misc,valid-type]
    """Walk through conversations of every kind."""


THOROUGH = settings(
    max_examples=400,
    stateful_step_count=60,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
)


def test_the_walk_notices_when_the_consent_question_is_skipped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    skipped = Ways(consent.BEFORE, ("consent.before.choice",), (("go_on", consent.FIRST_QUESTION),))
    monkeypatch.setitem(turn.STEPS, consent.BEFORE, skipped)
    with pytest.raises(AssertionError, match="without consent"):
        run_state_machine_as_test(Walk, settings=THOROUGH)


def test_the_walk_notices_when_stopping_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    def forgotten(session: Session) -> Move:
        return Move(session)

    monkeypatch.setattr(turn, "stopped", forgotten)
    with pytest.raises(AssertionError, match="no way out"):
        run_state_machine_as_test(Walk, settings=THOROUGH)


@pytest.mark.no_cover
def test_every_place_can_be_reached_and_left() -> None:
    graph = whole()
    assert graph.places == frozenset(turn.STEPS)
    assert {edge.start for edge in graph.edges if edge.end != edge.start} == graph.places


@pytest.mark.no_cover
def test_nothing_of_the_intake_can_be_reached_without_a_yes() -> None:
    for place in (consent.DATA, AGE):
        graph = walked(without=frozenset({Chose(str(place), "yes")}))
        assert not {each for each in graph.places if each.topic is Topic.INTAKE}


@pytest.mark.no_cover
def test_no_contact_way_is_asked_of_somebody_who_said_no_to_contact() -> None:
    graph = walked(without=frozenset({Chose("consent.contact", "yes")}))
    asked = {each.step for each in graph.places if each.topic is Topic.INTAKE}
    assert not asked & CONTACT_STEPS
    assert "review" in asked
