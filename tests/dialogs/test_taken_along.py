"""What a text is made of goes once it was taken along; a complaint becomes a letter that way."""

from __future__ import annotations

import pytest

from dialogs.complaint import BEGIN, OFFICE
from dialogs.drafts import GONE
from dialogs.effects import EndConsent, FileComplaint, OfferCopy
from dialogs.events import (
    Chose,
    Elapsed,
    Event,
    Guess,
    LinkEnded,
    Returned,
    Said,
    StaffClosed,
    Started,
)
from dialogs.filing import FILING, LETTER
from dialogs.frozen import replace
from dialogs.steps import ASIDE, MENU, READY
from dialogs.turn import show, turn
from dialogs.values import (
    Agreement,
    Answer,
    Complaint,
    Copy,
    Handoff,
    Place,
    Purpose,
    Role,
    Service,
    Session,
    Standing,
    Topic,
)
from tests.dialogs.compared import unremarked
from tests.dialogs.complaints import ANSWERS

TO_A_LETTER, TO_THE_CHAT = Agreement(Purpose.LETTER, "1"), Agreement(Purpose.COMPLAINT, "1")
WRITTEN = Session(
    Place(Topic.COMPLAINT, "review"),
    role=Role.VICTIM,
    agreements=(TO_A_LETTER,),
    answers=ANSWERS,
    drafts=(Topic.COMPLAINT,),
    ticket="ticket",
)
POINT = Answer("point", words="Waarom krijg ik minder geld?")
TEXT = replace(
    WRITTEN,
    place=Place(Topic.TALK, "review"),
    role=Role.CLIENT,
    answers=(Answer("listener"), Answer("occasion"), POINT),
    drafts=(Topic.TALK,),
)


def pressed(session: Session, *chosen: str) -> Session:
    for option in chosen:
        session = turn(session, Chose(str(session.place), option)).session
    return session


def options(session: Session) -> list[str]:
    return [button.option for button in show(session).buttons]


READY_LETTER = pressed(WRITTEN, "take_along")
READY_TEXT = pressed(TEXT, "take_along")
BOTH = pytest.mark.parametrize("ready", [READY_LETTER, READY_TEXT], ids=["letter", "text"])


def test_a_letter_asks_the_same_four_questions_and_lets_the_pen_write_the_rest() -> None:
    begin = Session(BEGIN, role=Role.VICTIM)
    asked = pressed(begin, "letter", "go_on", "yes", "yes", "go_on")
    assert [each.purpose for each in asked.agreements] == [Purpose.LETTER]
    asked = turn(asked, Said("Niemand belde terug.")).session
    asked = pressed(asked, "skip", "skip", "skip")
    assert asked.place == WRITTEN.place
    assert turn(asked, Chose("complaint.review", "take_along")).effects == (
        OfferCopy(Copy.COMPLAINT_LETTER, ""),
    )


def test_a_no_to_a_letter_leads_to_the_menu_and_asks_nothing() -> None:
    begin = Session(BEGIN, role=Role.VICTIM)
    declined = pressed(begin, "letter", "go_on", "yes", "no")
    assert declined == replace(begin, place=MENU, remark="consent.letter.respected")


@BOTH
@pytest.mark.parametrize(
    "end", [Chose("copies.ready", "keep"), Chose("copies.ready", "done"), LinkEnded()]
)
def test_whatever_ends_an_offer_ends_its_link(ready: Session, end: Event) -> None:
    after = turn(ready, end).session
    assert (after.copy, after.ticket) == (None, "")


@pytest.mark.parametrize("option", ["keep", "done"])
def test_keeping_and_erasing_cost_the_same(option: str) -> None:
    assert options(READY_LETTER) == ["keep", "done"]
    assert pressed(READY_LETTER, option).place != READY


@BOTH
def test_what_is_kept_is_where_it_was(ready: Session) -> None:
    kept = pressed(ready, "keep")
    assert (kept.answers, kept.drafts, kept.copy) == (ready.answers, ready.drafts, None)
    assert kept.place == Place(ready.drafts[0], "review")
    assert kept.remark == "copies.ready.kept"
    assert "take_along" in options(kept)


