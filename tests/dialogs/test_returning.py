"""A code is shown until it is confirmed, and leads back only who would lose nothing by it."""

from __future__ import annotations

import pytest

from dialogs.effects import KeepCode, KeepPin, RemovePin
from dialogs.events import Chose, Event, Returned, Said, Started
from dialogs.frozen import replace
from dialogs.returning import (
    BEGIN,
    CODE,
    CONFIRM,
    DIFFERENT,
    ENTER,
    KEPT,
    NOT_FOUND,
    PIN,
    digits_of,
)
from dialogs.turn import show, turn
from dialogs.values import Agreement, Handoff, Place, Purpose, Role, Session, Topic

DIGITS = "1234560612345678"
AT_CODE = Session(CODE, role=Role.VICTIM, reference="K7P4-2M9X", code=DIGITS)
WITH_STAFF = replace(
    AT_CODE, agreements=(Agreement(Purpose.DATA, "data-1"),), handoff=Handoff.WAITING
)


def test_a_code_is_shown_in_groups_of_four() -> None:
    words = [line.words for line in show(AT_CODE).lines if line.words]
    assert words == ["1234 5606 1234 5678"]


@pytest.mark.parametrize("place", [CODE, CONFIRM])
@pytest.mark.parametrize("words", ["5678", " 56 78 ", "1234 5606 1234 5678", DIGITS])
def test_a_code_is_kept_when_its_end_was_typed_and_not_shown_any_more(
    place: Place, words: str
) -> None:
    kept = turn(AT_CODE.at(place), Said(words))
    assert kept.effects == (KeepCode(DIGITS),)
    assert (kept.session.place, kept.session.remark, kept.session.code) == (BEGIN, KEPT, "")


@pytest.mark.parametrize("words", ["678", "1234", "zo", "5678!", "", "5679"])
def test_a_code_is_not_kept_when_something_else_was_typed(words: str) -> None:
    different = turn(AT_CODE.at(CONFIRM), Said(words))
    assert different.effects == ()
    assert (different.session.remark, different.session.code) == (DIFFERENT, DIGITS)


def test_pressing_alone_keeps_no_code() -> None:
    written = turn(AT_CODE, Chose(str(CODE), "written"))
    assert written.session.place == CONFIRM
    assert written.effects == ()
    assert turn(written.session, Chose(str(CONFIRM), "show")).session == AT_CODE


@pytest.mark.parametrize("option", ["menu", "stop"])
def test_a_code_that_was_not_confirmed_is_forgotten(option: str) -> None:
    assert turn(AT_CODE, Chose("everywhere.go", option)).session.code == ""


@pytest.mark.parametrize("option", ["urgent", "human", "rights", "help"])
def test_who_looks_aside_finds_the_same_code_again(option: str) -> None:
    aside = turn(AT_CODE, Chose("everywhere.go", option)).session
    assert turn(aside, Chose(str(aside.place), "back")).session == AT_CODE


def test_digits_typed_below_a_code_never_go_to_staff() -> None:
    for place in (CODE, CONFIRM, PIN):
        assert turn(WITH_STAFF.at(place), Said("0000")).effects == ()


@pytest.mark.parametrize("place", [ENTER, CODE, CONFIRM, PIN])
def test_a_button_that_is_not_offered_changes_nothing(place: Place) -> None:
    there = replace(AT_CODE, place=place)
    after = turn(there, Chose(str(place), "gone"))
    assert after.effects == ()
    assert after.session == there.remarking("problem.press_a_button")


def test_words_that_open_nothing_are_answered_alike() -> None:
    stranger = Session(ENTER)
    answers = {turn(stranger, Said(words)).session for words in (DIGITS, "5678", "Hallo", "")}
    assert answers == {stranger.remarking(NOT_FOUND)}


@pytest.mark.parametrize("kept", [WITH_STAFF, replace(WITH_STAFF, handoff=Handoff.CLOSED)])
def test_no_other_conversation_takes_the_place_of_one_that_holds_something(kept: Session) -> None:
    assert turn(kept, Started("returning")).session.place == BEGIN
    begun = kept.at(BEGIN)
    assert [button.option for button in show(begun).buttons] == ["code", "pin"]
    assert turn(begun, Chose(str(BEGIN), "enter")).session.place == BEGIN


def test_a_link_leads_a_newcomer_straight_to_the_box() -> None:
    arrived = turn(Session(), Started("returning"))
    assert arrived.session.place == ENTER
    assert arrived.screen is not None
    assert arrived.screen.takes_words


@pytest.mark.parametrize(
    ("place", "came_from", "leads_to"),
    [
        (Place(Topic.HANDOFF, "conversation"), None, "handoff.conversation"),
        (Place(Topic.INTAKE, "name"), None, "intake.name"),
        (Place(Topic.HANDOFF, "human"), Place(Topic.INTAKE, "name"), "welcome.menu"),
        (BEGIN, None, "welcome.menu"),
        (CODE, None, "welcome.menu"),
    ],
)
def test_who_comes_back_goes_on_where_they_were(
    place: Place, came_from: Place | None, leads_to: str
) -> None:
    agreed = replace(WITH_STAFF, place=place, came_from=came_from)
    back = turn(agreed, Returned()).session
    assert str(back.place) == leads_to
    assert back.remark == "returning.resumed"


@pytest.mark.parametrize("words", ["2580", "25 80", "13572468", "000001"])
def test_a_pin_is_four_to_eight_digits(words: str) -> None:
    kept = turn(WITH_STAFF.at(PIN), Said(words))
    assert kept.effects == (KeepPin(digits_of(words)),)
    assert (kept.session.place, kept.session.has_pin) == (BEGIN, True)


@pytest.mark.parametrize("words", ["258", "135724680", "0000", "1234", "87654", "zo", "", "7890"])
def test_a_pin_that_anybody_would_try_is_not_taken(words: str) -> None:
    refused = turn(WITH_STAFF.at(PIN), Said(words))
    assert refused.effects == ()
    assert refused.session == WITH_STAFF.at(PIN).remarking("returning.pin.problem")


def test_a_pin_is_removed_by_one_press() -> None:
    with_pin = replace(WITH_STAFF, place=BEGIN, has_pin=True)
    gone = turn(with_pin, Chose(str(BEGIN), "no_pin"))
    assert gone.effects == (RemovePin(),)
    assert not gone.session.has_pin
    assert turn(gone.session, Chose(str(BEGIN), "no_pin")).effects == ()


@pytest.mark.parametrize(
    ("words", "digits"),
    [
        ("1234 5678", "12345678"),
        ("1234-5678.9", "123456789"),
        ("12\u00a034", "1234"),
        ("\u206812-34\u2069", "1234"),
        ("\u0661\u0662\u06f3\u06f4", "1234"),
        ("12a4", ""),
        ("²", ""),
        ("", ""),
    ],
)
def test_digits_are_read_as_people_write_them(words: str, digits: str) -> None:
    assert digits_of(words) == digits


def test_a_code_and_a_pin_show_in_no_repr() -> None:
    event: Event = Said(DIGITS)
    assert "2580" not in repr((KeepPin("2580"), turn(AT_CODE.at(PIN), Said("2580"))))
    assert DIGITS not in repr((AT_CODE, event, KeepCode(DIGITS), turn(AT_CODE, event)))
