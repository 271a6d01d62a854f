"""A complaint in the chat: offered and never forced, followed step by step, taken back any time."""

from __future__ import annotations

import pytest

from dialogs import procedure
from dialogs.effects import AdvanceComplaint, EndConsent, FileComplaint, WithdrawConsent
from dialogs.events import Chose, ComplaintAdvanced, Said, Started
from dialogs.frozen import replace
from dialogs.letters import OPENING
from dialogs.procedure import OVER, Actor
from dialogs.turn import show, turn
from dialogs.values import (
    Agreement,
    Answer,
    Complaint,
    Handoff,
    Place,
    Purpose,
    Role,
    Service,
    Session,
    Standing,
    Topic,
)
from tests.dialogs.complaints import ANSWERS

BEGIN = Place(Topic.COMPLAINT, "begin")
MENU = Place(Topic.WELCOME, "menu")
AGREED = Agreement(Purpose.COMPLAINT, "complaint-1")
DRAFT = Session(
    Place(Topic.COMPLAINT, "review"),
    role=Role.VICTIM,
    reference="K7P4-2M9X",
    agreements=(AGREED,),
    answers=ANSWERS,
    drafts=(Topic.COMPLAINT,),
)
SENT = turn(DRAFT, Chose("complaint.review", "send")).session
ROLES = {Service.MEDIATION: Role.VICTIM, Service.ADMINISTRATION: Role.CLIENT}
FOLLOWED = [
    (service, standing)
    for service in ROLES
    for standing in Standing
    if any(each.after is standing for each in procedure.ADVANCES[service])
    and standing not in procedure.BEFORE_SENDING
]


def complained(service: Service, standing: Standing) -> Session:
    return replace(SENT, role=ROLES[service], complaint=Complaint(service, standing))


def options(session: Session) -> list[str]:
    return [button.option for button in show(session).buttons]


def said(session: Session) -> list[str]:
    return [line.id for line in show(session).lines]


def pressed(session: Session, *chosen: str) -> Session:
    for option in chosen:
        session = turn(session, Chose(str(session.place), option)).session
    return session


def test_before_a_complaint_is_sent_the_dialog_offers_what_the_procedure_lets_one_do() -> None:
    begin = Session(BEGIN, role=Role.VICTIM)
    offered = set(options(begin)) & set(Standing)
    assert offered == set(procedure.from_here(Service.MEDIATION, Standing.UNEASE, Actor.PERSON))
    talk = pressed(begin, "talk")
    assert set(options(talk)) & set(Standing) == set(
        procedure.from_here(Service.MEDIATION, Standing.TALK, Actor.PERSON)
    )


def test_a_talk_that_helped_leads_to_the_menu_and_keeps_nothing() -> None:
    talked = pressed(Session(BEGIN, role=Role.VICTIM), "talk", "settled")
    assert (talked.place, talked.remark) == (MENU, "complaint.talk.glad")
    assert (talked.complaint, talked.agreements) == (None, ())


def test_a_complaint_needs_a_name_and_a_way_to_answer_and_no_employee() -> None:
    asked = pressed(Session(BEGIN, role=Role.VICTIM), "filing", "go_on", "yes", "yes", "go_on")
    seen = []
    for words in ("Niemand belde terug.", None, "Testpersoon Een", "een@voorbeeld.example"):
        seen.append((asked.place.step, "skip" in options(asked)))
        event = Chose(str(asked.place), "skip") if words is None else Said(words)
        asked = turn(asked, event).session
    assert seen == [
        ("described", False),
        ("employee", True),
        ("signed", False),
        ("reached_at", False),
    ]
    assert asked.place.step == "review"


def test_what_is_sent_is_what_was_written_under_its_own_consent() -> None:
    data = Agreement(Purpose.DATA, "data-1")
    both = replace(DRAFT, agreements=(data, AGREED))
    sent = turn(both, Chose("complaint.review", "send"))
    assert sent.effects == (FileComplaint(Service.MEDIATION, (AGREED,), ANSWERS),)
    assert sent.session.answers == ()
    assert sent.session.complaint == Complaint(Service.MEDIATION, Standing.RECEIVED)
    assert said(sent.session)[0] == "complaint.standing.received"


def test_a_request_and_a_complaint_each_keep_their_consent_when_the_other_is_sent() -> None:
    data = Agreement(Purpose.DATA, "data-1")
    request = replace(
        SENT,
        place=Place(Topic.INTAKE, "review"),
        agreements=(AGREED, data),
        drafts=(Topic.INTAKE,),
        answers=tuple(Answer(each) for each in ("name", "tongue", "interpreter", "support")),
    )
    enough = pressed(replace(request, place=Place(Topic.INTAKE, "event")), "enough")
    sent = pressed(enough, "send")
    assert set(sent.sent) == {Purpose.DATA, Purpose.COMPLAINT}
    assert sent.complaint == SENT.complaint


def test_stopping_a_draft_drops_it_and_ends_its_consent() -> None:
    stopped = turn(DRAFT, Chose("everywhere.go", "stop"))
    assert stopped.effects == (EndConsent(Purpose.COMPLAINT),)
    assert (stopped.session.answers, stopped.session.agreements) == ((), ())


@pytest.mark.parametrize(("service", "standing"), FOLLOWED)
def test_where_it_stands_is_said_and_what_may_be_chosen_is_offered(
    service: Service, standing: Standing
) -> None:
    session = complained(service, standing)
    assert said(session)[0] == f"complaint.standing.{standing}"
    choices = [each for each in options(session) if each in set(Standing)]
    assert choices == list(procedure.from_here(service, standing, Actor.PERSON))
    for option in choices:
        after = turn(session, Chose("complaint.tracking", option))
        assert after.effects == (AdvanceComplaint(standing, Standing(option)),)
        assert after.session.complaint == Complaint(service, Standing(option))


