"""The walk through the dialog, as far as it is short: once to each place, and on from there."""

from __future__ import annotations

from functools import cache

import pytest

from dialogs import graph
from dialogs.events import Chose
from dialogs.graph import Graph, situation, walked
from dialogs.turn import STEPS
from dialogs.values import Agreement, Handoff, Place, Purpose, Session, Topic

AGREED = tuple(Agreement(purpose, "1") for purpose in Purpose)


def only_places(session: Session) -> tuple[Place]:
    return (session.place,)


@cache
def short() -> Graph:
    return walked(tell_apart=only_places)


def test_a_walk_goes_once_to_each_place_that_it_tells_apart() -> None:
    places = [session.place for session in short().sessions.values()]
    assert len(places) == len(short().places)
    assert short().places <= frozenset(STEPS)
    assert {each.end for each in short().edges} == short().places


def ways(graph: Graph) -> set[tuple[str, str, str]]:
    return {(str(each.start), each.name, str(each.end)) for each in graph.edges}


def test_a_walk_notes_the_words_of_what_it_meets_and_what_leads_where() -> None:
    assert {"welcome.language.ask", "everywhere.stop"} <= short().ids
    assert ("welcome.language", "nl", "welcome.role") in ways(short())


def test_what_is_left_out_leads_nowhere() -> None:
    without = walked(without={Chose("welcome.language", "nl")}, tell_apart=only_places)
    assert ("welcome.language", "nl", "welcome.role") not in ways(without)


def test_the_whole_is_walked_from_where_a_newcomer_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(graph, "walked", short)
    assert graph.whole.__wrapped__() is short()


@pytest.mark.parametrize("place", STEPS, ids=str)
def test_places_are_told_apart_and_what_was_agreed_where_it_makes_a_difference(
    place: Place,
) -> None:
    alone, under = (
        Session(place=place, handoff=Handoff.TALKING, agreements=agreed) for agreed in ((), AGREED)
    )
    assert situation(alone)[0] == situation(under)[0] == place
    if place.topic is Topic.INTAKE:
        assert situation(alone) != situation(under)
