"""The answers of a form once more before they go anywhere, and the way to change each of them."""

from __future__ import annotations

from dialogs.events import Chose, Event
from dialogs.forms import Asked, Begin, Form
from dialogs.frozen import Frozen
from dialogs.screens import Button, Line, Screen
from dialogs.steps import Move, Question, Step, buttons, lines, not_understood
from dialogs.values import Answer, Place, Session


def steps_of(form: Form) -> dict[str, Step]:
    """Make every step of a form."""
    resume = Place(form.topic, "resume")
    return {
        form.begins: Begin(form, form.begin, (f"{form.begin}.text", f"{form.begin}.names")),
        "resume": Begin(form, resume, (f"{resume}.text",)),
        **{question.step: Asked(form, question) for question in form.questions},
        "review": Review(form),
        "change": Change(form),
        **{form.part(group).step: ChangeIn(form, group) for group in form.groups},
    }


def overview_button(place: Place) -> Button:
    """Make the button that leads back to all answers; it reads the same everywhere."""
    return Button(str(place), "review", "everywhere.overview")


def in_review(place: Place, answer: Answer) -> Line:
    """Show a question with its answer, as `<topic>.<step>.review` with `{detail}`."""
    if answer.option is not None:
        return Line(f"{place}.review", detail=Line(f"{place}.{answer.option}"))
    words = Line("everywhere.words", words=answer.words or "", own=True)
    return Line(f"{place}.review", detail=words)


class Review(Frozen):
    """Everything once more before it goes anywhere; nothing was sent until here."""

    form: Form

    def show(self, session: Session) -> Screen:
        """Show each question with its answer, and what can be done with them."""
        place = self.form.review
        return Screen(
            (
                Line(f"{place}.ask"),
                *self.given(session),
                *lines(*(f"{place}.before_{option}" for option in self.form.ends(session))),
            ),
            buttons(place, *self.form.ends(session), "change"),
        )

    def given(self, session: Session) -> tuple[Line, ...]:
        """Show what was answered, and say in one line that the rest was skipped."""
        answers = [(each, session.answer_to(each.step)) for each in self.form.asked_of(session)]
        given = [(each, answer) for each, answer in answers if answer and not answer.is_skipped]
        rest = lines(f"{self.form.review}.rest") if len(given) < len(answers) else ()
        return (*(in_review(self.form.place_of(each), answer) for each, answer in given), *rest)

    def answer(self, session: Session, event: Event) -> Move:
        """Do with the answers what was chosen, or change something first."""
        form = self.form
        is_complete = form.is_permitted(session) and form.next_place(session) == form.review
        match event:
            case Chose(option=option) if is_complete and option in form.ends(session):
                return form.ends(session)[option](session)
            case Chose(option="change"):
                return Move(session.at(Place(form.topic, "change")))
            case _:
                return not_understood(session)


class Change(Frozen):
    """The parts of the form."""

    form: Form

    @property
    def place(self) -> Place:
        """Name this place."""
        return Place(self.form.topic, "change")

    def show(self, session: Session) -> Screen:
        """Offer the parts in which something was asked."""
        parts = buttons(self.place, *self.groups(session))
        return Screen(lines(f"{self.place}.ask"), (*parts, overview_button(self.place)))

    def answer(self, session: Session, event: Event) -> Move:
        """Open a part."""
        match event:
            case Chose(option="review"):
                return Move(session.at(self.form.next_place(session)))
            case Chose(option=group) if group in self.groups(session):
                return Move(session.at(self.form.part(group)))
            case _:
                return not_understood(session)

    def groups(self, session: Session) -> tuple[str, ...]:
        """List the parts in which this person was asked something."""
        return tuple(dict.fromkeys(question.group for question in self.form.asked_of(session)))


class ChangeIn(Frozen):
    """The questions of one part, to answer one of them again."""

    form: Form
    group: str

    def show(self, session: Session) -> Screen:
        """Offer the questions."""
        place, change = self.form.part(self.group), Place(self.form.topic, "change")
        offered = tuple(
            Button(str(place), question.step, f"{self.form.place_of(question)}.name")
            for question in self.questions(session)
        )
        return Screen(lines(f"{change}.ask"), (*offered, overview_button(place)))

    def answer(self, session: Session, event: Event) -> Move:
        """Ask the chosen question again; its earlier answer stays until there is a new one."""
        places = {each.step: self.form.place_of(each) for each in self.questions(session)}
        match event:
            case Chose(option="review"):
                return Move(session.at(self.form.next_place(session)))
            case Chose(option=step) if step in places:
                return Move(session.at(places[step]))
            case _:
                return not_understood(session)

    def questions(self, session: Session) -> tuple[Question, ...]:
        """List the questions of this part that are asked of this person."""
        return tuple(each for each in self.form.asked_of(session) if each.group == self.group)