@pytest.mark.parametrize(("service", "standing"), FOLLOWED)
def test_what_the_procedure_does_not_allow_changes_nothing(
    service: Service, standing: Standing
) -> None:
    session = complained(service, standing)
    for option in set(Standing) - set(options(session)):
        after = turn(session, Chose("complaint.tracking", option))
        assert after.effects == ()
        assert after.session.complaint == session.complaint


def test_news_is_a_letter_that_opens_neutrally_and_says_where_it_stands() -> None:
    reading = replace(SENT, place=Place(Topic.INFO, "costs"))
    told = turn(reading, ComplaintAdvanced(Standing.OFFERED, "Wij bellen u elke week."))
    assert told.screen is not None
    assert told.screen.lines[0] == OPENING
    assert [line.id for line in told.screen.lines[1:]] == [
        "complaint.standing.offered",
        "complaint.standing.words",
        "complaint.tracking.see",
    ]
    assert told.session.place == reading.place
    assert told.session.remark == "complaint.tracking.news"
    assert "elke week" not in repr(told)


def test_the_last_words_stay_where_the_complaint_is_followed() -> None:
    told = turn(SENT, ComplaintAdvanced(Standing.OFFERED, "Wij bellen u elke week.")).session
    (words,) = [line.words for line in show(told).lines if line.id == "complaint.standing.words"]
    assert words == "Wij bellen u elke week."


def test_who_stopped_gets_no_letter_and_sees_the_news_when_they_come_back() -> None:
    stopped = turn(SENT, Chose("everywhere.go", "stop")).session
    assert stopped.remark == "welcome.stopped.complaint_goes_on"
    told = turn(stopped, ComplaintAdvanced(Standing.DIRECTOR))
    assert told.screen is None
    back = turn(told.session, Chose("everywhere.go", "complaint")).session
    assert said(pressed(back, "tracking"))[0] == "complaint.standing.director"


def test_where_no_complaint_is_kept_there_is_none_to_follow() -> None:
    nothing = replace(SENT, complaint=None)
    assert said(nothing) == ["complaint.tracking.none"]
    assert turn(nothing, Chose("complaint.tracking", "settled")).effects == ()


def test_withdrawing_the_consent_ends_the_complaint_here_and_no_news_comes_any_more() -> None:
    rights = replace(SENT, place=Place(Topic.RIGHTS, "withdraw"))
    after = turn(rights, Chose("rights.withdraw", "complaint"))
    assert after.effects == (WithdrawConsent(Purpose.COMPLAINT),)
    assert (after.session.complaint, after.session.sent) == (None, ())
    told = turn(after.session, ComplaintAdvanced(Standing.DIRECTOR))
    assert (told.screen, told.session) == (None, after.session)


def test_withdrawing_the_consent_drops_a_draft() -> None:
    rights = replace(DRAFT, place=Place(Topic.RIGHTS, "withdraw"))
    after = turn(rights, Chose("rights.withdraw", "complaint")).session
    assert (after.answers, after.drafts) == ((), ())


def test_one_complaint_is_open_at_a_time_and_another_may_follow() -> None:
    open_one = replace(SENT, place=BEGIN)
    assert "tracking" in options(open_one)
    assert "filing" not in options(open_one)
    for standing in OVER:
        over = replace(open_one, complaint=Complaint(Service.MEDIATION, standing))
        assert {"tracking", "filing"} <= set(options(over))


def test_a_draft_can_be_gone_on_with() -> None:
    begun = pressed(replace(DRAFT, place=BEGIN), "resume")
    assert str(begun.place) == "complaint.resume"
    assert str(pressed(begun, "go_on").place) == "complaint.review"


@pytest.mark.parametrize("role", [None, *Role])
def test_a_link_leads_to_the_complaint_once_we_know_who_came(role: Role | None) -> None:
    came = turn(Session(role=role), Started("complaint")).session
    assert str(came.place) == "welcome.language"
    came = pressed(came, "nl")
    if role is None:
        assert str(came.place) == "welcome.role"
        came = pressed(came, "victim")
    assert (came.place, came.bound_for) == (BEGIN, None)


def test_a_complaint_that_somebody_came_for_is_forgotten_at_the_menu() -> None:
    came = turn(Session(Place(Topic.WELCOME, "role")), Started("complaint")).session
    assert came.bound_for == BEGIN
    after = turn(came, Started("victim")).session
    assert (after.place, after.bound_for) == (MENU, None)


def test_the_age_asked_for_a_complaint_leads_to_no_other_consent() -> None:
    asked = pressed(Session(BEGIN, role=Role.VICTIM), "filing", "go_on")
    assert str(asked.place) == "consent.age"
    menu = turn(asked, Chose("everywhere.go", "menu")).session
    applying = pressed(menu, "request", "go_on", "go_on", "go_on", "go_on", "yes")
    assert str(applying.place) == "consent.data"


def test_a_command_leads_to_the_complaint_from_everywhere_and_drops_nothing() -> None:
    asked = replace(DRAFT, place=Place(Topic.COMPLAINT, "signed"))
    there = turn(asked, Chose("everywhere.go", "complaint")).session
    assert there.place == BEGIN
    assert there.answers == DRAFT.answers


def test_for_mentoring_a_complaint_leads_to_people() -> None:
    assert "handoff.human.site" in said(Session(BEGIN, role=Role.MENTORING))
    assert options(Session(BEGIN, role=Role.MENTORING)) == []


def test_who_is_with_staff_can_talk_in_the_chat() -> None:
    talking = replace(SENT, place=Place(Topic.COMPLAINT, "talk"), handoff=Handoff.TALKING)
    assert "handoff.human.here" in said(talking)
