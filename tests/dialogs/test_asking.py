"""Staff ask for one more consent: yes and no cost one press, and nothing is a no."""

from __future__ import annotations

import pytest

from dialogs.effects import AnswerStaff, PassOn, RecordConsent, WithdrawConsent
from dialogs.events import AskLapsed, Chose, Event, Returned, Said, StaffAsked, StaffClosed
from dialogs.frozen import replace
from dialogs.letters import OPENING
from dialogs.possible import possible
from dialogs.turn import show, turn
from dialogs.values import (
    ASKED_BY_STAFF,
    Agreement,
    Handoff,
    Place,
    Purpose,
    Role,
    Session,
    Topic,
)

CONVERSATION = Place(Topic.HANDOFF, "conversation")
TALKING = Session(
    CONVERSATION,
    role=Role.VICTIM,
    agreements=(Agreement(Purpose.DATA, "data-2"),),
    sent=(Purpose.DATA,),
    handoff=Handoff.TALKING,
    colleague="C",
)
READING = TALKING.at(Place(Topic.INFO, "costs"))
WITH_STAFF = [Handoff.WAITING, Handoff.TALKING]
purposes = pytest.mark.parametrize("purpose", ASKED_BY_STAFF)
anywhere = pytest.mark.parametrize("before", [TALKING, READING])


def asked(before: Session = TALKING, purpose: Purpose = Purpose.OTHER_PARTY) -> Session:
    return turn(before, StaffAsked(purpose)).session


def options(session: Session) -> list[str]:
    return [button.option for button in show(session).buttons]


def test_staff_can_ask_in_a_conversation_and_not_after_a_mere_warning() -> None:
    warned = replace(TALKING, is_warning=True)
    can = [{name for name, _ in possible(session)} for session in (TALKING, READING, warned)]
    assert ["asked" in names for names in can] == [True, False, False]


@anywhere
@purposes
def test_the_question_is_a_letter_with_a_neutral_beginning(
    purpose: Purpose, before: Session
) -> None:
    letter = turn(before, StaffAsked(purpose)).screen
    assert letter is not None
    assert letter.lines[0] == OPENING
    assert letter.lasting
    assert [button.option for button in letter.buttons] == ["yes", "no"]


@purposes
def test_what_a_yes_means_is_said_before_it_can_be_given(purpose: Purpose) -> None:
    said = [line.id for line in show(asked(purpose=purpose)).lines]
    place = f"consent.{purpose}"
    assert said == [f"{place}.ask", f"{place}.details", "consent.every.silence"]


@anywhere
@purposes
def test_a_yes_is_recorded_for_this_purpose_only_and_leads_nowhere_else(
    purpose: Purpose, before: Session
) -> None:
    agreed = turn(asked(before, purpose), Chose(f"consent.{purpose}", "yes"))
    assert agreed.effects == (
        RecordConsent(purpose, f"{purpose}-1"),
        AnswerStaff(purpose, agreed=True),
    )
    assert agreed.session.place == before.place
    given = {each.purpose for each in agreed.session.agreements}
    assert given == {Purpose.DATA, purpose}


@anywhere
@purposes
def test_a_no_costs_as_much_and_changes_nothing(purpose: Purpose, before: Session) -> None:
    declined = turn(asked(before, purpose), Chose(f"consent.{purpose}", "no"))
    assert declined.effects == (AnswerStaff(purpose, agreed=False),)
    assert replace(declined.session, remark=None) == before


def test_a_no_ends_what_was_agreed_to_for_an_earlier_request() -> None:
    before = TALKING.under(Agreement(Purpose.OTHER_PARTY, "other_party-1"))
    declined = turn(asked(before), Chose("consent.other_party", "no"))
    assert declined.effects == (
        WithdrawConsent(Purpose.OTHER_PARTY),
        AnswerStaff(Purpose.OTHER_PARTY, agreed=False),
    )
    assert not declined.session.agreed_to(Purpose.OTHER_PARTY)


def test_silence_ends_the_question_without_a_word_and_without_a_consent() -> None:
    lapsed = turn(asked(), AskLapsed(Purpose.OTHER_PARTY))
    assert lapsed.screen is None
    assert lapsed.effects == ()
    assert lapsed.session == TALKING
    late = turn(lapsed.session, Chose("consent.other_party", "yes"))
    assert late.effects == ()
    assert late.session.remark == "problem.old_button"
    assert not late.session.agreed_to(Purpose.OTHER_PARTY)


