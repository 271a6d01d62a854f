"""A self-reflection is resumed where it stopped, stays after a stop, and ends when it must."""

from __future__ import annotations

import pytest

from dialogs.considering import GROUPS, OVERVIEW, asked_at
from dialogs.criteria import CRITERIA, Component
from dialogs.effects import Effect, EndConsent, OfferCopy, OpenReferral, PassOn, WithdrawConsent
from dialogs.events import Chose, Elapsed, Event, Outlived, Said
from dialogs.frozen import replace
from dialogs.reflection import BEFORE
from dialogs.steps import AGE
from dialogs.turn import show, turn
from dialogs.values import Agreement, Answer, Copy, Place, Purpose, Role, Session, Topic

MENU = Place(Topic.WELCOME, "menu")
AGREED = Session(
    OVERVIEW,
    role=Role.MENTORING,
    reference="K7P4-2M9X",
    agreements=(Agreement(Purpose.REFLECTION, "reflection-1"),),
    answers=(Answer("level", "region"), Answer("region", words="Sterrenstof")),
)
DESIGN = replace(AGREED, place=Place(Topic.REFLECTION, Component.DESIGN))


def after(session: Session, *events: Event) -> Session:
    for event in events:
        session = turn(session, event).session
    return session


def press(session: Session, *options: str) -> Session:
    """Press buttons of wherever the conversation stands."""
    for option in options:
        shown = {button.option for button in show(session).buttons}
        assert option in shown, f"{option} is not offered at {session.place}: {shown}"
        session = after(session, Chose(str(session.place), option))
    return session


@pytest.mark.parametrize(
    ("option", "leads"),
    [("go_on", "consent.age"), ("read_more", "info.criteria"), ("not_now", "welcome.menu")],
)
def test_before_it_begins_it_may_also_be_read_about_or_left(option: str, leads: str) -> None:
    first = Session(BEFORE, role=Role.MENTORING)
    assert str(press(first, option).place) == leads


def looked_at(session: Session, component: Component) -> Session:
    """Answer everything about a part by the first option, and skip what is missing."""
    session = session.at(Place(Topic.REFLECTION, component))
    while question := asked_at(session, component):
        option = question.options[0] if question.options else "skip"
        session = press(session, f"{question.step}.{option}")
    return session


def test_it_is_told_what_it_is_before_anything_is_asked() -> None:
    menu = Session(MENU, role=Role.MENTORING)
    assert press(menu, "reflection").place == BEFORE
    asked = press(menu, "reflection", "go_on", "yes")
    assert str(asked.place) == "consent.reflection"
    assert str(press(asked, "yes").place) == "reflection.level"
    assert press(asked, "no").place == MENU
    assert press(asked, "no").answers == ()


def test_nobody_else_is_offered_one() -> None:
    for role in set(Role) - {Role.MENTORING}:
        options = {button.option for button in show(Session(MENU, role=role)).buttons}
        assert "reflection" not in options


def test_it_goes_on_where_it_stopped() -> None:
    begun = press(DESIGN, "aims.fits.yes", "aims.present.written")
    again = press(after(begun, Chose("everywhere.go", "menu")), "reflection", "go_on")
    assert again.place == DESIGN.place
    assert asked_at(again, Component.DESIGN) == GROUPS[Component.DESIGN][2]


def test_every_part_leads_to_the_next_one_and_the_last_to_the_overview() -> None:
    session = looked_at(DESIGN, Component.DESIGN)
    for component in list(Component)[1:]:
        assert press(session, "next").place == Place(Topic.REFLECTION, component)
        session = looked_at(session, component)
    assert "next" not in {button.option for button in show(session).buttons}
    done = press(session, "overview")
    assert "go_on" not in {button.option for button in show(done).buttons}
    told = show(press(done, "report"))
    assert len(told.lines) == len(CRITERIA) + 1


def test_parts_can_be_looked_at_in_any_order() -> None:
    last = press(AGREED, "parts", "others", "others", "evaluation")
    assert str(last.place) == "reflection.evaluation"
    assert press(last, "satisfaction.fits.previous").place == OVERVIEW
    assert press(AGREED, "parts", "others", "others", "others", "design").place == DESIGN.place


def test_a_button_that_is_pressed_twice_answers_one_question() -> None:
    twice = after(DESIGN, *[Chose(str(DESIGN.place), "aims.fits.no")] * 2)
    assert asked_at(twice, Component.DESIGN) == GROUPS[Component.DESIGN][3]
    assert twice.remark == "problem.press_a_button"


def test_the_last_answer_can_be_taken_back() -> None:
    begun = press(DESIGN, "aims.fits.yes", "aims.present.no")
    assert press(begun, "aims.minimum.previous").answers == press(DESIGN, "aims.fits.yes").answers
    done = looked_at(DESIGN, Component.DESIGN)
    assert asked_at(press(done, "previous"), Component.DESIGN) == GROUPS[Component.DESIGN][-1]


def test_another_answer_forgets_what_followed_from_the_first() -> None:
    begun = press(DESIGN, "aims.fits.yes", "aims.present.written")
    changed = press(begun, "aims.minimum.previous", "aims.present.previous", "aims.fits.no")
    assert changed.answer_to("aims.present") is None


def test_a_part_can_be_answered_again_and_the_others_stay() -> None:
    done = looked_at(looked_at(DESIGN, Component.DESIGN), Component.START)
    again = press(done, "again")
    assert asked_at(again, Component.START) == GROUPS[Component.START][0]
    assert asked_at(again, Component.DESIGN) is None


