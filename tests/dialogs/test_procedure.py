"""The procedure of a complaint is the published one of its service, and every way of it ends."""

from __future__ import annotations

from itertools import product

import networkx as nx
import pytest

from dialogs.procedure import (
    ADVANCES,
    BEFORE_SENDING,
    BINDING,
    OUTCOMES,
    OVER,
    Actor,
    by_the_house,
    from_here,
    is_over,
    takes_complaints,
    whose_turn,
)
from dialogs.values import Service, Standing

# Written out once more, by hand, from the published pages: whoever changes one must change both.
TO_SENDING = {
    ("unease", "talk", "person"),
    ("unease", "filing", "person"),
    ("talk", "settled", "person"),
    ("talk", "filing", "person"),
    ("filing", "received", "person"),
}
PUBLISHED = {
    Service.MEDIATION: TO_SENDING
    | {
        ("received", "director", "secretary"),
        ("director", "offered", "director"),
        ("offered", "settled", "person"),
        ("offered", "choice", "person"),
        ("choice", "committee", "person"),
        ("choice", "declined", "person"),
        ("committee", "founded", "committee"),
        ("committee", "inadmissible", "committee"),
        ("committee", "unfounded", "committee"),
        ("founded", "recommended", "committee"),
        ("founded", "decided", "director"),
        ("recommended", "decided", "director"),
    },
    # It comes to the office first; only then to the court, which is not ours.
    Service.ADMINISTRATION: TO_SENDING
    | {
        ("received", "taken_up", "office"),
        ("taken_up", "offered", "office"),
        ("offered", "settled", "person"),
        ("offered", "unsolved", "person"),
    },
    Service.MENTORING: set[tuple[str, str, str]](),
}
OPEN = {
    Service.MEDIATION: {
        *("received", "director", "offered", "choice"),
        *("committee", "founded", "recommended"),
    },
    Service.ADMINISTRATION: {"received", "taken_up", "offered"},
    Service.MENTORING: set[str](),
}
KNOWN = {
    service: PUBLISHED[service] | {(standing, "withdrawn", "person") for standing in OPEN[service]}
    for service in Service
}
TAKING = [each for each in Service if takes_complaints(each)]


def drawn(service: Service) -> nx.DiGraph[Standing]:
    graph: nx.DiGraph[Standing] = nx.DiGraph()
    graph.add_edges_from((each.before, each.after) for each in ADVANCES[service])
    return graph


@pytest.mark.parametrize(("before", "after"), list(product(Standing, Standing)))
@pytest.mark.parametrize("service", Service)
def test_what_was_published_is_possible_and_nothing_else(
    service: Service, before: Standing, after: Standing
) -> None:
    able = {each.value for each in Actor if after in from_here(service, before, each)}
    known = {actor for one, other, actor in KNOWN[service] if (one, other) == (before, after)}
    assert able == known


@pytest.mark.parametrize("service", Service)
def test_no_step_is_there_twice(service: Service) -> None:
    assert len(set(ADVANCES[service])) == len(ADVANCES[service]) == len(KNOWN[service])


@pytest.mark.parametrize("service", TAKING)
def test_every_standing_is_reached_from_the_first(service: Service) -> None:
    graph = drawn(service)
    assert nx.descendants(graph, Standing.UNEASE) == set(graph) - {Standing.UNEASE}


def test_every_standing_belongs_to_a_service() -> None:
    assert {each for service in TAKING for each in drawn(service)} == set(Standing)


@pytest.mark.parametrize("service", TAKING)
def test_every_way_ends(service: Service) -> None:
    graph = drawn(service)
    assert nx.is_directed_acyclic_graph(graph)
    assert {each for each in graph if graph.out_degree(each) == 0} == OVER & set(graph)


@pytest.mark.parametrize(("service", "standing"), list(product(TAKING, Standing)))
def test_where_it_is_over_nobody_goes_on(service: Service, standing: Standing) -> None:
    goes_on = any(from_here(service, standing, actor) for actor in Actor)
    assert goes_on is (standing in drawn(service) and not is_over(standing))


def test_only_the_committee_says_the_three_outcomes() -> None:
    advances = [each for service in Service for each in ADVANCES[service]]
    assert {each.by for each in advances if each.after in OUTCOMES} == {Actor.COMMITTEE}
    assert from_here(Service.MEDIATION, Standing.COMMITTEE, Actor.COMMITTEE) == OUTCOMES


@pytest.mark.parametrize("chosen", [Standing.COMMITTEE, Standing.UNSOLVED, Standing.SETTLED])
def test_only_the_person_turns_to_a_committee_or_says_whether_it_is_solved(
    chosen: Standing,
) -> None:
    advances = [each for service in Service for each in ADVANCES[service]]
    assert {each.by for each in advances if each.after is chosen} == {Actor.PERSON}


def test_a_founded_complaint_binds_only_once_the_director_decided() -> None:
    assert Standing.FOUNDED not in BINDING
    reached = nx.descendants(drawn(Service.MEDIATION), Standing.FOUNDED)
    assert reached & OVER == {Standing.DECIDED, Standing.WITHDRAWN}


@pytest.mark.parametrize(("service", "standing"), list(product(TAKING, Standing)))
def test_a_complaint_that_was_sent_can_be_taken_back_until_it_is_over(
    service: Service, standing: Standing
) -> None:
    can = Standing.WITHDRAWN in from_here(service, standing, Actor.PERSON)
    assert can is (standing in set(drawn(service)) - OVER - BEFORE_SENDING)


@pytest.mark.parametrize(("service", "standing"), list(product(TAKING, Standing)))
def test_the_house_never_answers_for_the_person(service: Service, standing: Standing) -> None:
    theirs = from_here(service, standing, Actor.PERSON)
    assert not set(by_the_house(service, standing)) & set(theirs)
    if standing in {Standing.OFFERED, Standing.CHOICE} | OVER:
        assert by_the_house(service, standing) == ()


@pytest.mark.parametrize(("service", "standing"), list(product(TAKING, Standing)))
def test_while_it_is_open_it_is_somebodys_turn(service: Service, standing: Standing) -> None:
    assert bool(whose_turn(service, standing)) is (standing in set(drawn(service)) - OVER)
