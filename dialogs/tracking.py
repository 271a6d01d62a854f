"""A complaint that was sent: where it stands, what its person may choose, and news of it.

What may be chosen is what the procedure lets the person do; each choice is named by where it leads.
"""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.effects import AdvanceComplaint
from dialogs.events import Chose, ComplaintAdvanced, Event
from dialogs.frozen import Frozen, replace
from dialogs.procedure import Actor, from_here, is_over
from dialogs.screens import Line, Screen
from dialogs.steps import Move, Step, buttons, lines, not_understood
from dialogs.values import Complaint, Place, Session, Standing, Topic

TRACKING = Place(Topic.COMPLAINT, "tracking")
TERMS = ("complaint.terms.receipt", "complaint.terms.decision")
NEWS = "complaint.tracking.news"


class Tracking(Frozen):
    """Where the complaint stands now."""

    def show(self, session: Session) -> Screen:
        """Say how far it is, with the last words on it, and what can be chosen."""
        if session.complaint is None:
            return Screen(lines(f"{TRACKING}.none"))
        informed = (f"{TRACKING}.informed_{session.complaint.service}", *TERMS)
        chosen = (*choices(session.complaint), *ways_on(session.complaint))
        return Screen(
            (*standing_of(session.complaint), *lines(*(informed if is_open(session) else ()))),
            buttons(TRACKING, *chosen),
        )

    def answer(self, session: Session, event: Event) -> Move:
        """Do at once what was chosen."""
        match event, session.complaint:
            case Chose(option=option), Complaint() as before if option in choices(before):
                after = replace(before, standing=Standing(option), words="")
                moved = replace(session, complaint=after)
                return Move(moved, (AdvanceComplaint(before.standing, after.standing),))
            case Chose(option=option), Complaint() as over if option in ways_on(over):
                return Move(session.at(ways_on(over)[option]))
            case _:
                return not_understood(session)


def ways_on(complaint: Complaint) -> Mapping[str, Place]:
    """Name where a person can go with what an office did not solve."""
    return {"court": Place(Topic.INFO, "court")} if complaint.standing is Standing.UNSOLVED else {}


def choices(complaint: Complaint) -> tuple[Standing, ...]:
    """Name where the person may bring their complaint from here."""
    return from_here(complaint.service, complaint.standing, Actor.PERSON)


def is_open(session: Session) -> bool:
    """Say whether a complaint of this person is under way."""
    return session.complaint is not None and not is_over(session.complaint.standing)


def standing_of(complaint: Complaint) -> tuple[Line, ...]:
    """Say how far a complaint is, and what was written about that."""
    words = (Line("complaint.standing.words", words=complaint.words),) if complaint.words else ()
    return (*lines(f"complaint.standing.{complaint.standing}"), *words)


def heard(session: Session, event: ComplaintAdvanced) -> Session:
    """Take in how far it came; nobody is led away from where they are."""
    if session.complaint is None:
        return session
    told = replace(session.complaint, standing=event.standing, words=event.words)
    moved = replace(session, complaint=told)
    return moved if moved.place == TRACKING else moved.remarking(NEWS)


def told(session: Session) -> Screen | None:
    """Word the news; there is none about a complaint that is not kept any more."""
    if session.complaint is None:
        return None
    return Screen(
        (*standing_of(session.complaint), *lines(f"{TRACKING}.see")),
        takes_words=session.is_with_staff,
    )


STEPS: dict[str, Step] = {"tracking": Tracking()}
