"""Who typed words of danger may have a colleague warned: help first, nothing of them goes along."""

from __future__ import annotations

import pytest

from dialogs.effects import (
    AddAnswers,
    LeaveReferral,
    NoteDanger,
    PassOn,
    RecordConsent,
    WarnStaff,
    WithdrawConsent,
)
from dialogs.events import Chose, Danger, Guess, Said, StaffAsked, StaffTook
from dialogs.frozen import replace
from dialogs.rights import withdrawn
from dialogs.turn import show, turn
from dialogs.urgent import AT_ONCE
from dialogs.values import (
    Agreement,
    Answer,
    Handoff,
    Place,
    Purpose,
    Role,
    Service,
    Session,
    Topic,
)
from dialogs.warning import AGREEMENT

MENU = Place(Topic.WELCOME, "menu")
DATA = Agreement(Purpose.DATA, "data-3")
HERE = Session(MENU, role=Role.CLIENT, reference="K7P4-2M9X")
DRAFT = replace(
    HERE,
    place=Place(Topic.INTAKE, "name"),
    role=Role.VICTIM,
    agreements=(DATA,),
    drafts=(Topic.INTAKE,),
)
WORDS = Said("Sterrenstof", guess=Guess(danger=Danger.HARD))
GO_ON = Chose("talk.prepare", "go_on")
WARN = (Chose("urgent.danger", "warn"), Chose("consent.warning", "yes"))
ASKED, RIGHTS = "urgent.danger.ask", "rights.overview"
ANYWHERE = (HERE, DRAFT, Session(Place(Topic.WELCOME, "language")), replace(HERE, role=None))


def after(session: Session, *events: Chose | Said | StaffTook) -> Session:
    for event in events:
        session = turn(session, event).session
    return session


def warned(session: Session) -> Session:
    return after(session, WORDS, *WARN)


def options(session: Session) -> list[str]:
    return [button.option for button in show(session).buttons]


@pytest.mark.parametrize("before", ANYWHERE)
def test_help_comes_first_and_then_it_is_asked_beside_a_no(before: Session) -> None:
    shown = show(after(before, WORDS))
    ids = [line.id for line in shown.lines]
    assert ids[1 : len(AT_ONCE) + 2] == [*(f"urgent.lines.{each}" for each in AT_ONCE), ASKED]
    assert [button.option for button in shown.buttons] == ["warn", "back"]
    asked = after(before, WORDS, WARN[0])
    assert options(asked) == ["yes", "no"]
    assert [line.id for line in show(asked).lines] == [
        "consent.warning.ask",
        "consent.warning.details",
        "urgent.lines.nl_112",
    ]


@pytest.mark.parametrize("before", ANYWHERE)
def test_a_yes_passes_on_that_somebody_is_there_and_nothing_else(before: Session) -> None:
    done = turn(after(before, WORDS, WARN[0]), WARN[1])
    assert done.effects == (
        RecordConsent(Purpose.WARNING, AGREEMENT.version),
        WarnStaff(before.reference, before.service, AGREEMENT),
    )
    assert done.session.handoff is Handoff.WAITING
    assert done.session.agreed_to(Purpose.WARNING)


def test_a_no_warns_nobody_and_changes_nothing_else() -> None:
    for before in (HERE, DRAFT):
        done = turn(after(before, WORDS, WARN[0]), Chose("consent.warning", "no"))
        assert done.effects == ()
        assert done.session.remark == "consent.warning.respected"
        assert done.session.remarking(None) == after(before, Said("Sterrenstof")).remarking(None)


def test_words_are_no_answer_to_the_question() -> None:
    asked = after(HERE, WORDS, WARN[0])
    assert turn(asked, Said("ja")).session.remark == "problem.press_a_button"


def test_a_form_goes_on_where_it_was() -> None:
    there = after(warned(DRAFT), Chose("urgent.warned", "back"))
    calm = after(DRAFT, Said("Sterrenstof"))
    assert (there.place, there.answers, there.drafts) == (calm.place, calm.answers, calm.drafts)


def test_who_did_not_say_who_they_are_comes_to_the_menu_and_need_not_say_it() -> None:
    newcomer = warned(Session(Place(Topic.WELCOME, "role"), reference="K7P4-2M9X"))
    there = after(newcomer, Chose("urgent.warned", "back"))
    assert (there.place, there.role) == (MENU, None)
    assert "conversation" in options(there)
    assert after(there, Chose("everywhere.go", "menu")).place == MENU
    over = replace(there, handoff=Handoff.CLOSED)
    assert str(after(over, Chose("everywhere.go", "menu")).place) == "welcome.role"


def test_who_has_a_request_is_not_asked() -> None:
    talking = replace(HERE, handoff=Handoff.TALKING, colleague="Collega")
    told = turn(talking, WORDS)
    assert options(told.session) == ["back"]
    assert NoteDanger(Danger.HARD) in told.effects
    assert turn(told.session, WARN[0]).session.remark == "problem.press_a_button"


