"""Single turns that matter so much that they have a sentence of their own."""

from __future__ import annotations

import pytest

from dialogs.effects import (
    CountNo,
    EndConsent,
    LeaveReferral,
    OpenReferral,
    PassOn,
    RaiseAlarm,
    WithdrawConsent,
)
from dialogs.events import (
    Chose,
    Elapsed,
    Said,
    StaffClosed,
    StaffReleased,
    StaffTook,
    StaffWrote,
    Started,
)
from dialogs.frozen import replace
from dialogs.handoff import LONGEST_MESSAGE, reopened
from dialogs.turn import show, turn
from dialogs.values import Agreement, Answer, Handoff, Place, Purpose, Role, Service, Session, Topic

BOTH = (Agreement(Purpose.DATA, "data-1"), Agreement(Purpose.CONTACT, "contact-1"))
DRAFT = Session(
    Place(Topic.INTAKE, "name"),
    role=Role.VICTIM,
    reference="K7P4-2M9X",
    agreements=BOTH,
    drafts=(Topic.INTAKE,),
    answers=(Answer("way", "phone"), Answer("phone", words="06 12345678")),
)
SENT = replace(
    DRAFT,
    place=Place(Topic.HANDOFF, "conversation"),
    answers=(),
    handoff=Handoff.WAITING,
    drafts=(),
    sent=tuple(Purpose),
)


def test_a_place_that_a_release_took_away_leads_home() -> None:
    lost = replace(DRAFT, place=Place(Topic.INTAKE, "of_last_year"))
    assert show(lost).lines == show(replace(DRAFT, place=Place(Topic.WELCOME, "menu"))).lines


def test_an_answer_to_a_question_that_a_release_took_away_is_not_kept() -> None:
    older = replace(DRAFT, answers=(*DRAFT.answers, Answer("of_last_year", words="Dag.")))
    assert turn(older, Chose("everywhere.go", "urgent")).session.answers == DRAFT.answers


def test_stopping_forgets_what_was_not_sent_and_ends_its_consents() -> None:
    stopped = turn(DRAFT, Chose("everywhere.go", "stop"))
    assert stopped.session.answers == ()
    assert stopped.session.agreements == ()
    assert stopped.effects == (EndConsent(Purpose.DATA), EndConsent(Purpose.CONTACT))


def test_stopping_a_sent_request_tells_staff() -> None:
    assert turn(SENT, Chose("everywhere.go", "stop")).effects == (LeaveReferral(),)


@pytest.mark.parametrize(
    "event",
    [
        StaffTook("Collega"),
        StaffWrote("Collega", "Dag."),
        StaffReleased(),
        StaffClosed("Collega", "Dag."),
    ],
)
def test_who_stopped_hears_nothing_more_from_staff(
    event: StaffTook | StaffWrote | StaffReleased | StaffClosed,
) -> None:
    left = turn(SENT, Chose("everywhere.go", "stop")).session
    after = turn(left, event)
    assert after.screen is None
    assert after.session == left


def test_words_typed_while_reading_go_to_the_colleague() -> None:
    reading = replace(SENT, place=Place(Topic.INFO, "costs"), handoff=Handoff.TALKING)
    after = turn(reading, Said("Dag."))
    assert after.effects == (PassOn("Dag."),)
    assert str(after.session.place) == "handoff.conversation"


CLOSED_NOW = turn(replace(SENT, handoff=Handoff.TALKING), StaffClosed("Collega", "Dag.")).session


def test_words_after_a_closing_go_to_nobody_until_the_conversation_is_open_again() -> None:
    assert not any(isinstance(each, PassOn) for each in turn(CLOSED_NOW, Said("Nog iets.")).effects)
    for colleague in ("Collega", None):
        after = turn(reopened(CLOSED_NOW, "K7P4-2M9X", colleague), Said("Nog iets."))
        assert after.effects == (PassOn("Nog iets."),)
        assert after.session.colleague == colleague
        assert after.screen is not None


def test_a_colleague_opens_again_what_was_closed_unless_somebody_is_at_something_new() -> None:
    again = turn(CLOSED_NOW, StaffTook("Collega"))
    assert (again.session.handoff, str(again.session.place)) == (
        Handoff.TALKING,
        "handoff.conversation",
    )
    assert again.screen is not None
    busy = CLOSED_NOW.drafting(Topic.INTAKE)
    assert turn(busy, StaffTook("Collega")).session == busy


def test_words_to_a_colleague_who_is_there_are_not_answered_by_the_program() -> None:
    talking = turn(SENT, StaffTook("Collega")).session
    assert turn(talking, Said("Dag.")).screen is None


@pytest.mark.parametrize("handoff", [Handoff.WAITING, Handoff.TALKING])
def test_a_threat_to_staff_is_passed_on_with_an_alarm_and_answered_in_one_sentence(
    handoff: Handoff,
) -> None:
    after = turn(replace(SENT, handoff=handoff), Said("Dag.", threat=True))
    assert after.effects == (PassOn("Dag."), RaiseAlarm())
    assert after.screen is not None
    assert {"urgent", "human"} <= {button.option for button in after.screen.fixed}
    assert "urgent.boundary.line" in {line.id for line in after.screen.lines}
    assert "urgent.boundary.seen" in {line.id for line in after.screen.lines}


def test_a_threat_without_a_request_raises_no_alarm_and_keeps_nothing() -> None:
    reading = Session(Place(Topic.INFO, "costs"), role=Role.VICTIM)
    after = turn(reading, Said("Dag.", threat=True))
    assert after.effects == ()
    assert after.session == replace(
        reading, place=Place(Topic.URGENT, "boundary"), came_from=reading.place
    )
    assert "urgent.boundary.seen" not in {line.id for line in show(after.session).lines}


