"""What to do when somebody is not content: a talk first, if they want, and then a complaint.

Each service has its own route. Mediation: a talk, filing here or by letter, the director, the
committee. Administration: one's own administrator, the office by letter, the court.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dialogs import filing, tracking
from dialogs.events import Chose, Event
from dialogs.screens import Screen
from dialogs.steps import MENU, Move, Step, Ways, buttons, lines, not_understood
from dialogs.values import Place, Service, Session, Topic

BEGIN = filing.BEGIN
TALK = Place(Topic.COMPLAINT, "talk")
OFFICE = Place(Topic.COMPLAINT, "office")

TO_REACH_US = (
    *("handoff.human.phone", "handoff.human.email", "handoff.human.site"),
    *("handoff.human.hours", "handoff.human.opens"),
)


@dataclass(frozen=True, slots=True)
class Begin:
    """The route of this person's service, from its first step."""

    def show(self, session: Session) -> Screen:
        """Say what can be done, and offer it."""
        reach = TO_REACH_US if session.service is Service.MENTORING else ()
        return Screen(
            lines(f"{BEGIN}.{session.service}", *reach), buttons(BEGIN, *ways_from(session))
        )

    def answer(self, session: Session, event: Event) -> Move:
        """Go the chosen way."""
        ways = ways_from(session)
        match event:
            case Chose(option=option) if option in ways:
                return Move(session.at(ways[option]))
            case _:
                return not_understood(session)


@dataclass(frozen=True, slots=True)
class Talk:
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


def ways_from(session: Session) -> Mapping[str, Place]:
    """Name the ways of this person's service that are open."""
    kept = {"tracking": tracking.TRACKING} if session.complaint is not None else {}
    match session.service:
        case Service.MEDIATION:
            ways = {"talk": TALK} | after_a_talk(session)
            return kept | ways | {"read": Place(Topic.INFO, "complaint")}
        case Service.ADMINISTRATION:
            ways = {"own": Place(Topic.TALK, "begin"), "office": OFFICE} | after_a_talk(session)
            return kept | ways | {"court": Place(Topic.INFO, "court")}
        case Service.MENTORING:
            return kept


def after_a_talk(session: Session) -> dict[str, Place]:
    """Name how a complaint is made, or gone on with."""
    if Topic.COMPLAINT in session.drafts:
        return {"resume": Place(Topic.COMPLAINT, "resume")}
    here = {"filing": filing.FILING} if filing.may_file(session) else {}
    return here | {"letter": filing.LETTER}


STEPS: dict[str, Step] = {
    "begin": Begin(),
    "talk": Talk(),
    "office": Ways(
        OFFICE,
        (
            f"{OFFICE}.first",
            f"{OFFICE}.rules",
            *tracking.TERMS,
            *filing.ADDRESSES,
        ),
        (("regulation", Place(Topic.INFO, "regulation")), ("court", Place(Topic.INFO, "court"))),
    ),
    **filing.STEPS,
    **tracking.STEPS,
}
