"""What is proved over the whole dialog as a graph: each proof gives its faults in words.

The random walk meets conversations one by one; here all situations of a role are seen together.
A situation tells apart what somebody agreed to, drafted and sent, so that a way which exists only
after a yes is not taken for one that exists before it.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import networkx as nx

from dialogs import filing, reflection, urgent
from dialogs.asking import place_of
from dialogs.consent import ASKED
from dialogs.drafts import FORMS
from dialogs.events import Chose, Event, Started
from dialogs.frozen import replace
from dialogs.graph import NEWCOMER, Arrow, Graph, Situation, agreed_at, asked_at, situation, walked
from dialogs.review import steps_of
from dialogs.safeguards import SAFEGUARDS, SCREENS
from dialogs.screens import Button
from dialogs.steps import MENU, before_a_request
from dialogs.turn import show, turn
from dialogs.values import ASKED_BY_STAFF, PURPOSES, Place, Purpose, Role, Session, Topic
from dialogs.warning import WARNING

if TYPE_CHECKING:
    Dialog = nx.DiGraph[int]
CONTACT_GROUPS = frozenset({"contact", "safe"})
# Before a consent stands what has to be known first; each is a place where nothing is asked yet.
BEFORE_A_REQUEST = frozenset(map(before_a_request, Role))
INFORMED: dict[Purpose, frozenset[Place]] = {
    Purpose.DATA: BEFORE_A_REQUEST | {Place(Topic.TALK, "passing")},
    Purpose.CONTACT: BEFORE_A_REQUEST,
    Purpose.REFLECTION: frozenset({reflection.BEFORE}),
    Purpose.LETTER: frozenset({Place(Topic.TALK, "prepare"), filing.LETTER}),
    Purpose.COMPLAINT: frozenset({Place(Topic.COMPLAINT, "filing")}),
    Purpose.WARNING: frozenset({urgent.DANGER}),
}
MOST_BUTTONS = 5
# The number of the situation a walk begins in, and of a place beyond all of them.
FIRST, END = 0, -1
ROOM = Path(turn.__code__.co_filename).parent
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


def walk_of(role: Role, without: Iterable[Event] = ()) -> Graph:
    """Walk everything that somebody of one role can do; who keeps nothing may choose it again."""
    others = [each for each in Role if each is not role]
    chosen: list[Event] = [Chose(str(place), each) for place in CHOICES for each in others]
    first = replace(NEWCOMER, role=role, place=MENU)
    return walked(first, [*chosen, *map(Started, others), *without], closely)


def drawn(graph: Graph, fits: Callable[[Arrow], bool] = lambda _arrow: True) -> Dialog:
    """Draw a walk as a graph of situations, perhaps with some of its arrows only."""
    dialog: Dialog = nx.DiGraph()
    dialog.add_nodes_from(graph.sessions)
    dialog.add_edges_from((arrow.start, arrow.end) for arrow in graph.arrows if fits(arrow))
    return dialog


def is_none_of(events: Iterable[Event]) -> Callable[[Arrow], bool]:
    left_out = set(events)
    return lambda arrow: arrow.event not in left_out


def standing_at(graph: Graph, fits: Callable[[Session], bool]) -> list[int]:
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


def collecting(graph: Graph) -> dict[frozenset[Purpose], list[int]]:
    """Group the situations in which answers are asked for, shown or sent."""
    asked: dict[frozenset[Purpose], list[int]] = {}
    for each, session in graph.sessions.items():
        if purposes := purposes_at(session.place):
            asked.setdefault(purposes, []).append(each)
    return asked


def undominated(graph: Graph, targets: Iterable[int], by: Iterable[Place]) -> list[int]:
    """List the targets that some way reaches around all of the places in `by`.

    Where none is left, these places together dominate the targets.
    """
    around = reached(graph, frozenset(by))
    return [each for each in targets if each in around]


def reached(graph: Graph, around: frozenset[Place]) -> set[int]:
    """Give the situations that can be come to around these places, the first among them."""
    ways: dict[int, set[int]] = {each: set() for each in graph.sessions}
    for arrow in graph.arrows:
        ways[arrow.start].add(arrow.end)
    met = {each for each, session in graph.sessions.items() if session.place in around} | {FIRST}
    found, waiting = {FIRST}, [FIRST]
    while waiting:
        new = ways[waiting.pop()] - met
        met |= new
        found |= new
        waiting += new
    return found


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
    if before_a_request(graph.sessions[FIRST].role) not in SCREENS:
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
        dialog = drawn(
            graph, is_none_of(Chose(str(each), "yes") for each in consents_for(*purposes))
        )
        asking = leading_to(dialog, targets)
        faults += [
            f"{sorted(purposes)} is asked for again from {session.place}"
            for each, session in graph.sessions.items()
            if each in asking and not any(session.agreed_to(purpose) for purpose in purposes)
        ]
    return faults


def leading_to(dialog: Dialog, ends: Iterable[int]) -> set[int]:
    """Give the situations from which one of these can be reached, and these."""
    dialog.add_edges_from((end, END) for end in ends)
    return nx.ancestors(dialog, END)


def no_costs_more(graph: Graph) -> list[str]:
    """A no to a consent is one press, as a yes is, and never further from where one begins."""
    consents = {*map(str, consents_for(*Purpose)), *map(str, map(place_of, ASKED_BY_STAFF))}
    dialog = drawn(graph).reverse(copy=False)
    begins = {*at(graph, MENU), *at(graph, CHOICES[0])}
    far = nx.multi_source_dijkstra_path_length(dialog, begins)
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
    shown = {each: presses_at(session) for each, session in graph.sessions.items()}
    dialog = drawn(graph, lambda arrow: arrow.event in shown[arrow.start])
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


def presses_at(session: Session) -> set[Event]:
    screen = show(session)
    return {Chose(each.place, each.option) for each in (*screen.buttons, *screen.fixed)}


def who_reads(name: str) -> Iterator[str]:
    """Name the functions of the dialogs that look at one thing a session holds."""
    for path in ROOM.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and any(
                isinstance(each, ast.Attribute) and each.attr == name for each in ast.walk(node)
            ):
                yield f"{path.stem}.{node.name}"


def at(graph: Graph, place: Place) -> list[int]:
    return standing_at(graph, lambda session: session.place == place)


def consents_for(*purposes: Purpose) -> frozenset[Place]:
    asked = {each.place for each in ASKED if each.purpose in purposes}
    return frozenset(asked | ({WARNING} if Purpose.WARNING in purposes else set()))