def test_another_question_that_lapsed_leaves_this_one() -> None:
    assert turn(asked(), AskLapsed(Purpose.RESEARCH)).session.asked is Purpose.OTHER_PARTY


def test_nobody_is_led_away_from_what_they_are_doing() -> None:
    after = asked(READING)
    assert after.place == READING.place
    assert after.remark == "consent.every.news"
    menu = turn(after, Chose("everywhere.go", "menu")).session
    talking = turn(menu, Chose("welcome.menu", "conversation")).session
    assert "handoff.conversation.asked" in {line.id for line in show(talking).lines}
    there = turn(talking, Chose("handoff.conversation", "question")).session
    assert str(there.place) == "consent.other_party"
    assert turn(there, Chose("consent.other_party", "back")).session == talking


def test_who_asks_something_first_is_heard_and_finds_the_question_again() -> None:
    heard = turn(asked(), Said("Waarom vraagt u dat?"))
    assert heard.effects == (PassOn("Waarom vraagt u dat?"),)
    assert heard.session.place == CONVERSATION
    assert options(heard.session) == ["question"]


@pytest.mark.parametrize("event", [Chose("consent.other_party", "perhaps"), Returned()])
def test_what_is_no_answer_leaves_the_question_open(event: Event) -> None:
    after = turn(asked(), event)
    assert after.effects == ()
    assert after.session.asked is Purpose.OTHER_PARTY


def test_a_newer_question_takes_the_place_of_an_open_one() -> None:
    newer = turn(asked(), StaffAsked(Purpose.RESEARCH)).session
    assert str(newer.place) == "consent.research"
    assert turn(newer, Chose("consent.research", "back")).session.place == CONVERSATION
    assert turn(newer, Chose("consent.other_party", "yes")).effects == ()


@pytest.mark.parametrize("handoff", [each for each in Handoff if each not in WITH_STAFF])
def test_who_has_no_conversation_with_staff_is_asked_nothing(handoff: Handoff) -> None:
    over = replace(READING, handoff=handoff)
    after = turn(over, StaffAsked(Purpose.PARTNER))
    assert (after.session, after.screen) == (over, None)


def test_a_question_ends_with_the_conversation() -> None:
    assert turn(asked(), StaffClosed("C", "Dag.")).session.asked is None
    assert turn(asked(), Chose("everywhere.go", "stop")).session.asked is None


def withdrawing(session: Session) -> Session:
    rights = turn(session, Chose("everywhere.go", "rights")).session
    return turn(rights, Chose("rights.overview", "withdraw")).session


@purposes
def test_it_is_withdrawn_on_its_own(purpose: Purpose) -> None:
    agreed = turn(asked(purpose=purpose), Chose(f"consent.{purpose}", "yes")).session
    after = turn(withdrawing(agreed), Chose("rights.withdraw", purpose))
    assert after.effects == (WithdrawConsent(purpose),)
    assert after.session.agreed_to(Purpose.DATA)
    assert after.session.handoff is Handoff.TALKING
    # What was done already is not erased, and nothing says so.
    assert after.session.remark == "rights.withdraw.from_now_on"


def test_it_ends_with_the_consent_for_data() -> None:
    agreed = turn(asked(), Chose("consent.other_party", "yes")).session
    open_again = asked(agreed, Purpose.PARTNER)
    after = turn(withdrawing(open_again), Chose("rights.withdraw", "data"))
    assert WithdrawConsent(Purpose.OTHER_PARTY) in after.effects
    assert after.session.asked is None


def test_every_consent_can_be_withdrawn_and_nobody_chooses_among_more_than_five() -> None:
    all_of_them = tuple(Agreement(purpose, "1") for purpose in Purpose)
    first = withdrawing(replace(TALKING, agreements=all_of_them))
    rest = turn(first, Chose("rights.withdraw", "other")).session
    own = [[each for each in options(page) if each != "back"] for page in (first, rest)]
    assert max(map(len, own)) <= 5
    assert {*own[0], *own[1]} == {*Purpose, "other"}
    ended = turn(rest, Chose("rights.rest", Purpose.RESEARCH))
    assert ended.effects == (WithdrawConsent(Purpose.RESEARCH),)
    one_less = withdrawing(replace(TALKING, agreements=all_of_them[1:]))
    rest = turn(one_less, Chose("rights.withdraw", "other")).session
    assert turn(rest, Chose("rights.rest", "other")).session == one_less
    assert turn(rest, Chose("rights.rest", "back")).session.place == CONVERSATION
    assert turn(rest, Said("Dag.")).effects == (PassOn("Dag."),)
