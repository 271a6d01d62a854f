"""While nothing can be kept one may read; whoever wants more is told whom to call, and no more."""

from __future__ import annotations

import pytest

from dialogs.cards import CARDS, Card
from dialogs.events import Attached, Chose, Commanded, Event, Said, Started
from dialogs.graph import whole
from dialogs.handoff import HUMAN
from dialogs.info import SUBJECTS
from dialogs.meanwhile import AWAY, meanwhile
from dialogs.screens import Screen
from dialogs.turn import EVERYWHERE, FIXED, show
from dialogs.urgent import LINES
from dialogs.values import Place, Role, Service, Session, Topic

STRANGER = Session()


def ids(screen: Screen | None) -> list[str]:
    assert screen is not None
    return [line.id for line in screen.lines]


@pytest.mark.parametrize("card", CARDS, ids=lambda card: str(card.place))
def test_every_card_can_be_read_from_its_shelf(card: Card) -> None:
    shelf = str(Place(Topic.INFO, card.shelf))
    told = meanwhile(STRANGER, Chose(shelf, card.name))
    first, title, *_ = ids(told.screen)
    assert (first, title) == ("welcome.away.reading", f"{card.place}.title")
    assert told.session.service in card.services


@pytest.mark.parametrize(
    ("press", "place"),
    [
        (Chose("welcome.menu", "information"), SUBJECTS),
        (Chose(EVERYWHERE, "urgent"), LINES),
        (Chose(EVERYWHERE, "human"), HUMAN),
    ],
)
def test_reading_help_and_a_human_are_found_from_wherever_they_are_pressed(
    press: Chose, place: Place
) -> None:
    told = meanwhile(STRANGER, press)
    assert told.session.place == place
    assert ids(told.screen)[0] == "welcome.away.reading"
    assert ids(told.screen) == ids(show(told.session))


@pytest.mark.parametrize(
    "event",
    [
        Said("Ik wil iets vertellen."),
        Started("victim"),
        Commanded(),
        Attached(),
        Chose("welcome.menu", "request"),
        Chose(EVERYWHERE, "stop"),
        Chose("intake.review", "send"),
        Chose("no.place", "x"),
        Chose(str(CARDS[0].place), "yes"),
    ],
)
def test_all_else_is_told_that_it_is_not_possible_now_and_whom_to_call(event: Event) -> None:
    told = meanwhile(STRANGER, event)
    assert told.session.place == AWAY
    assert "welcome.away.text" in ids(told.screen)
    assert ("welcome.away.undone" in ids(told.screen)) is not isinstance(event, Started)
    assert f"{HUMAN}.phone" in ids(told.screen)


def test_what_is_offered_then_can_be_read() -> None:
    screen = meanwhile(STRANGER, Said("Hallo?")).screen
    assert screen is not None
    assert screen.fixed == FIXED
    assert screen.buttons
    for button in screen.buttons:
        there = meanwhile(STRANGER, Chose(button.place, button.option)).session
        assert there.place.topic is Topic.INFO


@pytest.mark.no_cover
def test_no_button_of_any_screen_asks_keeps_or_promises_anything() -> None:
    pressed = {
        Chose(button.place, button.option)
        for session in whole().sessions.values()
        for button in (*show(session).buttons, *show(session).fixed)
    }
    assert len(pressed) > 300
    for press in pressed:
        told = meanwhile(STRANGER, press)
        assert told.effects == ()
        assert told.screen is not None
        assert not told.screen.takes_words
        assert (told.session.answers, told.session.agreements) == ((), ())


@pytest.mark.parametrize("role", [None, Role.VICTIM, Role.MENTORING])
def test_who_is_known_to_be_of_a_service_is_told_of_that_one(role: Role | None) -> None:
    stranger = Session(role=role)
    told = meanwhile(stranger, Said("Hallo?")).session
    assert told.service is (Service.MENTORING if role is Role.MENTORING else Service.MEDIATION)