def test_what_it_is_about_can_be_changed() -> None:
    changed = press(AGREED, "level", "level.domain")
    assert changed.answer_to("region") is None
    said = after(changed, Said("Mentoring naar werk"))
    assert said.place == OVERVIEW
    assert said.answer_to("domain") == Answer("domain", words="Mentoring naar werk")


@pytest.mark.parametrize(
    ("event", "remark"),
    [
        (Said("x" * 501), "problem.too_long"),
        (Said("  "), "problem.write_or_skip"),
        (Chose("reflection.start", "own_goals.fits.yes"), "problem.write_or_skip"),
    ],
)
def test_what_is_no_answer_changes_nothing(event: Event, remark: str) -> None:
    start = looked_at(DESIGN, Component.START)
    asked = press(start, "previous")
    answered = after(asked, event)
    assert answered.remark == remark
    assert answered.answers == asked.answers


@pytest.mark.parametrize(
    "place", ["before", "overview", "parts", "design", "strengths", "additions"]
)
def test_words_where_none_are_asked_for_are_no_answer(place: str) -> None:
    here = replace(AGREED, place=Place(Topic.REFLECTION, place))
    assert after(here, Said("Sterrenstof")) == here.remarking("problem.press_a_button")
    done = looked_at(DESIGN, Component.DESIGN)
    assert after(done, Said("Sterrenstof")) == done.remarking("problem.press_a_button")


def test_what_is_missing_is_told_again_where_it_was_written() -> None:
    asked = press(looked_at(DESIGN, Component.START), "previous")
    written = after(asked, Said("Sterrenstof"))
    (line,) = [each for each in show(written).lines if each.words]
    assert line.own
    assert show(replace(written, place=Place(Topic.REFLECTION, "additions"))).lines[1] == line


def test_the_report_is_read_page_by_page() -> None:
    told = press(press(DESIGN, "aims.fits.unknown").at(OVERVIEW), "report")
    pages = [told.place.step]
    while "next" in {button.option for button in show(told).buttons}:
        told = press(told, "next")
        pages.append(told.place.step)
    assert pages == ["strengths", "minimums", "absent", "unsure", "additions"]
    assert press(told, "overview").place == OVERVIEW


def test_a_copy_is_offered_once_there_is_something_to_tell() -> None:
    assert "copy" not in {button.option for button in show(AGREED).buttons}
    begun = press(DESIGN, "aims.fits.unknown").at(OVERVIEW)
    offered = turn(begun, Chose(str(OVERVIEW), "copy"))
    assert offered.effects == (OfferCopy(Copy.REFLECTION, begun.ticket),)
    assert press(offered.session, "back").place == OVERVIEW


def test_a_stop_leaves_a_reflection_as_it_is() -> None:
    stopped = turn(DESIGN, Chose("everywhere.go", "stop"))
    assert stopped.effects == ()
    assert stopped.session.answers == DESIGN.answers
    assert stopped.screen is not None
    assert "welcome.stopped.reflection" in {line.id for line in stopped.screen.lines}


def test_a_draft_that_nobody_came_back_for_leaves_a_reflection() -> None:
    drafting = replace(DESIGN, drafts=(Topic.INTAKE,))
    drafting = drafting.under(Agreement(Purpose.DATA, "data-1"))
    forgotten = turn(drafting, Elapsed())
    assert forgotten.effects == (EndConsent(Purpose.DATA),)
    assert forgotten.session.answers == DESIGN.answers


def test_a_reflection_that_nobody_came_back_for_goes_without_a_word() -> None:
    forgotten = turn(DESIGN, Outlived())
    assert forgotten.effects == (EndConsent(Purpose.REFLECTION),)
    assert forgotten.session.answers == ()
    assert forgotten.session.agreements == ()
    assert forgotten.screen is None


def test_withdrawing_its_consent_erases_a_reflection() -> None:
    rights = after(DESIGN, Chose("everywhere.go", "rights"))
    rights = press(rights, "withdraw")
    withdrawn = turn(rights, Chose("rights.withdraw", "reflection"))
    assert withdrawn.effects == (WithdrawConsent(Purpose.REFLECTION),)
    assert withdrawn.session.answers == ()
    assert press(after(withdrawn.session, Chose("everywhere.go", "menu")), "reflection").place == (
        BEFORE
    )


def test_an_age_is_asked_for_the_consent_that_it_is_asked_for() -> None:
    """Whoever turns from a reflection to a request is asked for the consent of the request."""
    asked = press(Session(MENU, role=Role.MENTORING), "reflection", "go_on")
    home = replace(after(asked, Chose("everywhere.go", "menu")), role=Role.VICTIM)
    home = press(home, "request")
    while home.place != AGE:
        home = press(home, "go_on")
    assert str(press(home, "yes").place) == "consent.data"


def test_nothing_of_a_reflection_goes_to_staff() -> None:
    session, effects = AGREED, list[Effect]()
    for component in Component:
        session = session.at(Place(Topic.REFLECTION, component))
        while question := asked_at(session, component):
            option = question.options[0] if question.options else "skip"
            taken = turn(session, Chose(str(session.place), f"{question.step}.{option}"))
            effects += taken.effects
            session = taken.session
    assert not [each for each in effects if isinstance(each, OpenReferral | PassOn)]
