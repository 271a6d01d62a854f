"""A good conversation: a text of one's own, and an answer that stays the same."""

from __future__ import annotations

import pytest

from dialogs.effects import EndConsent, OfferCopy, OpenReferral, PassOn
from dialogs.events import Chose
from dialogs.frozen import replace
from dialogs.talk import AGAIN, AGREEMENTS, BEGIN, PASSING, PREPARE, REVIEW
from dialogs.turn import show, turn
from dialogs.values import Agreement, Answer, Copy, Handoff, Place, Purpose, Role, Session, Topic
from dialogs.welcome import ways_from

LETTER, DATA = Agreement(Purpose.LETTER, "letter-2"), Agreement(Purpose.DATA, "data-3")
POINT = Answer("point", words="Waarom krijg ik minder geld?")
HAPPENED = Answer("occasion", words="Wij kregen ruzie.")
CLIENT = Session(BEGIN, role=Role.CLIENT, reference="K7P4-2M9X")
WRITTEN = replace(
    CLIENT,
    place=REVIEW,
    agreements=(LETTER,),
    drafts=(Topic.TALK,),
    answers=(Answer("listener", "administrator"), HAPPENED, POINT),
)


def pressed(session: Session, option: str) -> Session:
    return turn(session, Chose(str(session.place), option)).session


@pytest.mark.parametrize("role", Role)
def test_only_who_has_an_administrator_is_offered_a_good_conversation(role: Role) -> None:
    offered = "talk" in ways_from(Session(role=role))
    assert offered is (role is Role.CLIENT)


def test_the_agreements_are_twelve_and_lead_on() -> None:
    session = pressed(CLIENT, "agreements")
    assert session.place == AGREEMENTS
    assert len(show(session).lines) == 3
    assert pressed(session, "begin") == CLIENT
    assert pressed(session, "prepare").place == PREPARE


def test_a_text_that_was_begun_is_gone_on_with() -> None:
    assert str(pressed(replace(WRITTEN, place=BEGIN), "prepare").place) == "talk.resume"


@pytest.mark.parametrize(
    ("session", "place"),
    [
        (CLIENT, "consent.before_client"),
        (replace(CLIENT, drafts=(Topic.INTAKE,), agreements=(DATA,)), "intake.resume"),
        (replace(CLIENT, handoff=Handoff.WAITING), "handoff.conversation"),
        (replace(CLIENT, handoff=Handoff.CLOSED), "talk.again"),
    ],
)
def test_an_explanation_is_asked_of_the_office(session: Session, place: str) -> None:
    assert str(pressed(session, "explanation").place) == place


def test_the_same_question_has_the_same_answer_and_another_is_heard() -> None:
    again = pressed(CLIENT, "again")
    assert again.place == AGAIN
    assert [line.id for line in show(again).lines] == ["talk.again.same", "talk.again.new"]
    asked_before = replace(CLIENT, handoff=Handoff.CLOSED)
    changed = pressed(pressed(asked_before, "explanation"), "changed")
    assert str(changed.place) == "consent.before_client"


def test_a_text_is_taken_along_without_anybody_reading_it() -> None:
    taken = turn(replace(WRITTEN, ticket="ticket"), Chose(str(REVIEW), "take_along"))
    assert taken.effects == (OfferCopy(Copy.TALK_TEXT, "ticket"),)
    kept = pressed(taken.session, "keep")
    assert (kept.place, kept.answers, kept.agreements) == (REVIEW, WRITTEN.answers, (LETTER,))


def test_a_text_goes_to_the_office_only_under_a_consent_of_its_own() -> None:
    asked = pressed(WRITTEN, "pass_on")
    assert asked.place == PASSING
    assert pressed(asked, "not_now").place == REVIEW
    consent = pressed(asked, "go_on")
    assert str(consent.place) == "consent.data_for_text"
    assert pressed(consent, "no").answers == WRITTEN.answers
    agreed = pressed(consent, "yes")
    assert agreed.place == REVIEW
    sent = turn(agreed, Chose(str(REVIEW), "pass_on"))
    opened, ended = sent.effects
    assert isinstance(opened, OpenReferral)
    assert opened.answers == WRITTEN.answers
    assert opened.agreements == (DATA,)
    assert ended == EndConsent(Purpose.LETTER)
    assert sent.session.answers == ()
    assert sent.session.agreements == (DATA,)
    assert sent.session.handoff is Handoff.WAITING


def test_a_text_goes_into_a_request_that_is_open_word_for_word() -> None:
    waiting = replace(WRITTEN, handoff=Handoff.WAITING, agreements=(LETTER, DATA))
    waiting = replace(waiting, sent=(Purpose.DATA,))
    sent = turn(waiting, Chose(str(REVIEW), "pass_on"))
    said = (PassOn("Wij kregen ruzie."), PassOn("Waarom krijg ik minder geld?"))
    assert sent.effects == (*said, EndConsent(Purpose.LETTER))
    assert sent.session.answers == ()
    assert str(sent.session.place) == "handoff.conversation"


def test_stopping_forgets_the_text_and_ends_its_consent() -> None:
    stopped = turn(replace(WRITTEN, agreements=(LETTER, DATA)), Chose("everywhere.go", "stop"))
    assert stopped.session.answers == ()
    assert stopped.session.agreements == ()
    assert stopped.effects == (EndConsent(Purpose.LETTER), EndConsent(Purpose.DATA))


def test_withdrawing_the_consent_for_a_text_forgets_it_and_leaves_a_request() -> None:
    both = replace(WRITTEN, agreements=(LETTER, DATA), handoff=Handoff.WAITING)
    there = replace(both, place=Place(Topic.RIGHTS, "withdraw"))
    after = pressed(there, "letter")
    assert after.answers == ()
    assert after.drafts == ()
    assert after.agreements == (DATA,)
    assert after.is_with_staff


def test_what_is_not_offered_leads_nowhere() -> None:
    assert pressed(CLIENT, "pass_on") == replace(CLIENT, remark="problem.press_a_button")
