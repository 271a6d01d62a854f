"""The procedure of a complaint is the published one, and every way of it ends."""

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
)
from dialogs.values import Standing

# Written out once more, by hand, from the published page: whoever changes one must change both.
PUBLISHED = {
    ("unease", "talk", "person"),
    ("unease", "filing", "person"),
    ("talk", "settled", "person"),
    ("talk", "filing", "person"),
    ("filing", "received", "person"),
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
}
OPEN = {
    *("received", "director", "offered", "choice"),
    *("committee", "founded", "recommended"),
}
WITHDRAWALS = {(standing, "withdrawn", "person") for standing in OPEN}


def drawn() -> nx.DiGraph[Standing]:
    graph: nx.DiGraph[Standing] = nx.DiGraph()
    graph.add_nodes_from(Standing)
    graph.add_edges_from((each.before, each.after) for each in ADVANCES)
    return graph


@pytest.mark.parametrize(("before", "after"), list(product(Standing, Standing)))
@pytest.mark.parametrize("actor", Actor)
def test_what_was_published_is_possible_and_nothing_else(
    actor: Actor, before: Standing, after: Standing
) -> None:
    is_known = (before.value, after.value, actor.value) in PUBLISHED | WITHDRAWALS
    assert (after in from_here(before, actor)) is is_known


def test_no_step_is_there_twice() -> None:
    assert len(set(ADVANCES)) == len(ADVANCES) == len(PUBLISHED | WITHDRAWALS)


def test_every_standing_is_reached_from_the_first() -> None:
    assert nx.descendants(drawn(), Standing.UNEASE) == set(Standing) - {Standing.UNEASE}


def test_every_way_ends() -> None:
    graph = drawn()
    assert nx.is_directed_acyclic_graph(graph)
    assert {each for each in graph if graph.out_degree(each) == 0} == OVER


@pytest.mark.parametrize("standing", Standing)
def test_where_it_is_over_nobody_goes_on(standing: Standing) -> None:
    goes_on = any(from_here(standing, actor) for actor in Actor)
    assert goes_on is not is_over(standing)


def test_only_the_committee_says_the_three_outcomes() -> None:
    spoken = {each.by for each in ADVANCES if each.after in OUTCOMES}
    assert spoken == {Actor.COMMITTEE}
    assert from_here(Standing.COMMITTEE, Actor.COMMITTEE) == OUTCOMES


def test_no_complaint_comes_to_the_committee_that_its_person_did_not_want() -> None:
    to_the_committee = [each for each in ADVANCES if each.after is Standing.COMMITTEE]
    assert {each.by for each in to_the_committee} == {Actor.PERSON}


def test_a_founded_complaint_binds_only_once_the_director_decided() -> None:
    assert Standing.FOUNDED not in BINDING
    reached = nx.descendants(drawn(), Standing.FOUNDED)
    assert reached & OVER == {Standing.DECIDED, Standing.WITHDRAWN}


@pytest.mark.parametrize("standing", Standing)
def test_a_complaint_that_was_sent_can_be_taken_back_until_it_is_over(standing: Standing) -> None:
    can = Standing.WITHDRAWN in from_here(standing, Actor.PERSON)
    assert can is (standing not in OVER | BEFORE_SENDING)


@pytest.mark.parametrize("standing", Standing)
def test_the_house_never_answers_for_the_person(standing: Standing) -> None:
    theirs = from_here(standing, Actor.PERSON)
    assert not set(by_the_house(standing)) & set(theirs)
    if standing in {Standing.OFFERED, Standing.CHOICE} | OVER:
        assert by_the_house(standing) == ()
