"""How a self-reflection asks: one part of a programme at a place, one question after the other.

All criteria of a component are asked alike, so a place needs no more than its rows. Every option
names its question: a button that was pressed twice answers nothing twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from dialogs.criteria import CRITERIA, CRITERION, Component, Criterion
from dialogs.events import Chose, Event
from dialogs.forms import Form
from dialogs.frozen import Frozen, replace
from dialogs.screens import Button, Line, Screen
from dialogs.steps import Condition, Move, Pick, Question, Write, kept, lines, not_understood
from dialogs.values import Answer, Place, Purpose, Session, Topic

OVERVIEW = Place(Topic.REFLECTION, "overview")
LEVEL = Place(Topic.REFLECTION, "level")

FITS = ("yes", "partly", "no", "unknown")
PRESENT = ("written", "unwritten", "partly", "no")
MINIMUM = ("yes", "no", "doubt")


def chose(step: str, *options: str) -> Condition:
    """Ask only who gave one of these answers."""

    def chosen(session: Session) -> bool:
        answer = session.answer_to(step)
        return answer is not None and answer.option in options

    return chosen


def about(criterion: Criterion) -> Iterator[Question]:
    """Ask whether it fits; and where it does, whether it is there and should be a minimum."""
    name, component = criterion.name, criterion.component
    fits = chose(f"{name}.fits", "yes", "partly")
    yield Pick(f"{name}.fits", component, FITS)
    yield Pick(f"{name}.present", component, PRESENT, fits)
    yield Pick(f"{name}.minimum", component, MINIMUM, fits)


def of(component: Component) -> Iterator[Question]:
    """Ask everything about a part of the programme, and at the end what is missing from it."""
    for criterion in CRITERIA:
        if criterion.component is component:
            yield from about(criterion)
    yield Write(f"{component}.missing", component, 500)


QUESTIONS: tuple[Question, ...] = (
    Pick("level", "level", ("organisation", "domain", "region")),
    Write("domain", "level", 100, chose("level", "domain")),
    Write("region", "level", 100, chose("level", "region")),
    *(question for component in Component for question in of(component)),
)

GROUPS: Mapping[str, tuple[Question, ...]] = {
    group: tuple(each for each in QUESTIONS if each.group == group)
    for group in ("level", *Component)
}

FORM = Form(
    topic=Topic.REFLECTION,
    purposes=frozenset({Purpose.REFLECTION}),
    questions=QUESTIONS,
    before=Place(Topic.CONSENT, "reflection"),
    # It goes nowhere: it stays with the person until they end it.
    ends=lambda _session: {},
)


class Considering(Frozen):
    """The place of a group of questions: the first that has no answer yet, or that all have one."""

    group: str

    @property
    def place(self) -> Place:
        """Name this place."""
        return Place(Topic.REFLECTION, self.group)

    def show(self, session: Session) -> Screen:
        """Ask the next question, or say that this part was looked at."""
        question = asked_at(session, self.group)
        if question is None:
            return Screen(self.looked_at(session), self.buttons(self.ways_on(session)))
        return Screen(
            asked(question),
            self.buttons(ways_of(question)),
            takes_words=isinstance(question, Write),
        )

    def buttons(self, ways: Iterable[tuple[str, str]]) -> tuple[Button, ...]:
        """Make buttons of options and how they read."""
        return tuple(Button(str(self.place), option, label) for option, label in ways)

    def looked_at(self, session: Session) -> tuple[Line, ...]:
        """Say that this part was looked at, and what somebody missed in it."""
        name = Line(f"{self.place}.name")
        missing = session.answer_to(f"{self.group}.missing")
        done = Line("reflection.done.ask", detail=name)
        return (done, *(missed(name, missing.words) if missing and missing.words else ()))

    def ways_on(self, session: Session) -> Iterator[tuple[str, str]]:
        """Give the ways from a part that was looked at."""
        for way in ("next",) * (next_part(session) is not None) + ("overview", "again"):
            yield way, f"reflection.done.{way}"
        yield "previous", "everywhere.previous"

    def answer(self, session: Session, event: Event) -> Move:
        """Keep what came back, and ask on."""
        question = asked_at(session, self.group)
        if question is None:
            return self.looked_back(session, event)
        answer = read(question, event)
        match event:
            case _ if answer is not None:
                return Move(self.went_on(kept(session, answer)))
            case Chose(option=option) if option == f"{question.step}.previous":
                return Move(self.taken_back(session))
            case _:
                return Move(session.remarking(question.problem(event, self.place)))

    def looked_back(self, session: Session, event: Event) -> Move:
        """Leave a part that was looked at, or answer it again."""
        match event:
            case Chose(option="next"):
                return Move(session.at(next_part(session) or OVERVIEW))
            case Chose(option="overview"):
                return Move(session.at(OVERVIEW))
            case Chose(option="previous"):
                return Move(self.taken_back(session))
            case Chose(option="again"):
                return Move(without(session, self.group))
            case _:
                return not_understood(session)

    def went_on(self, session: Session) -> Session:
        """Stay for the next question; once it is known what all is about, show the parts."""
        clean = FORM.tidied(session)
        is_begun = self.place == LEVEL and asked_at(clean, self.group) is None
        return clean.at(OVERVIEW) if is_begun else clean

    def taken_back(self, session: Session) -> Session:
        """Take the last answer of this part back; before the first stands the overview."""
        given = [each.step for each in GROUPS[self.group] if session.answer_to(each.step)]
        if not given:
            return session.at(OVERVIEW)
        answers = tuple(each for each in session.answers if each.step != given[-1])
        return FORM.tidied(replace(session, answers=answers))


def asked_at(session: Session, group: str) -> Question | None:
    """Find the first question of a group that has no answer yet."""
    return next(
        (
            question
            for question in GROUPS[group]
            if question.when(session) and session.answer_to(question.step) is None
        ),
        None,
    )


def next_part(session: Session) -> Place | None:
    """Find the first part in which something was not asked yet."""
    open_parts = (each for each in Component if asked_at(session, each) is not None)
    return next((Place(Topic.REFLECTION, each) for each in open_parts), None)


def missed(part: Line, words: str) -> tuple[Line, ...]:
    """Say what somebody misses in a part, in their own words."""
    return (Line("reflection.report.missed", words=words, detail=part, own=True),)


def without(session: Session, group: str) -> Session:
    """Forget the answers of a group, to ask for them again."""
    gone = {question.step for question in GROUPS[group]}
    answers = tuple(each for each in session.answers if each.step not in gone)
    return replace(session, answers=answers)


def kind_of(question: Question) -> str:
    """Name what is asked, alike for every criterion: `fits`, `present`, `minimum`, `missing`."""
    return question.step.rpartition(".")[2]


def asked(question: Question) -> tuple[Line, ...]:
    """Say what a question is about, and ask it."""
    kind = kind_of(question)
    criterion = CRITERION.get(question.step.partition(".")[0])
    if criterion is not None:
        seen = () if kind != "fits" else lines(f"reflection.sees.{criterion.perspective}")
        said = lines(f"reflection.{criterion.name}.text")
        return (*said, *seen, *lines(f"reflection.{kind}.ask"))
    if kind == "missing":
        return (Line("reflection.missing.ask", detail=Line(f"reflection.{question.group}.name")),)
    return lines(f"reflection.{kind}.ask")


def ways_of(question: Question) -> Iterator[tuple[str, str]]:
    """Give each option of a question, and how it reads; words may be skipped."""
    for option in question.options:
        yield f"{question.step}.{option}", f"reflection.{kind_of(question)}.{option}"
    for way in ("previous",) if isinstance(question, Pick) else ("skip", "previous"):
        yield f"{question.step}.{way}", f"everywhere.{way}"


def read(question: Question, event: Event) -> Answer | None:
    """Read an event as an answer to a question; None when it is none."""
    if isinstance(question, Write):
        is_skipped = isinstance(event, Chose) and event.option == f"{question.step}.skip"
        return Answer(question.step) if is_skipped else question.read(event)
    given = {f"{question.step}.{option}": option for option in question.options}
    match event:
        case Chose(option=option) if option in given:
            return Answer(question.step, option=given[option])
        case _:
            return None