@BOTH
@pytest.mark.parametrize(
    "event",
    [
        Chose(str(READY), "done"),
        Chose("everywhere.go", "menu"),
        Chose("everywhere.go", "complaint"),
        Chose("everywhere.go", "copy"),
        Started("victim"),
        Returned(),
    ],
)
def test_answers_go_with_their_consent_when_somebody_goes_on(ready: Session, event: Event) -> None:
    gone = turn(ready, event)
    assert (gone.session.answers, gone.session.drafts, gone.session.agreements) == ((), (), ())
    assert EndConsent(Purpose.LETTER) in gone.effects
    assert gone.session.remark in {GONE, "returning.resumed"}
    back = turn(gone.session, Chose(str(gone.session.place), "back")).session
    assert back.place.step != "review"


@BOTH
@pytest.mark.parametrize("option", ["urgent", "human", "rights", "privacy", "help"])
def test_who_looks_aside_finds_the_link_again(ready: Session, option: str) -> None:
    there = turn(ready, Chose("everywhere.go", option)).session
    assert there.place in ASIDE
    assert unremarked(pressed(there, "back")) == unremarked(ready)


@BOTH
def test_another_language_is_chosen_with_the_link_still_there(ready: Session) -> None:
    there = turn(ready, Chose("everywhere.go", "language")).session
    back = pressed(there, "en")
    assert (back.place, back.language, back.copy) == (READY, "en", ready.copy)
    assert pressed(back, "keep").answers == ready.answers


@BOTH
@pytest.mark.parametrize("event", [Chose(str(READY), "back"), Said("Dag."), Chose("x", "y")])
def test_what_is_not_offered_loses_nothing(ready: Session, event: Event) -> None:
    assert replace(turn(ready, event).session, remark=None) == ready


@BOTH
def test_a_threat_beside_a_link_takes_nothing_away(ready: Session) -> None:
    there = turn(ready, Said("Dag.", threat=True)).session
    assert unremarked(pressed(there, "back")) == unremarked(ready)


@BOTH
@pytest.mark.parametrize("is_sure", [True, False])
@pytest.mark.parametrize("place", ["human", "urgent"])
def test_a_question_that_is_typed_beside_a_link_takes_nothing_away(
    ready: Session, place: str, *, is_sure: bool
) -> None:
    there = turn(ready, Chose("everywhere.go", place)).session
    asked = turn(there, Said("Wat kost het?", guess=Guess(("costs", "duration"), is_sure=is_sure)))
    assert asked.effects == ()
    assert unremarked(pressed(asked.session, "back")) == unremarked(ready)


@BOTH
def test_when_the_link_has_ended_the_answers_go_without_a_word(ready: Session) -> None:
    gone = turn(ready, LinkEnded())
    assert gone.screen is None
    assert gone.session.answers == ()
    assert (gone.session.place, gone.session.remark) == (MENU, GONE)
    assert gone.effects == (EndConsent(Purpose.LETTER),)
    again = turn(gone.session, LinkEnded())
    assert (again.session, again.effects) == (replace(gone.session, remark=None), ())


def test_who_reads_help_lines_when_the_link_ends_stays_there() -> None:
    reading = turn(READY_LETTER, Chose("everywhere.go", "urgent")).session
    gone = turn(reading, LinkEnded()).session
    assert (gone.place, gone.answers) == (reading.place, ())
    assert pressed(gone, "back").place == MENU


@BOTH
def test_what_is_kept_stays_when_the_link_has_ended(ready: Session) -> None:
    kept = pressed(ready, "keep")
    after = turn(kept, LinkEnded())
    assert (after.session.answers, after.effects) == (ready.answers, ())


def test_a_colleague_who_closes_a_request_takes_no_text_away() -> None:
    talking = replace(READY_TEXT, handoff=Handoff.TALKING)
    closed = turn(talking, StaffClosed("Collega", "Dag.")).session
    assert closed.answers == READY_TEXT.answers
    aside = turn(closed, Chose("everywhere.go", "urgent")).session
    assert pressed(aside, "back").answers == READY_TEXT.answers
    assert turn(closed, Chose("everywhere.go", "menu")).session.answers == ()


