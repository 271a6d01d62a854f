"""A form: questions that are asked together, under a consent.

Every topic that asks something gives its rows, its consents and its ends; how a question is asked,
skipped and gone back to is here, the same for all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property

from dialogs.effects import EndConsent
from dialogs.events import Chose, Event
from dialogs.frozen import Frozen, replace
from dialogs.screens import Button, Screen
from dialogs.steps import (
    MENU,
    Move,
    Question,
    Write,
    buttons,
    kept,
    lines,
    not_understood,
)
from dialogs.values import PURPOSES, Answer, Place, Purpose, Session, Topic

End = Callable[[Session], Move]


class Form(Frozen, dict=True):
    """The questions of a topic in the order of asking.

    Answers are kept while one of `purposes` is agreed to. `before` stands before the first
    question. `ends` gives what can be done with the answers at the end, by option. `begins` is the
    step that says what will be asked.
    """

    topic: Topic
    purposes: frozenset[Purpose]
    questions: tuple[Question, ...]
    before: Place
    ends: Callable[[Session], Mapping[str, End]]
    begins: str = "begin"

    @cached_property
    def steps(self) -> frozenset[str]:
        """Name the questions, once: they are compared in every turn."""
        return frozenset(each.step for each in self.questions)

    @property
    def review(self) -> Place:
        """Name the place where all answers are shown once more."""
        return Place(self.topic, "review")

    @property
    def begin(self) -> Place:
        """Name the place that says what will be asked."""
        return Place(self.topic, self.begins)

    @property
    def groups(self) -> tuple[str, ...]:
        """Name the parts."""
        return tuple(dict.fromkeys(question.group for question in self.questions))

    def place_of(self, question: Question) -> Place:
        """Name the place where a question is asked."""
        return Place(self.topic, question.step)

    def part(self, group: str) -> Place:
        """Name the place that lists the questions of a part."""
        return Place(self.topic, f"change_{group}")

    def is_permitted(self, session: Session) -> bool:
        """Say whether a consent stands under which answers may be kept."""
        return any(session.agreed_to(purpose) for purpose in self.purposes)

    def asked_of(self, session: Session) -> tuple[Question, ...]:
        """List the questions that are asked of this person."""
        if not self.is_permitted(session):
            return ()
        return tuple(question for question in self.questions if question.when(session))

    def answered(self, session: Session) -> tuple[Answer, ...]:
        """List the answers that belong to this form."""
        return tuple(each for each in session.answers if each.step in self.steps)

    def next_place(self, session: Session) -> Place:
        """Name the first question that has no answer yet, or the review."""
        answered = {each.step for each in session.answers}
        unanswered = (each for each in self.asked_of(session) if each.step not in answered)
        return next((self.place_of(question) for question in unanswered), self.review)

    def tidied(self, session: Session) -> Session:
        """Drop answers to what is no longer asked, such as an earlier phone number.

        What was skipped, and may not be any more, is asked again.
        """
        if not self.answered(session):
            return session
        asked = self.asked_of(session)
        gone = self.steps - {question.step for question in asked}
        must = {question.step for question in asked if not question.optional(session)}
        answers = tuple(
            each
            for each in session.answers
            if each.step not in gone and not (each.is_skipped and each.step in must)
        )
        return session if answers == session.answers else replace(session, answers=answers)

    def emptied(self, session: Session) -> Session:
        """Drop every answer to this form, and that it was being filled in."""
        if self.topic not in session.drafts and not self.answered(session):
            return session
        answers = tuple(each for each in session.answers if each.step not in self.steps)
        return replace(session, answers=answers).done_with(self.topic)

    def let_go(self, session: Session) -> Move:
        """Drop every answer, and end the consents under which nothing else is kept."""
        clean = self.emptied(session)
        others = {purpose for topic in clean.drafts for purpose in PURPOSES[topic]}
        ended = [
            each
            for each in PURPOSES[self.topic]
            if clean.agreed_to(each) and each not in {*others, *clean.sent}
        ]
        for purpose in ended:
            clean = clean.without(purpose)
        return Move(clean, tuple(map(EndConsent, ended)))

    def went_on(self, session: Session) -> Session:
        """Go to the next question."""
        clean = self.tidied(session)
        return clean.at(self.next_place(clean))

    def enough(self, session: Session) -> Session:
        """Skip all that is left; only what must be answered is still asked."""
        for question in self.asked_of(session):
            if question.optional(session) and session.answer_to(question.step) is None:
                session = kept(session, Answer(question.step))
        return self.went_on(session)

    def previous(self, question: Question, session: Session) -> Place:
        """Name the question before this one; before the first stands what led to it."""
        asked = self.asked_of(session)
        at = asked.index(question) if question in asked else 0
        return self.place_of(asked[at - 1]) if at else self.before


class Begin(Frozen):
    """What comes before the first question: what is asked, and what is not."""

    form: Form
    place: Place
    text: tuple[str, ...]

    def show(self, _session: Session) -> Screen:
        """Say what will be asked, and what will not."""
        return Screen(lines(*self.text), buttons(self.place, "go_on", "later"))

    def answer(self, session: Session, event: Event) -> Move:
        """Go to the first question without an answer."""
        match event:
            case Chose(option="go_on"):
                return Move(self.form.went_on(session))
            case Chose(option="later"):
                return Move(session.at(MENU))
            case _:
                return not_understood(session)


class Asked(Frozen):
    """The place of one question."""

    form: Form
    question: Question

    def show(self, session: Session) -> Screen:
        """Ask, offer the options, and the ways to say less."""
        place = self.form.place_of(self.question)
        around = ways_around(place, is_optional=self.question.optional(session))
        return Screen(
            lines(f"{place}.ask"),
            (*buttons(place, *self.question.options), *around),
            takes_words=isinstance(self.question, Write),
        )

    def answer(self, session: Session, event: Event) -> Move:
        """Keep what came back, or go around the question."""
        form, question = self.form, self.question
        match event:
            case Chose(option="skip") if question.optional(session):
                return Move(form.went_on(kept(session, Answer(question.step))))
            case Chose(option="enough") if question.optional(session):
                return Move(form.enough(session))
            case Chose(option="previous"):
                return Move(session.at(form.previous(question, session)))
            case _:
                answer = question.read(event)
        if answer is None:
            return Move(session.remarking(question.problem(event, form.place_of(question))))
        return Move(form.went_on(kept(session, answer)))


def ways_around(place: Place, *, is_optional: bool) -> tuple[Button, ...]:
    """Offer to skip, to skip all the rest, and to go back; the labels are the same everywhere."""
    options = ("skip", "enough", "previous") if is_optional else ("previous",)
    return tuple(Button(str(place), option, f"everywhere.{option}") for option in options)
