"""A few questions after a request was closed: voluntary, asked once, and answered without a name.

Nothing of it is in the session but the place: an answer is counted at once, beside those of others.
There is no box for words, for words could say who somebody is. Only a closing leads here.
"""

from __future__ import annotations

from dialogs.effects import CountAnswer
from dialogs.events import Chose, Event
from dialogs.frozen import Frozen
from dialogs.screens import Button, Screen
from dialogs.steps import Move, Step, Ways, buttons, lines, not_understood
from dialogs.values import Place, Role, Session, Topic

BEGIN = Place(Topic.SURVEY, "begin")
CLOSED = Place(Topic.HANDOFF, "closed")
THANKS = Place(Topic.SURVEY, "thanks")

SATISFIED = ("very_good", "good", "in_between", "not_good", "not_good_at_all")
EASY = ("very_easy", "easy", "in_between", "hard", "very_hard")
LIKELY = ("surely", "maybe", "in_between", "rather_not", "no")

SCALES = {
    "contact": SATISFIED,
    "treated": SATISFIED,
    "informed": SATISFIED,
    "effort": EASY,
    "referring": SATISFIED,
    "kept_informed": SATISFIED,
    "referring_effort": EASY,
    "again": LIKELY,
}
"""Every question that is asked of anybody, and its options from one end to the other."""

OF_PEOPLE = ("contact", "treated", "informed", "effort")
OF_REFERRERS = ("referring", "kept_informed", "referring_effort", "again")


class Asked(Frozen):
    """One question, answered by one press or skipped."""

    question: str

    @property
    def place(self) -> Place:
        """Name the place where it is asked."""
        return Place(Topic.SURVEY, self.question)

    def show(self, _session: Session) -> Screen:
        """Ask it; what the options say is the same for every question of a kind."""
        options = (
            Button(str(self.place), option, f"survey.every.{option}")
            for option in SCALES[self.question]
        )
        skip = Button(str(self.place), "skip", "everywhere.skip")
        return Screen(lines(f"{self.place}.ask"), (*options, skip))

    def answer(self, session: Session, event: Event) -> Move:
        """Count the answer, and go on."""
        there = session.at(place_after(self.question))
        match event:
            case Chose(option=option) if option in SCALES[self.question]:
                return Move(there, (CountAnswer(session.service, self.question, option),))
            case Chose(option="skip"):
                return Move(there)
            case _:
                return not_understood(session)


class Begin(Frozen):
    """The conversation ended, and a few questions may be answered or left."""

    def show(self, _session: Session) -> Screen:
        """Say that it ended, and ask whether somebody wants to answer."""
        text = lines("handoff.closed.text", f"{BEGIN}.ask", f"{BEGIN}.names")
        return Screen(text, buttons(BEGIN, "go_on", "not_now"), lasting=True)

    def answer(self, session: Session, event: Event) -> Move:
        """Begin, or let it be; it is not asked again."""
        match event:
            case Chose(option="go_on"):
                return Move(session.at(first_place(session.role)))
            case Chose(option="not_now"):
                return Move(session.at(CLOSED))
            case _:
                return not_understood(session)


def first_place(role: Role | None) -> Place:
    """Name the first question for somebody of this role."""
    asked = OF_REFERRERS if role is Role.REFERRER else OF_PEOPLE
    return Place(Topic.SURVEY, asked[0])


def place_after(question: str) -> Place:
    """Name the next question, or the thanks."""
    asked = OF_REFERRERS if question in OF_REFERRERS else OF_PEOPLE
    rest = asked[asked.index(question) + 1 :]
    return Place(Topic.SURVEY, rest[0]) if rest else THANKS


STEPS: dict[str, Step] = {
    "begin": Begin(),
    **{question: Asked(question) for question in SCALES},
    "thanks": Ways(THANKS, (f"{THANKS}.text",), ()),
}