@pytest.mark.parametrize("event", [Chose("everywhere.go", "stop"), Elapsed()])
def test_a_draft_that_is_forgotten_leaves_no_link(event: Event) -> None:
    gone = turn(READY_LETTER, event).session
    assert (gone.answers, gone.copy) == ((), None)
    aside = turn(gone, Chose("everywhere.go", "urgent")).session
    assert pressed(aside, "back").place == gone.place


def test_withdrawing_the_consent_at_the_link_takes_the_answers() -> None:
    rights = turn(READY_LETTER, Chose("everywhere.go", "rights")).session
    after = pressed(rights, "withdraw", "letter")
    assert (after.answers, after.drafts, after.agreements) == ((), (), ())


def test_an_ended_consent_takes_a_letter_that_another_consent_could_keep() -> None:
    sent = replace(
        WRITTEN,
        place=Place(Topic.RIGHTS, "withdraw"),
        agreements=(TO_A_LETTER, TO_THE_CHAT),
        sent=(Purpose.COMPLAINT,),
        complaint=Complaint(Service.MEDIATION, Standing.DIRECTOR),
    )
    after = pressed(sent, "letter")
    assert (after.answers, after.drafts, after.agreements) == ((), (), (TO_THE_CHAT,))


def test_two_texts_share_a_consent_and_each_goes_by_itself() -> None:
    both = replace(
        READY_LETTER,
        role=Role.CLIENT,
        answers=(*ANSWERS, POINT),
        drafts=(Topic.TALK, Topic.COMPLAINT),
    )
    gone = turn(both, Chose(str(READY), "done"))
    assert gone.effects == ()
    assert gone.session.answers == (POINT,)
    assert gone.session.agreements == (TO_A_LETTER,)


def test_a_letter_can_still_be_sent_here_under_its_own_consent() -> None:
    skipped = replace(WRITTEN, answers=(*ANSWERS[:2], Answer("signed"), ANSWERS[3]))
    asked = pressed(skipped, "send")
    assert asked.place == FILING
    asked = pressed(asked, "go_on", "yes", "go_on")
    # The procedure asks for a name; what a pen could have written is asked after all.
    assert str(asked.place) == "complaint.signed"
    assert "skip" not in options(asked)
    sent = turn(turn(asked, Said("Testpersoon Een")).session, Chose("complaint.review", "send"))
    filed, ended = sent.effects
    assert isinstance(filed, FileComplaint)
    assert ended == EndConsent(Purpose.LETTER)
    assert [each.purpose for each in sent.session.agreements] == [Purpose.COMPLAINT]


def test_a_complaint_can_still_become_a_letter_under_its_own_consent() -> None:
    asked = pressed(replace(WRITTEN, agreements=(TO_THE_CHAT,)), "take_along")
    assert asked.place == LETTER
    assert pressed(asked, "go_on", "yes", "go_on", "take_along").place == READY


@pytest.mark.parametrize(("role", "place"), [(Role.VICTIM, BEGIN), (Role.CLIENT, OFFICE)])
def test_while_a_complaint_is_open_another_can_only_be_a_letter(role: Role, place: Place) -> None:
    asked = replace(WRITTEN, role=role, answers=(*WRITTEN.answers, Answer("sent_back")))
    session = replace(asked, complaint=Complaint(asked.service, Standing.OFFERED))
    assert options(session) == ["take_along", "change"]
    begin = replace(session, place=place, drafts=(), answers=(), agreements=())
    assert "letter" in options(begin)
    assert "filing" not in options(begin)


def test_a_letter_that_was_begun_is_gone_on_with() -> None:
    for role in (Role.VICTIM, Role.CLIENT):
        begin = replace(WRITTEN, place=BEGIN, role=role)
        assert "letter" not in options(begin)
        assert pressed(begin, "resume").place == Place(Topic.COMPLAINT, "resume")
