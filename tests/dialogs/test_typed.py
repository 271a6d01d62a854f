"""Words that answer nothing lead to what they ask for; words of danger are answered with help."""

from __future__ import annotations

import pytest

from dialogs.cards import CARD, CHECKED, TOPICS
from dialogs.effects import CountHelp, CountMissed, NoteDanger, PassOn, RaiseAlarm
from dialogs.events import Chose, Danger, Guess, Said
from dialogs.frozen import replace
from dialogs.screens import Screen
from dialogs.turn import show, turn
from dialogs.typed import GUESSES, LISTENING, way_to
from dialogs.urgent import WORRIED
from dialogs.values import Agreement, Handoff, Place, Purpose, Role, Session, Topic

MENU = Place(Topic.WELCOME, "menu")
HERE = Session(MENU, role=Role.VICTIM)
DRAFT = Session(
    Place(Topic.INTAKE, "name"),
    role=Role.VICTIM,
    agreements=(Agreement(Purpose.DATA, "1"),),
    drafts=(Topic.INTAKE,),
)
SENT = Session(
    Place(Topic.HANDOFF, "conversation"),
    role=Role.VICTIM,
    reference="K7P4-2M9X",
    agreements=(Agreement(Purpose.DATA, "1"),),
    handoff=Handoff.TALKING,
    colleague="Collega",
    sent=(Purpose.DATA,),
)
# Who asks, what for, and where that leads.
LEADS = (
    (Role.VICTIM, "costs", "info.costs"),
    (Role.CLIENT, "bewind_court", "info.court"),
    (Role.VICTIM, "my_data", "rights.overview"),
    (Role.VICTIM, "human_contact", "handoff.human"),
    (Role.VICTIM, "change_language", "welcome.language"),
    (Role.VICTIM, "complaint_how", "complaint.begin"),
    (Role.OFFENDER, "apply_offender", "consent.before"),
    (Role.CLIENT, "bewind_conversation_issue", "talk.begin"),
    (Role.MENTORING, "mentoring_self_reflection", "reflection.before"),
    (None, "apply_victim", "welcome.role"),
)


def said(*topics: str, sure: bool = False, danger: Danger | None = None) -> Said:
    return Said("Een paar woorden.", guess=Guess(topics, sure, danger))


def ids(screen: Screen | None) -> list[str]:
    return [] if screen is None else [line.id for line in screen.lines]


def options(screen: Screen) -> list[str]:
    return [button.option for button in screen.buttons]


@pytest.mark.parametrize(("role", "topic", "place"), LEADS)
def test_what_words_clearly_ask_for_is_opened(role: Role | None, topic: str, place: str) -> None:
    after = turn(replace(HERE, role=role), said(topic, sure=True))
    assert str(after.session.place) == place
    assert ids(after.screen)[0] == "info.guesses.sure"
    assert after.effects == ()


@pytest.mark.parametrize(("role", "topic", "place"), LEADS)
def test_what_words_may_ask_for_is_offered_and_opened_by_a_press(
    role: Role | None, topic: str, place: str
) -> None:
    offered = turn(replace(HERE, role=role), said(topic, "location")).session
    assert offered.place == GUESSES
    own = "none" if topic == "human_contact" else topic
    assert own in options(show(offered))
    assert options(show(offered))[-2:] == ["none", "subjects"]
    assert str(turn(offered, Chose(str(GUESSES), topic)).session.place) == place


def test_every_card_is_reached_by_its_topic() -> None:
    for topic, name in TOPICS.items():
        for role in (Role.VICTIM, Role.CLIENT, Role.MENTORING):
            way = way_to(Session(MENU, role=role), topic)
            assert way is None or way.place == CARD[name].place
        assert any(way_to(Session(MENU, role=role), topic) for role in Role), topic


def test_three_ways_are_offered_at_most_and_none_of_them_twice() -> None:
    offered = turn(HERE, said("my_data", "delete_my_data", "costs")).session
    assert offered.guessed == ("my_data", "costs")


def test_a_press_on_what_cannot_be_read_changes_nothing_and_a_human_is_one_press_away() -> None:
    offered = turn(HERE, said("costs")).session
    old = turn(offered, Chose(str(GUESSES), "mentoring_quality")).session
    assert old.remarking(None) == offered
    human = turn(offered, Chose(str(GUESSES), "none")).session
    assert (human.place, human.came_from) == (Place(Topic.HANDOFF, "human"), MENU)
    assert turn(offered, Chose(str(GUESSES), "subjects")).session.place.step == "subjects"


def test_words_at_the_guesses_are_understood_anew() -> None:
    offered = turn(HERE, said("costs")).session
    assert turn(offered, said("duration", sure=True)).session.place.step == "duration"


@pytest.mark.parametrize("topics", [(), ("mentoring_quality",), ("x",)])
def test_what_is_like_nothing_here_is_said_not_to_be_understood(topics: tuple[str, ...]) -> None:
    reading = replace(HERE, place=Place(Topic.INFO, "costs"))
    after = turn(reading, said(*topics, sure=True))
    assert after.session.remarking(None) == reading
    assert ids(after.screen)[0] == "info.guesses.unknown"


def test_who_did_not_say_who_they_are_is_still_asked_that() -> None:
    newcomer = Session(Place(Topic.WELCOME, "role"))
    assert turn(newcomer, said()).session.place == newcomer.place
    assert turn(newcomer, said("costs", sure=True)).session.place.step == "costs"


