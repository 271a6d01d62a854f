"""The request once more before it is sent, and the way to change each answer.

Nothing was sent until here, and nothing is kept here once it was.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from dialogs.effects import OpenReferral
from dialogs.intake import QUESTIONS, REVIEW, asked_of, next_place, place_of
from dialogs.steps import Move, Question, Step, buttons, lines, not_understood
from dialogs.values import (
    Answer,
    Button,
    Chose,
    Event,
    Handoff,
    Line,
    Place,
    Role,
    Screen,
    Session,
    Topic,
)

CHANGE = Place(Topic.INTAKE, "change")
WAITING = Place(Topic.HANDOFF, "waiting")
GROUPS: tuple[str, ...] = tuple(dict.fromkeys(question.group for question in QUESTIONS))


def in_review(question: Question, answer: Answer) -> Line:
    """Show a question with its answer, as `intake.<step>.review` with `{detail}`."""
    place = place_of(question)
    if answer.option is not None:
        return Line(f"{place}.review", detail=Line(f"{place}.{answer.option}"))
    words = Line("intake.every.words", words=answer.words or "", own=True)
    return Line(f"{place}.review", detail=words)


def reviewed(session: Session) -> tuple[Line, ...]:
    """Show what was answered, and say in one line that the rest was skipped."""
    answers = [(each, session.answer_to(each.step)) for each in asked_of(session)]
    given = [(each, answer) for each, answer in answers if answer and not answer.is_skipped]
    rest = lines("intake.review.rest") if len(given) < len(answers) else ()
    return (*(in_review(each, answer) for each, answer in given), *rest)


@dataclass(frozen=True, slots=True)
class Review:
    """Everything once more before it is sent; nothing was sent until here."""

    def show(self, session: Session) -> Screen:
        """Show each question with its answer."""
        return Screen(
            (Line(f"{REVIEW}.ask"), *reviewed(session), Line(f"{REVIEW}.who_reads")),
            buttons(REVIEW, "send", "change"),
        )

    def answer(self, session: Session, event: Event) -> Move:
        """Send, or change something first."""
        match event:
            case Chose(option="send") if next_place(session) == REVIEW:
                return sent(session)
            case Chose(option="change"):
                return Move(session.at(CHANGE))
            case _:
                return not_understood(session)


def sent(session: Session) -> Move:
    """Put the request before staff; the answers are theirs now and leave the session."""
    role = session.role or Role.UNDISCLOSED
    opened = OpenReferral(
        session.reference, session.service, role, session.agreements, session.answers
    )
    waiting = replace(session, place=WAITING, handoff=Handoff.WAITING, answers=())
    return Move(waiting, (opened,))


@dataclass(frozen=True, slots=True)
class Change:
    """The parts of the request."""

    def show(self, session: Session) -> Screen:
        """Offer the parts in which something was asked."""
        return Screen(lines(f"{CHANGE}.ask"), buttons(CHANGE, *groups_of(session), "review"))

    def answer(self, session: Session, event: Event) -> Move:
        """Open a part."""
        match event:
            case Chose(option="review"):
                return Move(session.at(next_place(session)))
            case Chose(option=group) if group in groups_of(session):
                return Move(session.at(part(group)))
            case _:
                return not_understood(session)


def groups_of(session: Session) -> tuple[str, ...]:
    """List the parts in which this person was asked something."""
    return tuple(dict.fromkeys(question.group for question in asked_of(session)))


def part(group: str) -> Place:
    """Name the place that lists the questions of a part."""
    return Place(Topic.INTAKE, f"change_{group}")


@dataclass(frozen=True, slots=True)
class ChangeIn:
    """The questions of one part, to answer one of them again."""

    group: str

    def show(self, session: Session) -> Screen:
        """Offer the questions."""
        place = str(part(self.group))
        offered = tuple(
            Button(place, question.step, f"{place_of(question)}.name")
            for question in self.questions(session)
        )
        back = Button(place, "review", f"{CHANGE}.review")
        return Screen(lines(f"{CHANGE}.ask"), (*offered, back))

    def answer(self, session: Session, event: Event) -> Move:
        """Ask the chosen question again; its earlier answer stays until there is a new one."""
        places = {question.step: place_of(question) for question in self.questions(session)}
        match event:
            case Chose(option="review"):
                return Move(session.at(next_place(session)))
            case Chose(option=step) if step in places:
                return Move(session.at(places[step]))
            case _:
                return not_understood(session)

    def questions(self, session: Session) -> tuple[Question, ...]:
        """List the questions of this part that are asked of this person."""
        return tuple(each for each in asked_of(session) if each.group == self.group)


STEPS: dict[str, Step] = {
    "review": Review(),
    "change": Change(),
    **{part(group).step: ChangeIn(group) for group in GROUPS},
}
