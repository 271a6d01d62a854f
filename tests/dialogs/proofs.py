"""What is proved over the whole dialog as a graph: each proof gives its faults in words.

The random walk meets conversations one by one; here all situations of a role are seen together.
A situation tells apart what somebody agreed to, drafted and sent, so that a way which exists only
after a yes is not taken for one that exists before it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import networkx as nx

from dialogs import reflection
from dialogs.consent import ASKED
from dialogs.drafts import FORMS
from dialogs.events import Chose, Event, Started
from dialogs.graph import NEWCOMER, Graph, Situation, agreed_at, asked_at, situation, walked
from dialogs.review import steps_of
from dialogs.safeguards import SAFEGUARDS, SCREENS
from dialogs.screens import Button
from dialogs.steps import MENU, before_a_request
from dialogs.turn import show
from dialogs.values import PURPOSES, Place, Purpose, Role, Session, Topic

if TYPE_CHECKING:
    Dialog = nx.DiGraph[Hashable]
CONTACT_GROUPS = frozenset({"contact", "safe"})
# Before a consent stands what has to be known first; each is a place where nothing is asked yet.
BEFORE_A_REQUEST = frozenset(map(before_a_request, Role))
INFORMED: dict[Purpose, frozenset[Place]] = {
    Purpose.DATA: BEFORE_A_REQUEST | {Place(Topic.TALK, "passing")},
    Purpose.CONTACT: BEFORE_A_REQUEST,
    Purpose.REFLECTION: frozenset({reflection.BEFORE}),
    Purpose.LETTER: frozenset({Place(Topic.TALK, "prepare")}),
    Purpose.COMPLAINT: frozenset({Place(Topic.COMPLAINT, "filing")}),
}
MOST_BUTTONS = 5
# Where a self-reflection asks or shows answers: everywhere but where it says what it is.
REFLECTING = frozenset(reflection.STEPS) - {reflection.BEFORE.step}
CHOICES = (Place(Topic.WELCOME, "role"), Place(Topic.WELCOME, "other_role"))


def closely(session: Session) -> Situation:
    """Tell apart who it is and what they agreed to at every place, also where they only read."""
    topics = asked_at(session.place.topic)
    purposes = frozenset().union(*(PURPOSES[topic] for topic in topics))
    return (
        *situation(session),
        session.role,
        agreed_at(session),
        topics & frozenset(session.drafts),
        purposes & frozenset(session.sent),
    )


def walk_of(role: Role, language: str = "nl") -> Graph:
    """Walk everything that somebody of one role can do; who keeps nothing may choose it again."""
    others = [each for each in Role if each is not role]
    chosen: list[Event] = [Chose(str(place), each) for place in CHOICES for each in others]
    first = replace(NEWCOMER, role=role, language=language, place=MENU)
    return walked(first, [*chosen, *map(Started, others)], closely)


def drawn(graph: Graph, without: Iterable[Event] = ()) -> Dialog:
    """Draw a walk as a graph of situations, perhaps without some of what can be done."""
    left_out = set(without)
    dialog: Dialog = nx.DiGraph()
    dialog.add_nodes_from(graph.sessions)
    dialog.add_edges_from(
        (arrow.start, arrow.end) for arrow in graph.arrows if arrow.event not in left_out
    )
    return dialog


def standing_at(graph: Graph, fits: Callable[[Session], bool]) -> list[Situation]:
    return [each for each, session in graph.sessions.items() if fits(session)]


def purposes_at(place: Place) -> frozenset[Purpose]:
    """Say under which consents, one of which is needed, somebody may be at this place."""
    form = FORMS.get(place.topic)
    if form is not None and place.topic is Topic.REFLECTION:
        return form.purposes if place.step in REFLECTING else frozenset()
    if form is None or place.step not in steps_of(form):
        return frozenset()
    is_contact = any(
        each.step == place.step for each in form.questions if each.group in CONTACT_GROUPS
    )
    return frozenset({Purpose.CONTACT}) if is_contact else form.purposes


def collecting(graph: Graph) -> dict[frozenset[Purpose], list[Situation]]:
    """Group the situations in which answers are asked for, shown or sent."""
    asked: dict[frozenset[Purpose], list[Situation]] = {}
    for each, session in graph.sessions.items():
        if purposes := purposes_at(session.place):
            asked.setdefault(purposes, []).append(each)
    return asked


def undominated(graph: Graph, targets: Iterable[Situation], by: Iterable[Place]) -> list[Situation]:
    """List the targets that some way reaches without passing one of the places in `by`.

    All situations at those places are made one, and must then dominate every target.
    """
    gate, places = "gate", frozenset(by)
    merged: dict[Situation, Hashable] = {
        each: gate if session.place in places else each for each, session in graph.sessions.items()
    }
    dialog: Dialog = nx.DiGraph((merged[each.start], merged[each.end]) for each in graph.arrows)
    first = merged[closely(first_of(graph))]
    above = nx.immediate_dominators(dialog, first)
    return [each for each in targets if not is_above(above, gate, merged[each])]


def first_of(graph: Graph) -> Session:
    return next(iter(graph.sessions.values()))


def is_above(above: Mapping[Hashable, Hashable | None], gate: str, node: Hashable) -> bool:
    """Climb from a node to the first, over what stands on every way to it, to find the gate."""
    while node != gate:
        higher = above.get(node)
        if higher is None or higher == node:
            return False
        node = higher
    return True


def asked_without_consent(graph: Graph) -> list[str]:
    return [
        f"{graph.sessions[each].place} is reached without {sorted(purposes)}"
        for purposes, targets in collecting(graph).items()
        for each in undominated(graph, targets, consents_for(*purposes))
    ]


def asked_without_information(graph: Graph) -> list[str]:
    return [
        f"{consent} is reached without {sorted(map(str, places))}"
        for purpose, places in INFORMED.items()
        for consent in consents_for(purpose)
        for _ in undominated(graph, at(graph, consent), places)
    ]


def told_too_late(graph: Graph) -> list[str]:
    """Whoever applies for oneself is told of every safeguard before a first yes can be said."""
    if before_a_request(first_of(graph).role) not in SCREENS:
        return []
    asked = [each for place in consents_for(*PURPOSES[Topic.INTAKE]) for each in at(graph, place)]
    return [
        f"{graph.sessions[each].place} is reached without {name}, at {place}"
        for place, names in told_at().items()
        for each in undominated(graph, asked, [place])
        for name in names
    ]


def told_at() -> dict[Place, list[str]]:
    """Group the safeguards by the places whose screens tell them."""
    told: dict[Place, list[str]] = {}
    for name, ids in SAFEGUARDS.items():
        for id in ids:
            topic, step, _ = id.split(".")
            told.setdefault(Place(Topic(topic), step), []).append(name)
    return told


def asked_after_a_withdrawal(graph: Graph) -> list[str]:
    """Without a new yes, nothing is asked any more from where no consent for it stands."""
    faults = []
    for purposes, targets in collecting(graph).items():
        dialog = drawn(graph, [Chose(str(each), "yes") for each in consents_for(*purposes)])
        asking = leading_to(dialog, targets)
        faults += [
            f"{sorted(purposes)} is asked for again from {session.place}"
            for each, session in graph.sessions.items()
            if each in asking and not any(session.agreed_to(purpose) for purpose in purposes)
        ]
    return faults


def leading_to(dialog: Dialog, ends: Iterable[Situation]) -> set[Hashable]:
    """Give the situations from which one of these can be reached, and these."""
    dialog.add_edges_from((end, "end") for end in ends)
    return nx.ancestors(dialog, "end")


def no_costs_more(graph: Graph) -> list[str]:
    """A no to a consent is one press, as a yes is, and never further from the menu."""
    consents = set(map(str, consents_for(*Purpose)))
    dialog = drawn(graph).reverse(copy=False)
    far = nx.multi_source_dijkstra_path_length(dialog, set(at(graph, MENU)))
    ends = {
        (arrow.start, arrow.event.option): arrow.end
        for arrow in graph.arrows
        if isinstance(arrow.event, Chose) and arrow.event.place in consents
    }
    return [
        f"at {graph.sessions[start].place} a no is further from the menu than a yes"
        for (start, option), end in ends.items()
        if option == "yes" and ((start, "no") not in ends or far[ends[start, "no"]] > far[end])
    ]


def without_a_way_back(graph: Graph) -> list[str]:
    """Going by what is on the screen alone, everybody can come to the menu."""
    pressed = {
        arrow.event
        for arrow in graph.arrows
        if isinstance(arrow.event, Chose) and is_shown(graph.sessions[arrow.start], arrow.event)
    }
    dialog = drawn(graph, {arrow.event for arrow in graph.arrows} - pressed)
    back = leading_to(dialog, at(graph, MENU))
    return [
        f"{session.place} is a dead end"
        for each, session in graph.sessions.items()
        if each not in back
    ]


def too_many_to_choose_from(graph: Graph) -> list[str]:
    """Nobody chooses among more than five, beside the buttons that read the same everywhere."""
    return [
        f"{session.place} offers {len(own)}"
        for session in graph.sessions.values()
        if len(own := own_buttons(session)) > MOST_BUTTONS
    ]


def own_buttons(session: Session) -> list[Button]:
    """List what can be chosen at this place only; going back and skipping read alike at all."""
    return [each for each in show(session).buttons if not each.label.startswith("everywhere.")]


def is_shown(session: Session, event: Chose) -> bool:
    screen = show(session)
    shown = {(button.place, button.option) for button in (*screen.buttons, *screen.fixed)}
    return (event.place, event.option) in shown


def at(graph: Graph, place: Place) -> list[Situation]:
    return standing_at(graph, lambda session: session.place == place)


def consents_for(*purposes: Purpose) -> frozenset[Place]:
    return frozenset(each.place for each in ASKED if each.purpose in purposes)
