"""A few questions after closing: asked once, easy to leave, and answered of nobody."""

from __future__ import annotations

import pytest

from dialogs.effects import CountAnswer
from dialogs.events import Chose, Event, StaffClosed
from dialogs.frozen import replace
from dialogs.survey import OF_PEOPLE, OF_REFERRERS, SCALES
from dialogs.turn import show, turn
from dialogs.values import Handoff, Place, Role, Service, Session, Topic

TALKING = Session(
    Place(Topic.HANDOFF, "conversation"), role=Role.VICTIM, handoff=Handoff.TALKING, colleague="C"
)


def closed(session: Session = TALKING, *, may_ask: bool = True) -> Session:
    return turn(session, StaffClosed("C", "Dag.", may_ask=may_ask)).session


def asked(session: Session, option: str) -> list[str]:
    """Say yes and answer each question with the option at this number, and list what was asked."""
    session = turn(session, Chose("survey.begin", "go_on")).session
    questions = []
    while session.place.step in SCALES:
        questions.append(session.place.step)
        session = turn(session, Chose(str(session.place), option)).session
    assert str(session.place) == "survey.thanks"
    return questions


def test_the_last_letter_asks_in_one_press_yes_or_no() -> None:
    letter = turn(TALKING, StaffClosed("C", "Dag.", may_ask=True)).screen
    assert letter is not None
    assert [button.option for button in letter.buttons] == ["go_on", "not_now"]


def test_after_an_alarm_nobody_is_asked() -> None:
    assert str(closed(may_ask=False).place) == "handoff.closed"
    letter = turn(TALKING, StaffClosed("C", "Dag.")).screen
    assert letter is not None
    assert letter.buttons == ()


@pytest.mark.parametrize("role", Role)
def test_who_refers_is_asked_something_else(role: Role) -> None:
    expected = OF_REFERRERS if role is Role.REFERRER else OF_PEOPLE
    assert tuple(asked(closed(replace(TALKING, role=role)), "skip")) == expected


def test_every_answer_is_counted_and_stays_nowhere_else() -> None:
    began = turn(closed(), Chose("survey.begin", "go_on")).session
    taken = turn(began, Chose("survey.contact", "good"))
    assert taken.effects == (CountAnswer(Service.MEDIATION, "contact", "good"),)
    assert replace(taken.session, place=began.place) == began


def test_a_question_can_be_skipped_and_counts_nothing() -> None:
    began = turn(closed(), Chose("survey.begin", "go_on")).session
    assert turn(began, Chose("survey.contact", "skip")).effects == ()


@pytest.mark.parametrize(
    "leaving",
    [
        Chose("survey.begin", "not_now"),
        Chose("everywhere.go", "menu"),
        Chose("everywhere.go", "stop"),
    ],
)
def test_who_leaves_is_not_asked_again(leaving: Event) -> None:
    gone = turn(closed(), leaving).session
    again = turn(gone, Chose("survey.begin", "go_on")).session
    assert again.remark == "problem.old_button"
    assert "survey" not in {button.place.split(".")[0] for button in show(gone).buttons}
