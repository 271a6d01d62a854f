"""What is typed is a command or words."""

from __future__ import annotations

import pytest

from bot.commands import NAMES, event_of
from dialogs.effects import OfferCopy
from dialogs.events import Chose, Commanded, Event, Said, Started
from dialogs.graph import Graph, whole
from dialogs.steps import ASIDE
from dialogs.turn import show, turn
from dialogs.values import Copy, Place, Session, Topic

LEADS = {
    "/menu": {"welcome.menu", "welcome.role"},
    "/stop": {"welcome.stopped", "handoff.left"},
    "/help": {"welcome.help"},
    "/language": {"welcome.language"},
    "/human": {"handoff.human"},
    "/privacy": {"rights.privacy"},
    "/mydata": {"copies.ready"},
    "/forget": {"rights.overview"},
}
LEADS_BACK = ("/help", "/human", "/privacy", "/mydata", "/forget")


@pytest.fixture(scope="module")
def graph() -> Graph:
    return whole()


def typed(session: Session, text: str) -> Session:
    return turn(session, event_of(text)).session


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("hallo", Said("hallo")),
        ("  twee\nregels ", Said("  twee\nregels ")),
        ("/", Said("/")),
        ("/ 5", Said("/ 5")),
        ("/🙂", Said("/🙂")),
        ("/start", Started()),
        ("/start victim", Started("victim")),
        ("/START@test_bot victim", Started("victim")),
        ("/start two words", Started()),
        (f"/start {'a' * 64}", Started("a" * 64)),
        (f"/start {'a' * 65}", Started()),
        ("/start <script>", Started()),
        ("/menu", Chose("everywhere.go", "menu")),
        ("/stop", Chose("everywhere.go", "stop")),
        (" /stop now, please", Chose("everywhere.go", "stop")),
        ("/Stop@test_bot", Chose("everywhere.go", "stop")),
        ("/help", Chose("everywhere.go", "help")),
        ("/language", Chose("everywhere.go", "language")),
        ("/human", Chose("everywhere.go", "human")),
        ("/complaint", Chose("everywhere.go", "complaint")),
        ("/privacy", Chose("everywhere.go", "privacy")),
        ("/mydata", Chose("everywhere.go", "copy")),
        ("/forget", Chose("everywhere.go", "rights")),
        ("/settings", Commanded()),
        ("/unstop", Commanded()),
    ],
)
def test_what_is_typed_is_a_command_or_words(text: str, event: Event) -> None:
    assert event_of(text) == event


def test_every_command_that_is_listed_means_something() -> None:
    assert all(event_of(f"/{name}") != Commanded() for name in NAMES)


@pytest.mark.parametrize(("command", "places"), LEADS.items())
@pytest.mark.no_cover
def test_a_command_leads_to_the_same_from_every_place(
    graph: Graph, command: str, places: set[str]
) -> None:
    there = {str(typed(session, command).place) for session in graph.sessions.values()}
    assert there == places


def test_every_command_of_the_menu_is_tried() -> None:
    assert {f"/{name}" for name in NAMES} - LEADS.keys() == {"/start", "/complaint"}


@pytest.mark.parametrize("command", LEADS_BACK)
@pytest.mark.no_cover
def test_from_what_a_command_shows_one_press_leads_back(graph: Graph, command: str) -> None:
    for session in graph.sessions.values():
        # Where a text waits, another copy takes its place.
        if session.place not in ASIDE and session.copy is None:
            there = typed(session, command)
            back = turn(there, Chose(str(there.place), "back")).session
            assert back.place == session.place
            assert back.answers == session.answers


@pytest.mark.no_cover
def test_who_chooses_another_language_is_where_they_were(graph: Graph) -> None:
    for session in graph.sessions.values():
        if session.place not in {*ASIDE, Place(Topic.WELCOME, "language")}:
            chosen = turn(typed(session, "/language"), Chose("welcome.language", "en")).session
            assert (chosen.place, chosen.language) == (session.place, "en")


@pytest.mark.no_cover
def test_help_begins_with_the_place_where_it_was_asked_for(graph: Graph) -> None:
    for session in graph.sessions.values():
        helped = show(typed(session, "/help"))
        assert helped.lines[0].id == f"help.{session.place.topic}"


def test_what_is_kept_can_be_fetched_at_once() -> None:
    asked = turn(Session(ticket="a-ticket"), event_of("/mydata"))
    assert asked.effects == (OfferCopy(Copy.HELD, "a-ticket"),)
