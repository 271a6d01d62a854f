"""Nobody of any role is asked before a consent, nor for a consent before they are informed."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from dialogs import consent, considering, reflection, turn
from dialogs.events import Chose, Event, Started
from dialogs.frozen import replace
from dialogs.graph import Graph, ids_on
from dialogs.possible import guessed
from dialogs.rights import WITHDRAWN
from dialogs.safeguards import SCREENS
from dialogs.steps import MENU, Ways
from dialogs.turn import EVERYWHERE, show
from dialogs.values import Role, Session
from tests.dialogs import proofs

Proof = Callable[[Graph], list[str]]

PROOFS: tuple[Proof, ...] = (
    proofs.asked_without_consent,
    proofs.asked_without_information,
    proofs.told_too_late,
    proofs.asked_after_a_withdrawal,
    proofs.no_costs_more,
    proofs.without_a_way_back,
    proofs.too_many_to_choose_from,
)
# Counting lines makes walking four times as slow; single turns are counted elsewhere.
pytestmark = pytest.mark.no_cover


# A planted fault is found on the way of a request; what lies beside it is left out.
BESIDE: tuple[Event, ...] = (
    *(Chose("welcome.menu", each) for each in ("information", "complaint", "more")),
    *(Chose(EVERYWHERE, each) for each in ("urgent", "human", "help", "language", "copy")),
    *(Chose(EVERYWHERE, each) for each in ("complaint", "privacy")),
    Started("complaint"),
    *(event for _, event in guessed(Session(place=MENU, role=Role.VICTIM))),
)


EACH_ROLE = pytest.mark.parametrize("role", Role)


@cache
def walk_of(role: Role) -> Graph:
    return proofs.walk_of(role)


def planted(role: Role) -> Graph:
    """Walk the way of a request, with the fault in it."""
    return proofs.walk_of(role, BESIDE)


@EACH_ROLE
@pytest.mark.parametrize("proof", PROOFS)
def test_the_dialog_is_voluntary_for_every_role(proof: Proof, role: Role) -> None:
    assert proof(walk_of(role)) == []


def test_no_way_depends_on_the_language() -> None:
    """So what is proved of Dutch is true of all.

    It only names a book, stays after erasing, stands first where languages are offered, all of
    them, and says to who changed it who checked its words.
    """
    assert set(proofs.who_reads("language")) == {
        "reflection.show",
        "rights.erased",
        "welcome.answer",
        "welcome.show",
    }


@EACH_ROLE
def test_every_language_shows_the_same_screens(role: Role) -> None:
    for session in walk_of(role).sessions.values():
        assert ids_on(show(replace(session, language="en"))) == ids_on(show(session))


def test_both_sides_walk_the_same_ways_and_read_the_same_subjects() -> None:
    harmed, responsible = walk_of(Role.VICTIM), walk_of(Role.OFFENDER)
    # Each walk leaves out the choice of another role, so that choice is all they differ in.
    assert {each.name for each in responsible.edges ^ harmed.edges} <= set(Role)
    assert {id.replace(".responsible", ".harmed") for id in responsible.ids} == harmed.ids


def test_a_question_before_the_consent_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """A planted fault: somebody who already agreed once is led past the consent."""
    past = Ways(consent.BEFORE, ("consent.before.choice",), (("go_on", consent.FIRST_QUESTION),))
    monkeypatch.setitem(turn.STEPS, consent.BEFORE, past)
    assert proofs.asked_without_consent(planted(Role.VICTIM)) != []


def test_a_reflection_without_a_consent_does_not_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    past = Ways(reflection.BEFORE, ("reflection.before.what",), (("go_on", considering.LEVEL),))
    monkeypatch.setitem(turn.STEPS, reflection.BEFORE, past)
    assert proofs.asked_without_consent(planted(Role.MENTORING)) != []


def test_a_consent_before_the_information_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    uninformed = Ways(MENU, ("welcome.menu.ask",), (("request", consent.DATA),))
    monkeypatch.setitem(turn.STEPS, MENU, uninformed)
    assert proofs.asked_without_information(planted(Role.VICTIM)) != []


def test_a_safeguard_that_can_be_missed_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """A planted fault: one screen can be left out, by who is in a hurry."""
    first, _, missed, last = SCREENS
    hurried = Ways(first, ("consent.before.what",), (("go_on", last),))
    monkeypatch.setitem(turn.STEPS, first, hurried)
    found = proofs.told_too_late(planted(Role.VICTIM))
    for name in proofs.told_at()[missed]:
        assert f"consent.data is reached without {name}, at {missed}" in found


def test_a_question_after_a_withdrawal_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    again = Ways(WITHDRAWN, ("rights.withdrawn.text",), (("again", consent.FIRST_QUESTION),))
    monkeypatch.setitem(turn.STEPS, WITHDRAWN, again)
    assert proofs.asked_after_a_withdrawal(planted(Role.VICTIM)) != []


def test_a_no_that_leads_in_circles_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    sticky = replace(consent.ASKED[0], when_no=consent.YOUNG, when_yes=MENU)
    monkeypatch.setitem(turn.STEPS, consent.DATA, sticky)
    assert proofs.no_costs_more(planted(Role.VICTIM)) != []


def test_a_dead_end_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turn, "FIXED", ())
    assert proofs.without_a_way_back(planted(Role.VICTIM)) != []


def test_a_sixth_button_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    ways = tuple((f"way_{number}", MENU) for number in range(proofs.MOST_BUTTONS + 1))
    monkeypatch.setitem(turn.STEPS, MENU, Ways(MENU, ("welcome.menu.ask",), ways))
    assert proofs.too_many_to_choose_from(planted(Role.VICTIM)) != []


def test_every_proof_has_been_seen_to_fail() -> None:
    seen = {
        name for name, test in globals().items() if name.endswith("_is_found") and callable(test)
    }
    assert len(seen) == len(PROOFS)