def test_whose_request_was_opened_again_meanwhile_has_it_marked() -> None:
    closed = replace(HERE, handoff=Handoff.CLOSED)
    asked = after(closed, WORDS, WARN[0], StaffTook("Collega"))
    done = turn(asked, WARN[1])
    assert done.effects == (NoteDanger(Danger.HARD),)
    assert str(done.session.place) == "urgent.warned"


def test_a_warning_taken_back_ends_no_older_request_that_staff_opened_again() -> None:
    closed = replace(warned(HERE), handoff=Handoff.CLOSED, is_warning=True)
    talking = after(closed, StaffTook("Collega", is_warning=False))
    assert talking.handoff is Handoff.TALKING
    ended = withdrawn(talking, Purpose.WARNING)
    assert ended.session.handoff is Handoff.TALKING
    assert ended.effects == (WithdrawConsent(Purpose.WARNING),)


def test_a_warning_taken_back_ends_the_warning_that_staff_opened_again() -> None:
    closed = replace(warned(HERE), handoff=Handoff.CLOSED, is_warning=False)
    ended = withdrawn(after(closed, StaffTook("Collega", is_warning=True)), Purpose.WARNING)
    assert not ended.session.is_with_staff


def test_what_is_typed_after_a_yes_goes_to_staff() -> None:
    done = turn(warned(HERE), Said("Sterrenstof"))
    assert done.effects == (PassOn("Sterrenstof"),)
    assert str(done.session.place) == "handoff.conversation"


def test_answers_that_are_sent_after_a_warning_are_laid_with_it() -> None:
    warning = after(warned(DRAFT), StaffTook("Collega"), Chose("urgent.warned", "back"))
    there = after(warning, Chose(str(warning.place), "enough"))
    sent = turn(there, Chose("intake.review", "send"))
    added = AddAnswers(Role.VICTIM, (DATA,), there.answers)
    assert sent.effects == (added,)
    assert sent.session.colleague == "Collega"
    assert not sent.session.answers
    assert not sent.session.is_warning


def test_from_the_conversation_the_way_leads_back_to_the_request_in_the_making() -> None:
    talking = after(warned(DRAFT), Said("Sterrenstof"))
    assert options(talking) == ["resume"]
    resumed = after(talking, Chose("handoff.conversation", "resume"))
    assert str(resumed.place) == "intake.resume"
    assert Answer("name", words="Sterrenstof") in resumed.answers


def test_a_warning_can_be_taken_back_and_then_nobody_is_there() -> None:
    asked = after(warned(HERE), Chose("everywhere.go", "rights"), Chose(RIGHTS, "withdraw"))
    done = turn(asked, Chose("rights.withdraw", "warning"))
    assert done.effects == (WithdrawConsent(Purpose.WARNING),)
    assert done.session.handoff is None
    assert not done.session.agreements
    assert not done.session.is_warning


def test_who_had_a_request_before_their_warning_still_had_it() -> None:
    closed = replace(HERE, handoff=Handoff.CLOSED, agreements=(DATA,), sent=(Purpose.DATA,))
    there = replace(warned(closed), place=Place(Topic.RIGHTS, "withdraw"))
    done = turn(there, Chose("rights.withdraw", "warning")).session
    assert (done.handoff, done.agreements) == (Handoff.CLOSED, (DATA,))


def test_staff_can_ask_for_nothing_after_a_warning_alone() -> None:
    talking = after(warned(HERE), StaffTook("Collega"))
    assert turn(talking, StaffAsked(Purpose.RESEARCH)).session.asked is None


def test_a_request_stays_when_an_earlier_warning_is_taken_back() -> None:
    sent = replace(
        HERE,
        place=Place(Topic.RIGHTS, "withdraw"),
        agreements=(DATA, AGREEMENT),
        handoff=Handoff.WAITING,
    )
    done = turn(sent, Chose("rights.withdraw", "warning"))
    assert done.session.handoff is Handoff.WAITING
    assert done.session.agreements == (DATA,)


def test_an_age_is_still_asked_before_anything_else_is_kept() -> None:
    there = replace(warned(HERE), place=Place(Topic.TALK, "prepare"))
    assert str(after(there, GO_ON).place) == "consent.age"
    known = replace(there, agreements=(DATA, AGREEMENT))
    assert str(after(known, GO_ON).place) == "consent.letter"


def test_who_is_too_young_keeps_the_role_that_their_request_has() -> None:
    asked = replace(warned(HERE), place=Place(Topic.CONSENT, "age"))
    young = after(asked, Chose("consent.age", "no"))
    assert (str(young.place), young.role) == ("consent.young", Role.CLIENT)
    assert young.service is Service.ADMINISTRATION


def test_stopping_ends_it_as_any_request() -> None:
    assert LeaveReferral() in turn(warned(HERE), Chose("everywhere.go", "stop")).effects
