"""The dialog as a graph, derived by walking the steps; for tests and for the picture.

Nobody draws this graph by hand: it starts from a newcomer, does everything that can be done on
each screen, and writes down where that leads.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache

from dialogs.asking import place_of
from dialogs.events import Event
from dialogs.findings import findings
from dialogs.frozen import Frozen, replace
from dialogs.handoff import CONVERSATION
from dialogs.possible import possible
from dialogs.returning import may_enter, needs_code
from dialogs.screens import Line, Screen
from dialogs.steps import OWN_WORDS
from dialogs.turn import show, turn
from dialogs.values import ASKED_BY_STAFF, PURPOSES, Handoff, Place, Purpose, Role, Session, Topic

# What is told apart of a session; a walk numbers its situations as it meets them, from 0.
Situation = tuple[object, ...]
NEWCOMER = Session(reference="K7P4-2M9X", code="1234560612345678")


class Arrow(Frozen):
    """One press, word or happening that leads from one situation to another."""

    start: int
    name: str
    event: Event
    end: int


class Edge(Frozen):
    """The same, as seen from the places: which way leads where."""

    start: Place
    name: str
    end: Place


class Graph(Frozen):
    """Every situation that can be reached, every way between two, every message id ever shown."""

    sessions: Mapping[int, Session]
    arrows: frozenset[Arrow]
    ids: frozenset[str]

    @property
    def places(self) -> frozenset[Place]:
        """Name the places that can be reached."""
        return frozenset(session.place for session in self.sessions.values())

    @property
    def edges(self) -> frozenset[Edge]:
        """Name the ways between places."""
        return frozenset(
            Edge(self.sessions[each.start].place, each.name, self.sessions[each.end].place)
            for each in self.arrows
        )


def situation(session: Session) -> Situation:
    """Tell apart what the dialog tells apart; two sessions alike in this are walked once.

    What is read looks at who reads it, what is asked looks at what was agreed and answered. A
    text to take along does not look at what was answered in a request. A complaint
    and a request do not look at each other.
    """
    if session.place.topic in {Topic.INFO, Topic.URGENT}:
        return (session.place, session.role, session.is_with_staff)
    if session.place.topic is Topic.RETURNING:
        return (
            session.place,
            session.role,
            session.is_with_staff,
            may_enter(session),
            session.has_pin,
        )
    if session.place.topic is Topic.REFLECTION:
        found = any(findings(session.answers).found.values())
        return (session.place, *shown_at(session), found)
    if session.place.topic is Topic.COMPLAINT:
        return (
            session.place,
            session.service,
            agreed_at(session),
            Topic.COMPLAINT in session.drafts,
            session.complaint and (session.complaint.service, session.complaint.standing),
        )
    if session.place.topic is Topic.TALK:
        return (
            session.place,
            agreed_at(session),
            frozenset(session.drafts),
            session.handoff,
            any(each.step == "point" for each in session.answers),
        )
    way = session.answer_to("way") if session.place.topic is Topic.INTAKE else None
    return (
        session.place,
        session.role if session.place.topic is Topic.WELCOME else asked_as(session.role),
        agreed_at(session),
        handoff_at(session),
        None if way is None else way.option,
        warned_at(session),
        bool(session.sent) and bool(session.drafts),
        session.copy,
        session.bound_for,
        asked_by_staff(session),
    )


def asked_by_staff(session: Session) -> tuple[bool, int] | None:
    """Tell apart whether staff wait for a yes, and how many they had; each of them is as another.

    It is seen in the conversation, at the question and under one's rights.
    """
    is_talking = session.place == CONVERSATION
    is_asked = session.place in map(place_of, ASKED_BY_STAFF)
    if not (is_talking or is_asked or session.place.topic is Topic.RIGHTS):
        return None
    waits = is_talking and session.asked is not None
    return waits, sum(map(session.agreed_to, ASKED_BY_STAFF))


def handoff_at(session: Session) -> Handoff | None:
    """Give how far a request is; whether a colleague is there yet is seen in the talk alone."""
    is_waiting = session.is_with_staff and session.place.topic is not Topic.HANDOFF
    return Handoff.WAITING if is_waiting else session.handoff


def warned_at(session: Session) -> tuple[bool, bool] | None:
    """Tell apart whether there is a warning to take back, and whether it is what staff have."""
    if session.place.topic is not Topic.RIGHTS:
        return None
    return session.agreed_to(Purpose.WARNING), session.is_warning


def shown_at(session: Session) -> tuple[frozenset[str], frozenset[str]]:
    """Name the lines and the buttons that this place itself shows."""
    screen = show(session.remarking(None))
    return frozenset(each.id for each in screen.lines), frozenset(
        each.label for each in screen.buttons
    )


def asked_as(role: Role | None) -> Role | None:
    """Give one role for all that are asked, and told, the same."""
    return role if role in {Role.RELATIVE, *OWN_WORDS} else None


def asked_at(topic: Topic) -> frozenset[Topic]:
    """Name the topics whose consents and drafts make a difference to this one."""
    match topic:
        case Topic.COMPLAINT | Topic.REFLECTION:
            return frozenset({topic})
        case Topic.INTAKE | Topic.HANDOFF | Topic.INFO | Topic.URGENT | Topic.TALK:
            return frozenset({Topic.INTAKE, Topic.TALK})
        case _:
            return frozenset(PURPOSES)


def agreed_at(session: Session) -> frozenset[Purpose]:
    """Name the consents that stand and make a difference where somebody is."""
    asked = {purpose for topic in asked_at(session.place.topic) for purpose in PURPOSES[topic]}
    return frozenset(each.purpose for each in session.agreements if each.purpose in asked)


def walked(
    first: Session = NEWCOMER,
    without: Collection[Event] = (),
    tell_apart: Callable[[Session], Situation] = situation,
) -> Graph:
    """Walk the whole dialog, once for every situation that makes a difference to it.

    `without` leaves events out, to see what cannot be reached without them; `tell_apart` may look
    closer than a picture needs.
    """
    left_out = frozenset(without)
    numbers = {tell_apart(first): 0}
    sessions = {0: first}
    arrows: set[Arrow] = set()
    ids = ids_on(show(first))
    waiting = deque(sessions)
    while waiting:
        start = waiting.popleft()
        # Every turn forgets what was remarked; here it is done once for all of them.
        here = sessions[start].remarking(None)
        for name, event in possible(here):
            if event in left_out:
                continue
            after = turn(here, event)
            if after.screen is not None:
                ids |= ids_on(after.screen)
            named = named_anew(after.session)
            end = numbers.setdefault(tell_apart(named), len(numbers))
            arrows.add(Arrow(start, name, event, end))
            if end not in sessions:
                sessions[end] = named
                ids |= ids_on(show(named))
                waiting.append(end)
    return Graph(sessions, frozenset(arrows), frozenset(ids))


@cache
def whole() -> Graph:
    """Walk everything a newcomer can do; once, for it takes seconds."""
    return walked()


def named_anew(session: Session) -> Session:
    """Give the next request its name and who makes a code one, as the conductor does."""
    if not session.reference:
        session = replace(session, reference=NEWCOMER.reference)
    return replace(session, code=NEWCOMER.code) if needs_code(session) else session


def ids_on(screen: Screen) -> set[str]:
    """List the message ids of a screen."""
    worded = {id for line in screen.lines for id in ids_of(line)}
    return worded | {button.label for button in (*screen.buttons, *screen.fixed)}


def ids_of(line: Line) -> Iterator[str]:
    """List the message ids of a line and of the line inside it."""
    yield line.id
    if line.detail is not None:
        yield from ids_of(line.detail)
