"""What to do when somebody is not content: a talk first, if they want, and then a complaint.

Each service has its own route. Mediation: a talk, filing here or by letter, the director, the
committee. Administration: one's own administrator, the office here or by letter, the court.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dialogs import filing, tracking
from dialogs.events import Chose, Event
from dialogs.frozen import Frozen
from dialogs.screens import Screen
from dialogs.steps import MENU, Move, Step, buttons, lines, not_understood
from dialogs.values import Place, Service, Session, Topic

BEGIN = filing.BEGIN
TALK = Place(Topic.COMPLAINT, "talk")
OFFICE = Place(Topic.COMPLAINT, "office")
COURT = Place(Topic.INFO, "court")

TO_REACH_US = (
    *("handoff.human.phone", "handoff.human.email", "handoff.human.site"),
    *("handoff.human.hours", "handoff.human.opens"),
)


class Route(Frozen):
    """A place on the route of a service; which ways are open depends on who asks."""

    place: Place
    text: Callable[[Session], tuple[str, ...]]
    ways: Callable[[Session], Mapping[str, Place]]

    def show(self, session: Session) -> Screen:
        """Say what can be done, and offer it."""
        return Screen(lines(*self.text(session)), buttons(self.place, *self.ways(session)))

    def answer(self, session: Session, event: Event) -> Move:
        """Go the chosen way."""
        ways = self.ways(session)
        match event:
            case Chose(option=option) if option in ways:
                return Move(session.at(ways[option]))
            case _:
                return not_understood(session)


class Talk(Frozen):
    """With whom to talk; it is offered, and nobody has to."""

    def show(self, session: Session) -> Screen:
        """Say with whom and how; whoever came on from here may still file."""
        here = lines("handoff.human.here") if session.is_with_staff else ()
        return Screen(
            (*lines(f"{TALK}.who", f"{TALK}.how", *TO_REACH_US), *here),
            buttons(TALK, "settled", *after_a_talk(session)),
        )

    def answer(self, session: Session, event: Event) -> Move:
        """Be glad with them, or go on."""
        ways = after_a_talk(session)
        match event:
            case Chose(option="settled"):
                return Move(session.at(MENU).remarking(f"{TALK}.glad"))
            case Chose(option=option) if option in ways:
                return Move(session.at(ways[option]))
            case _:
                return not_understood(session)


def at_first(session: Session) -> tuple[str, ...]:
    """Say what can be done about this person's service; for some that is: come and talk."""
    reach = TO_REACH_US if session.service is Service.MENTORING else ()
    return (f"{BEGIN}.{session.service}", *reach)


def of_the_office(_session: Session) -> tuple[str, ...]:
    """Say why an office comes before a court, and how it is reached."""
    said = (f"{OFFICE}.first", f"{OFFICE}.sent_back", f"{OFFICE}.rules")
    return (*said, *tracking.TERMS, *filing.ADDRESSES)


def ways_from(session: Session) -> Mapping[str, Place]:
    """Name the ways of this person's service that are open."""
    kept = {"tracking": tracking.TRACKING} if session.complaint is not None else {}
    match session.service:
        case Service.MEDIATION:
            ways = {"talk": TALK} | after_a_talk(session)
            return kept | ways | {"read": Place(Topic.INFO, "complaint")}
        case Service.ADMINISTRATION:
            ways = {"own": Place(Topic.TALK, "begin"), "office": OFFICE, "court": COURT}
            return kept | begun(session) | ways
        case Service.MENTORING:
            return kept


def ways_to_the_office(session: Session) -> Mapping[str, Place]:
    """Name how an office hears a complaint, and what to read first."""
    return after_a_talk(session) | {"regulation": Place(Topic.INFO, "regulation"), "court": COURT}


def begun(session: Session) -> dict[str, Place]:
    """Name the way on with a complaint that is being written."""
    is_draft = Topic.COMPLAINT in session.drafts
    return {"resume": Place(Topic.COMPLAINT, "resume")} if is_draft else {}


def after_a_talk(session: Session) -> dict[str, Place]:
    """Name how a complaint is made, or gone on with."""
    if ways := begun(session):
        return ways
    here = {"filing": filing.FILING} if filing.may_file(session) else {}
    return here | {"letter": filing.LETTER}


STEPS: dict[str, Step] = {
    "begin": Route(BEGIN, at_first, ways_from),
    "talk": Talk(),
    "office": Route(OFFICE, of_the_office, ways_to_the_office),
    **filing.STEPS,
    **tracking.STEPS,
}
