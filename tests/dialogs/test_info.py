"""Information is short to choose from, never out of date, and counts nobody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import product

import pytest

from dialogs import info
from dialogs.cards import CARD, CARDS, CHECKED, TOPICS, Card
from dialogs.effects import CountHelp
from dialogs.events import Chose
from dialogs.frozen import replace
from dialogs.info import MORE, SUBJECTS
from dialogs.screens import Screen
from dialogs.turn import show, turn
from dialogs.values import Place, Role, Service, Session, Topic

READERS = {
    Service.MEDIATION: Role.VICTIM,
    Service.ADMINISTRATION: Role.CLIENT,
    Service.MENTORING: Role.MENTORING,
}
MOST_BUTTONS = 5
LATER = CHECKED + timedelta(days=1)


def reader(service: Service = Service.MEDIATION, place: Place = SUBJECTS) -> Session:
    return Session(place, role=READERS[service])


def options(screen: Screen) -> list[str]:
    return [button.option for button in screen.buttons]


def ids(screen: Screen) -> list[str]:
    return [line.id for line in screen.lines]


def pressed(session: Session, option: str) -> Session:
    return turn(session, Chose(str(session.place), option)).session


@pytest.fixture
def outdated(monkeypatch: pytest.MonkeyPatch) -> Card:
    """A card that nobody checked lately, among others that somebody did."""
    planted = replace(CARD["costs"], checked=CHECKED - timedelta(days=1))
    cards = tuple(planted if card.name == planted.name else card for card in CARDS)
    monkeypatch.setattr(info, "CARDS", cards)
    monkeypatch.setitem(CARD, planted.name, planted)
    return planted


def information(since: bool = False) -> Iterator[Session]:  # noqa: FBT002
    """Every place of information for every service, with all cards or with only what is ours."""
    for service, step in product(Service, info.STEPS):
        place = Place(Topic.INFO, step)
        yield replace(reader(service, place), checked_since=LATER if since else None)


@pytest.mark.parametrize("since", [False, True])
def test_nobody_chooses_among_more_than_five(since: bool) -> None:
    for session in information(since):
        assert len(show(session).buttons) <= MOST_BUTTONS, session.place


def test_every_card_can_be_found_and_offers_two_others() -> None:
    for card, service in product(CARDS, Service):
        if service not in card.services:
            continue
        session = reader(service, card.place)
        offered = options(show(session))[: info.NEIGHBOURS_AT_ONCE]
        assert set(offered) <= set(card.neighbours) - {card.name}, card.name
        assert len(offered) == info.NEIGHBOURS_AT_ONCE, card.name
        shelf = replace(session, place=Place(Topic.INFO, card.shelf))
        assert pressed(shelf, card.name).place == card.place
        assert pressed(session, SUBJECTS.step).place == SUBJECTS


def test_all_shelves_of_a_service_are_on_its_two_pages() -> None:
    first, second = (options(show(reader(place=place))) for place in (SUBJECTS, MORE))
    assert (first.pop(), second.pop()) == (MORE.step, SUBJECTS.step)
    assert (*first, *second) == info.shelves_of(Service.MEDIATION)
    assert MORE.step not in options(show(reader(Service.MENTORING)))
    assert pressed(pressed(reader(), MORE.step), SUBJECTS.step) == reader()


def test_nobody_reads_about_another_service() -> None:
    for session in information():
        offered = {CARD[option] for option in options(show(session)) if option in CARD}
        assert all(session.service in card.services for card in offered), session.place


def test_every_card_is_found_by_what_people_ask() -> None:
    assert set(TOPICS.values()) == set(CARD)


def test_each_side_reads_its_own_words_and_the_same_ways() -> None:
    for card in (card for card in CARDS if card.mirrored):
        harmed, responsible, anyone = (
            show(Session(card.place, role=role)) for role in (Role.VICTIM, Role.OFFENDER, None)
        )
        assert f"{card.place}.harmed" in ids(harmed)
        assert f"{card.place}.responsible" in ids(responsible)
        assert f"{card.place}.anyone" in ids(anyone)
        assert harmed.buttons == responsible.buttons == anyone.buttons


def test_a_card_says_where_it_is_from_and_when_that_was_checked() -> None:
    *_, source = show(reader(place=CARD["court"].place)).lines
    assert source.words == "sbmhalsteren.nl, rechtspraak.nl"
    assert source.day == CHECKED
    assert "info.every.source" not in ids(show(reader(place=CARD["program"].place)))


def test_a_card_that_is_out_of_date_is_offered_nowhere(outdated: Card) -> None:
    for session in information():
        assert outdated.name not in options(show(replace(session, checked_since=CHECKED)))


def test_what_makes_room_for_the_next_is_what_is_out_of_date(outdated: Card) -> None:
    asked = replace(CARD["duration"], neighbours=("steps", outdated.name, "forms"))
    session = replace(reader(), checked_since=CHECKED)
    neighbours = info.Reading(asked).neighbours(session)
    assert [card.name for card in neighbours] == ["steps", "forms"]


def test_who_stands_at_a_card_that_went_out_of_date_is_led_to_the_subjects(outdated: Card) -> None:
    session = replace(reader(place=outdated.place), checked_since=CHECKED)
    screen = show(session)
    assert ids(screen)[0] == "info.every.outdated"
    assert options(screen) == options(show(reader()))
    assert turn(session, Chose(str(SUBJECTS), "safe")).session.place.step == "safe"


def test_a_shelf_without_cards_says_whom_to_ask() -> None:
    shelf = replace(reader(place=Place(Topic.INFO, "about")), checked_since=LATER)
    assert ids(show(shelf)) == ["info.every.nothing_here"]
    assert options(show(shelf)) == ["subjects"]


def test_what_this_program_says_of_itself_does_not_go_out_of_date() -> None:
    chat = replace(reader(place=Place(Topic.INFO, "chat")), checked_since=LATER)
    assert options(show(chat)) == ["privacy", "program", "contact", "subjects"]


@pytest.mark.parametrize(
    ("option", "remark"), [("yes", "info.every.thanks"), ("no", "info.every.ask_a_human")]
)
def test_whether_a_card_helped_is_counted_without_a_person(option: str, remark: str) -> None:
    session = reader(place=CARD["costs"].place)
    after = turn(session, Chose("info.costs", option))
    assert after.effects == (CountHelp("costs", helped=option == "yes"),)
    assert after.session == replace(session, remark=remark)


@pytest.mark.parametrize("place", [SUBJECTS, MORE, Place(Topic.INFO, "safe"), CARD["what"].place])
def test_what_is_not_offered_opens_nothing(place: Place) -> None:
    session = reader(place=place)
    for option in ("court", "office", "back", "next"):
        after = turn(session, Chose(str(place), option))
        assert after.session == replace(session, remark="problem.press_a_button")
        assert after.effects == ()
