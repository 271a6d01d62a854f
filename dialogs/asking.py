"""Consents that staff ask for before anybody else is contacted: each by itself, in one press.

A question stands open until it is answered or its time is over; silence is a no. It stands beside
the way: nobody is led away from what they do, and a yes or a no counts wherever somebody is.
"""

from __future__ import annotations

from dialogs.effects import AnswerStaff, RecordConsent, WithdrawConsent
from dialogs.events import Chose, Event
from dialogs.frozen import Frozen, replace
from dialogs.screens import Screen
from dialogs.steps import MENU, Move, Step, aside, back, back_button, buttons, lines
from dialogs.values import ASKED_BY_STAFF, Agreement, Place, Purpose, Session, Topic

VERSION = 1
NEWS = "consent.every.news"


class AskedByStaff(Frozen):
    """Yes and no stand side by side, and a no changes nothing else."""

    purpose: Purpose

    @property
    def place(self) -> Place:
        """Name the place where it is asked."""
        return place_of(self.purpose)

    @property
    def version(self) -> str:
        """Name the version of its words."""
        return f"{self.purpose}-{VERSION}"

    def show(self, _session: Session) -> Screen:
        """Ask for one consent, and let somebody leave it open."""
        question = question_for(self.purpose)
        return replace(question, buttons=(*question.buttons, back_button(self.place)))

    def answer(self, session: Session, event: Event) -> Move:
        """Take the answer, or go back to where the person was."""
        return answered(session, event) or back(session, event)


def place_of(purpose: Purpose) -> Place:
    """Name the place where a consent is asked for."""
    return Place(Topic.CONSENT, purpose)


def question_for(purpose: Purpose) -> Screen:
    """Ask for one consent: what it is for, what it means, and what silence means."""
    place = place_of(purpose)
    text = lines(f"{place}.ask", f"{place}.details", "consent.every.silence")
    return Screen(text, buttons(place, "yes", "no"))


def asked(session: Session, purpose: Purpose) -> Session:
    """Put a question of staff, in the place of an earlier one; who talks with them sees it now.

    After a warning alone there is no consent that an answer could rest on.
    """
    if not session.is_with_staff or session.is_warning:
        return session
    waits = replace(settled(session), asked=purpose)
    if waits.place.topic is Topic.HANDOFF:
        return aside(waits, place_of(purpose))
    return waits.remarking(NEWS)


def told(session: Session) -> Screen | None:
    """Word the question that stands open, to be answered where it is read."""
    return None if session.asked is None else question_for(session.asked)


def answered(session: Session, event: Event) -> Move | None:
    """Record a yes, let a no be a no; None when this answers no question that stands open."""
    purpose = session.asked
    match event:
        case Chose(place=place, option="yes" | "no" as option) if (
            purpose is not None and place == str(place_of(purpose))
        ):
            return agreed(session, purpose) if option == "yes" else declined(session, purpose)
        case _:
            return None


def agreed(session: Session, purpose: Purpose) -> Move:
    """Stand under the consent from now on."""
    agreement = Agreement(purpose, AskedByStaff(purpose).version)
    there = settled(session.under(agreement)).remarking("consent.every.agreed")
    recorded = RecordConsent(agreement.purpose, agreement.version)
    return Move(there, (recorded, AnswerStaff(purpose, agreed=True)))


def declined(session: Session, purpose: Purpose) -> Move:
    """Respect a no, which also ends what was agreed to for an earlier request."""
    there = settled(session.without(purpose)).remarking("consent.every.declined")
    ended = (WithdrawConsent(purpose),) if session.agreed_to(purpose) else ()
    return Move(there, (*ended, AnswerStaff(purpose, agreed=False)))


def settled(session: Session) -> Session:
    """End a question; whoever stands at it is where they were before."""
    over = replace(session, asked=None)
    if session.asked is None or session.place != place_of(session.asked):
        return over
    return replace(over, place=session.came_from or MENU, came_from=None)


def lapsed(session: Session, purpose: Purpose) -> Session:
    """End a question that nobody answered in time, without a word."""
    return settled(session) if session.asked is purpose else session


STEPS: dict[str, Step] = {purpose.value: AskedByStaff(purpose) for purpose in ASKED_BY_STAFF}
