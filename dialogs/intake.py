"""The questions of a request, in rows in the order of asking.

Nothing is asked about anybody else, and no story. Every question may be skipped but one: how to
reach somebody who agreed to be contacted. A skipped question is remembered as such, so that the
next question is always the first one without an answer.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from dialogs.steps import (
    MENU,
    Condition,
    Move,
    Pick,
    Question,
    Step,
    Write,
    buttons,
    kept,
    lines,
    not_understood,
)
from dialogs.values import (
    Answer,
    Button,
    Chose,
    Event,
    Place,
    Purpose,
    Role,
    Screen,
    Session,
    Topic,
)

REVIEW = Place(Topic.INTAKE, "review")
RESUME = Place(Topic.INTAKE, "resume")
BEGIN = Place(Topic.INTAKE, "begin")
CONTACT = Place(Topic.CONSENT, "contact")

DIALLED = range(8, 16)
"""How many digits a phone number has, from a short one at home to the longest of E.164."""


def may_be_contacted(session: Session) -> bool:
    """Ask only who agreed to be contacted."""
    return session.agreed_to(Purpose.CONTACT)


def reached_by(*ways: str) -> Condition:
    """Ask only who chose one of these ways of contact."""

    def chosen(session: Session) -> bool:
        way = session.answer_to("way")
        return may_be_contacted(session) and way is not None and way.option in ways

    return chosen


def is_relative(session: Session) -> bool:
    """Ask only relatives, next of kin and witnesses."""
    return session.role is Role.RELATIVE


def has_a_running_case(session: Session) -> bool:
    """Ask only whose criminal case is still running."""
    case = session.answer_to("criminal_case")
    return case is not None and case.option == "running"


def looks_like_a_number(words: str) -> bool:
    """Take anything a person could dial: eight to fifteen digits, written as people write them."""
    digits = sum(sign.isdigit() for sign in words)
    return digits in DIALLED and set(words) <= set("0123456789 +-()./")


def looks_like_an_address(words: str) -> bool:
    """Take anything with one @ and a dot behind it; a letter that comes back tells more."""
    name, at, domain = words.partition("@")
    return bool(name and at and "." in domain and "@" not in domain and " " not in words)


QUESTIONS: tuple[Question, ...] = (
    Pick("way", "contact", ("phone", "email", "post"), may_be_contacted, optional=False),
    Write("phone", "contact", 40, reached_by("phone"), optional=False, fits=looks_like_a_number),
    Write("email", "contact", 100, reached_by("email"), optional=False, fits=looks_like_an_address),
    Write("post", "contact", 200, reached_by("post"), optional=False),
    Pick("safe_to_call", "contact", ("yes", "no", "not_sure"), reached_by("phone")),
    Write("safe_times", "contact", 200, reached_by("phone")),
    Pick("voicemail", "contact", ("nothing", "neutral", "open"), reached_by("phone")),
    Pick("others_read", "contact", ("no", "yes", "not_sure"), reached_by("email", "post")),
    Write("name", "you", 100),
    Pick("bond", "you", ("next_of_kin", "relative", "witness"), is_relative),
    Pick("tongue", "you", ("dutch", "english", "other")),
    Pick("interpreter", "you", ("yes", "no", "not_sure")),
    Write("support", "you", 200),
    Pick("event", "event", ("belongings", "violence", "intimate", "traffic", "other")),
    Pick("period", "event", ("weeks", "months", "years")),
    Pick("criminal_case", "event", ("running", "finished", "none", "not_sure")),
    Pick("lawyer", "event", ("yes", "no"), has_a_running_case),
    Pick("wish", "wish", ("questions", "tell", "listen", "hear_more", "not_sure")),
    Pick("form", "wish", ("talk", "letter", "messenger", "not_sure")),
)


def place_of(question: Question) -> Place:
    """Name the place where a question is asked."""
    return Place(Topic.INTAKE, question.step)


def asked_of(session: Session) -> tuple[Question, ...]:
    """List the questions that are asked of this person."""
    return tuple(question for question in QUESTIONS if question.when(session))


def next_place(session: Session) -> Place:
    """Name the first question that has no answer yet, or the review."""
    unanswered = (each for each in asked_of(session) if session.answer_to(each.step) is None)
    return next((place_of(question) for question in unanswered), REVIEW)


def tidied(session: Session) -> Session:
    """Drop the answers to questions that are no longer asked, such as an earlier phone number."""
    steps = {question.step for question in asked_of(session)}
    return replace(session, answers=tuple(each for each in session.answers if each.step in steps))


def went_on(session: Session) -> Session:
    """Go to the next question."""
    clean = tidied(session)
    return clean.at(next_place(clean))


def enough(session: Session) -> Session:
    """Skip all that is left; only what must be answered is still asked."""
    for question in asked_of(session):
        if question.optional and session.answer_to(question.step) is None:
            session = kept(session, Answer(question.step))
    return went_on(session)


def before(question: Question, session: Session) -> Place:
    """Name the question before this one; before the first stands the consent to contact."""
    asked = asked_of(session)
    at = asked.index(question) if question in asked else 0
    return place_of(asked[at - 1]) if at else CONTACT


@dataclass(frozen=True, slots=True)
class Asked:
    """The place of one question."""

    question: Question

    def show(self, _session: Session) -> Screen:
        """Ask, offer the options, and the ways to say less."""
        place = place_of(self.question)
        return Screen(
            lines(f"{place}.ask"),
            (*buttons(place, *self.question.options), *ways_around(self.question)),
            takes_words=isinstance(self.question, Write),
        )

    def answer(self, session: Session, event: Event) -> Move:
        """Keep what came back, or go around the question."""
        match event:
            case Chose(option="skip") if self.question.optional:
                return Move(went_on(kept(session, Answer(self.question.step))))
            case Chose(option="enough") if self.question.optional:
                return Move(enough(session))
            case Chose(option="back"):
                return Move(session.at(before(self.question, session)))
            case _:
                answer = self.question.read(event)
        if answer is None:
            return Move(session.remarking(self.question.problem(event)))
        return Move(went_on(kept(session, answer)))


def ways_around(question: Question) -> tuple[Button, ...]:
    """Offer to skip, to skip all the rest, and to go back; the labels are the same everywhere."""
    options = ("skip", "enough", "back") if question.optional else ("back",)
    place = str(place_of(question))
    return tuple(Button(place, option, f"intake.every.{option}") for option in options)


@dataclass(frozen=True, slots=True)
class Begin:
    """What comes before the first question: that there is no story to tell, and nobody to name."""

    place: Place
    text: tuple[str, ...]

    def show(self, _session: Session) -> Screen:
        """Say what will be asked, and what will not."""
        return Screen(lines(*self.text), buttons(self.place, "go_on", "later"))

    def answer(self, session: Session, event: Event) -> Move:
        """Go to the first question without an answer."""
        match event:
            case Chose(option="go_on"):
                return Move(went_on(session))
            case Chose(option="later"):
                return Move(session.at(MENU))
            case _:
                return not_understood(session)


STEPS: dict[str, Step] = {
    "begin": Begin(BEGIN, ("intake.begin.text", "intake.begin.names")),
    "resume": Begin(RESUME, ("intake.resume.text",)),
    **{question.step: Asked(question) for question in QUESTIONS},
}