def test_a_greeting_is_answered() -> None:
    assert ids(turn(HERE, said("greeting", sure=True)).screen)[0] == "info.guesses.hello"
    assert ids(turn(HERE, said("thanks_bye", sure=True)).screen)[0] == "info.guesses.thanks"


def test_a_card_that_nobody_checked_is_not_offered() -> None:
    late = replace(HERE, checked_since=CHECKED.replace(year=CHECKED.year + 1))
    assert ids(turn(late, said("costs", sure=True)).screen)[0] == "info.guesses.unknown"


def test_words_in_a_form_are_the_answer_and_never_a_topic() -> None:
    after = turn(DRAFT, said("costs", sure=True)).session
    assert after.answer_to("name") is not None
    assert after.place.topic is Topic.INTAKE
    assert DRAFT.place not in LISTENING


def test_words_to_staff_go_to_staff_and_are_no_topic() -> None:
    after = turn(SENT, said("costs", sure=True))
    assert after.effects == (PassOn("Een paar woorden."),)
    assert after.session.place == SENT.place


@pytest.mark.parametrize("place", sorted(LISTENING, key=str))
def test_help_stands_below_the_answer_to_words_that_worry(place: Place) -> None:
    after = turn(replace(HERE, place=place), said("costs", sure=True, danger=Danger.SOFT))
    assert tuple(ids(after.screen)[-len(WORRIED) :]) == WORRIED
    assert after.screen == show(after.session)
    later = turn(after.session, Chose("everywhere.go", "menu"))
    assert not set(ids(later.screen)) & {WORRIED[0]}


def test_help_stands_below_the_next_question_of_a_form() -> None:
    after = turn(DRAFT, said(danger=Danger.SOFT))
    assert after.session.answer_to("name") is not None
    assert tuple(ids(after.screen)[-len(WORRIED) :]) == WORRIED
    assert after.effects == ()


def test_words_of_danger_are_answered_with_help_before_all_else() -> None:
    after = turn(DRAFT, said(danger=Danger.HARD))
    assert str(after.session.place) == "urgent.danger"
    assert ids(after.screen)[:3] == [
        "urgent.danger.first",
        "urgent.lines.nl_112",
        "urgent.lines.nl_113",
    ]
    assert options(show(after.session)) == ["warn", "back"]
    assert {"urgent", "human", "stop"} <= {each.option for each in show(after.session).fixed}
    back = turn(after.session, Chose("urgent.danger", "back")).session
    assert back == turn(DRAFT, said()).session


def test_no_information_is_shown_to_who_speaks_of_danger() -> None:
    after = turn(HERE, said("costs", sure=True, danger=Danger.HARD)).session
    assert (str(after.place), after.came_from, after.remark) == ("urgent.danger", MENU, None)


def test_staff_see_what_their_person_was_shown() -> None:
    hard, soft = (turn(SENT, said(danger=danger)) for danger in (Danger.HARD, Danger.SOFT))
    assert hard.effects == (PassOn("Een paar woorden."), NoteDanger(Danger.HARD))
    assert soft.effects == (PassOn("Een paar woorden."), NoteDanger(Danger.SOFT))
    assert "urgent.boundary.seen" in ids(hard.screen)
    assert ids(soft.screen)[-1] == WORRIED[-1]


@pytest.mark.parametrize("danger", Danger)
def test_a_threat_is_answered_as_a_threat_and_when_it_speaks_of_danger_with_help_below(
    danger: Danger,
) -> None:
    event = replace(said("costs", sure=True, danger=danger), threat=True)
    assert str(turn(HERE, event).session.place) == "urgent.boundary"
    known = turn(SENT, event)
    assert known.effects[-2:] == (RaiseAlarm(), NoteDanger(Danger.SOFT))
    assert tuple(ids(known.screen))[-len(WORRIED) :] == WORRIED


def test_whether_a_card_helped_can_still_be_said_of_what_was_guessed() -> None:
    there = turn(HERE, said("costs", sure=True)).session
    assert turn(there, Chose("info.costs", "yes")).effects == (CountHelp("costs", helped=True),)


@pytest.mark.parametrize(
    ("words", "missed"),
    [
        (said(), CountMissed("")),
        (said("mentoring_quality", "greeting"), CountMissed("mentoring_quality")),
        (said("costs", "location"), CountMissed("costs", is_offered=True)),
        (said("greeting", "costs"), CountMissed("costs", is_offered=True)),
        (said("costs", danger=Danger.SOFT), CountMissed("costs", is_offered=True)),
    ],
)
def test_what_is_not_clear_is_counted_by_what_it_is_nearest_to(
    words: Said, missed: CountMissed
) -> None:
    assert turn(HERE, words).effects == (missed,)


def test_that_nothing_offered_was_meant_is_counted_once_and_a_choice_is_not() -> None:
    offered = turn(HERE, said("costs", "location")).session
    refused = turn(offered, Chose(str(GUESSES), "none"))
    assert refused.effects == (CountMissed("costs"),)
    assert turn(refused.session, Chose(str(GUESSES), "none")).effects == ()
    for option in ("location", "subjects"):
        assert turn(offered, Chose(str(GUESSES), option)).effects == ()


@pytest.mark.parametrize(
    "words",
    [
        said("costs", sure=True),
        said("greeting", sure=True),
        said("costs", danger=Danger.HARD),
        replace(said(), threat=True),
    ],
)
def test_what_is_clear_is_not_counted(words: Said) -> None:
    assert not [e for e in turn(HERE, words).effects if isinstance(e, CountMissed)]


def test_an_answer_is_never_counted_as_not_understood() -> None:
    assert turn(DRAFT, said()).effects == ()
