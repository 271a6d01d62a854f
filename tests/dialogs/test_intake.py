"""Who is asked what in a request, and that nobody too young is asked anything."""

from __future__ import annotations

import pytest

from dialogs.effects import WithdrawConsent
from dialogs.events import Chose, Said
from dialogs.frozen import replace
from dialogs.intake import FORM, QUESTIONS
from dialogs.steps import AGE
from dialogs.turn import show, turn
from dialogs.values import Agreement, Answer, Place, Purpose, Role, Session, Topic
from dialogs.welcome import MAY_REQUEST

DATA = Agreement(Purpose.DATA, "data-3")
CONTACT = Agreement(Purpose.CONTACT, "contact-1")
INVOLVED = (
    *("name", "tongue", "interpreter", "support", "event", "period", "criminal_case", "wish"),
    "form",
)
ASKED_OF: dict[Role, tuple[str, ...]] = {
    Role.VICTIM: INVOLVED,
    Role.OFFENDER: INVOLVED,
    Role.UNDISCLOSED: INVOLVED,
    Role.RELATIVE: ("name", "bond", *INVOLVED[1:]),
    Role.REFERRER: ("permission", "name", "workplace", "client_side", "client_tongue"),
    Role.CLIENT: ("name", "tongue", "support", "matter"),
    Role.MENTORING: ("name", "tongue", "support", "mentoring_part", "guidance"),
}


def drafting(role: Role, *agreements: Agreement) -> Session:
    place = Place(Topic.INTAKE, "begin")
    return Session(place, role=role, agreements=agreements, drafts=(Topic.INTAKE,))


def steps(session: Session) -> tuple[str, ...]:
    return tuple(question.step for question in FORM.asked_of(session))


def test_everybody_may_ask_but_who_only_reads() -> None:
    assert set(ASKED_OF) == MAY_REQUEST == set(Role) - {Role.PROFESSIONAL}


@pytest.mark.parametrize("role", ASKED_OF)
def test_each_role_is_asked_what_is_needed_of_it(role: Role) -> None:
    assert steps(drafting(role, DATA)) == ASKED_OF[role]
    assert steps(drafting(role)) == ()


def test_every_question_is_asked_of_somebody() -> None:
    asked = {step for of_role in ASKED_OF.values() for step in of_role}
    rest = {each.step for each in QUESTIONS if each.group not in {"contact", "safe"}} - asked
    assert rest == {"lawyer", "decision", "unclear"}


def test_who_wants_a_decision_explained_is_asked_which_and_what_is_not_clear() -> None:
    client = replace(drafting(Role.CLIENT, DATA), answers=(Answer("matter", "decision"),))
    assert steps(client)[-3:] == ("matter", "decision", "unclear")


def test_a_referrer_is_reached_at_work_and_not_asked_who_else_is_at_home() -> None:
    by_phone = replace(drafting(Role.REFERRER, DATA, CONTACT), answers=(Answer("way", "phone"),))
    safe = [each.step for each in FORM.asked_of(by_phone) if each.group == "safe"]
    assert safe == ["safe_times", "voicemail"]


def test_a_no_to_being_contacted_takes_an_earlier_yes_back() -> None:
    asked = replace(drafting(Role.VICTIM, DATA, CONTACT), place=Place(Topic.CONSENT, "contact"))
    refused = turn(asked, Chose("consent.contact", "no"))
    assert refused.effects == (WithdrawConsent(Purpose.CONTACT),)
    assert not refused.session.agreed_to(Purpose.CONTACT)
    assert refused.session.remark == "consent.contact.respected"


def test_a_referral_cannot_be_sent_without_the_yes_of_the_client() -> None:
    session = drafting(Role.REFERRER, DATA)
    asked = turn(session, Chose("intake.begin", "go_on")).session
    assert str(asked.place) == "intake.permission"
    assert "skip" not in {button.option for button in show(asked).buttons}
    for event in (Chose("intake.permission", "skip"), Chose("intake.permission", "enough")):
        assert turn(asked, event).session.answers == ()
    hasty = replace(session, place=FORM.review, answers=(Answer("workplace", words="Voorbeeld"),))
    assert turn(hasty, Chose("intake.review", "send")).effects == ()


@pytest.mark.parametrize("role", ASKED_OF)
@pytest.mark.parametrize("option", ["no", "rather_not_say"])
def test_who_is_too_young_or_does_not_say_reads_everything_and_nothing_is_kept(
    role: Role, option: str
) -> None:
    asked = Session(AGE, role=role, reference="K7P4-2M9X")
    young = turn(asked, Chose(str(AGE), option))
    assert young.effects == ()
    assert young.session == Session(Place(Topic.CONSENT, "young"), reference="K7P4-2M9X")
    assert {"information"} == {button.option for button in show(young.session).buttons}
    assert {"urgent", "human"} <= {button.option for button in show(young.session).fixed}
    assert turn(young.session, Said("Ik ben vijftien.")).effects == ()