def test_what_sounds_like_a_threat_is_still_an_answer() -> None:
    after = turn(DRAFT, Said("Testpersoon Een", threat=True)).session
    assert after.answer_to("name") == Answer("name", words="Testpersoon Een")
    back = turn(after, Chose("urgent.boundary", "back")).session
    assert back == turn(DRAFT, Said("Testpersoon Een")).session


def test_a_threat_that_is_too_long_is_told_to_be_too_long_as_well() -> None:
    after = turn(SENT, Said("x" * (LONGEST_MESSAGE + 1), threat=True))
    assert after.effects == (RaiseAlarm(),)
    assert after.session.remark == "problem.too_long"


def test_words_that_are_too_long_are_not_passed_on_by_half() -> None:
    after = turn(SENT, Said("x" * (LONGEST_MESSAGE + 1)))
    assert after.effects == ()
    assert after.session.remark == "problem.too_long"


CLOSED = replace(SENT, place=Place(Topic.WELCOME, "menu"), handoff=Handoff.CLOSED)


def second_draft() -> Session:
    asked = replace(CLOSED, place=Place(Topic.CONSENT, "data"))
    return turn(asked, Chose("consent.data", "yes")).session


def test_stopping_a_second_request_leaves_the_first_with_its_consent() -> None:
    stopped = turn(second_draft(), Chose("everywhere.go", "stop"))
    assert stopped.effects == ()
    assert stopped.session.agreed_to(Purpose.DATA)


def test_a_no_to_a_second_request_leaves_the_first_as_it_is() -> None:
    declined = turn(
        replace(CLOSED, place=Place(Topic.CONSENT, "data")), Chose("consent.data", "no")
    )
    assert declined.effects == (CountNo(Service.MEDIATION),)
    assert declined.session.agreed_to(Purpose.DATA)


def test_a_draft_that_nobody_came_back_for_is_forgotten() -> None:
    after = turn(DRAFT, Elapsed())
    assert after.session.answers == ()
    assert after.screen is None
    assert turn(SENT, Elapsed()).session.handoff is Handoff.WAITING


def test_nothing_is_kept_of_who_is_younger_than_16() -> None:
    asked = Session(Place(Topic.CONSENT, "age"), role=Role.VICTIM)
    assert turn(asked, Chose("consent.age", "no")).session.role is None


def test_words_below_a_picture_go_to_staff_and_the_picture_is_answered() -> None:
    after = turn(SENT, Said("Kijk dit.", attached=True))
    assert after.effects == (PassOn("Kijk dit."),)
    assert after.session.remark == "problem.attachment"


def test_words_below_a_picture_are_no_answer_to_a_question() -> None:
    after = turn(DRAFT, Said("Testpersoon Een", attached=True))
    assert after.session.answers == DRAFT.answers
    assert after.session.remark == "problem.attachment"


def test_a_button_that_was_never_offered_does_nothing() -> None:
    after = turn(SENT, Chose("handoff.conversation", "close"))
    assert after.effects == ()
    assert after.session.remark == "problem.press_a_button"


def test_withdrawing_the_contact_consent_drops_the_contact_ways_of_a_draft() -> None:
    rights = turn(DRAFT, Chose("everywhere.go", "rights")).session
    which = turn(rights, Chose("rights.overview", "withdraw")).session
    after = turn(which, Chose("rights.withdraw", "contact"))
    assert after.effects == (WithdrawConsent(Purpose.CONTACT),)
    assert after.session.answers == ()


def test_another_contact_way_drops_the_number_of_the_first() -> None:
    changing = replace(DRAFT, place=Place(Topic.INTAKE, "way"))
    after = turn(changing, Chose("intake.way", "post")).session
    assert {answer.step for answer in after.answers} == {"way"}
    assert str(after.place) == "intake.post"


def test_a_request_cannot_be_sent_before_the_contact_way_is_known() -> None:
    hasty = replace(DRAFT, place=Place(Topic.INTAKE, "review"), answers=())
    after = turn(hasty, Chose("intake.review", "send"))
    assert not any(isinstance(effect, OpenReferral) for effect in after.effects)


def test_a_link_says_what_somebody_came_for_but_changes_no_request() -> None:
    fresh = Session(Place(Topic.WELCOME, "role"))
    assert turn(fresh, Started("offender")).session.role is Role.OFFENDER
    assert turn(DRAFT, Started("offender")).session.role is Role.VICTIM
    assert str(turn(DRAFT, Started("complaint")).session.place) == "complaint.begin"


@pytest.mark.parametrize("words", ["06-123", "bel mij", "06 1234567890123456"])
def test_what_is_no_phone_number_is_asked_again(words: str) -> None:
    after = turn(replace(DRAFT, place=Place(Topic.INTAKE, "phone")), Said(words))
    assert after.session.remark == "intake.phone.problem"


@pytest.mark.parametrize("words", ["naam", "naam@", "@x.example", "a b@x.example", "a@b@c.example"])
def test_what_is_no_email_address_is_asked_again(words: str) -> None:
    by_mail = replace(DRAFT, answers=(Answer("way", "email"),))
    after = turn(replace(by_mail, place=Place(Topic.INTAKE, "email")), Said(words))
    assert after.session.remark == "intake.email.problem"


def test_a_correction_that_is_too_long_is_not_passed_on_by_half() -> None:
    after = turn(SENT.at(Place(Topic.RIGHTS, "correct")), Said("x" * (LONGEST_MESSAGE + 1)))
    assert after.effects == ()
    assert after.session.remark == "problem.too_long"
