"""A good conversation with one's administrator: what was agreed, and a text for when it goes wrong.

The text is made of the person's own words. They take it along, or hand it to the office; until
they do either, nobody reads it.
"""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.copies import offered
from dialogs.effects import OpenReferral, PassOn
from dialogs.events import Chose, Event
from dialogs.forms import End, Form
from dialogs.frozen import Frozen, replace
from dialogs.review import steps_of
from dialogs.screens import Screen
from dialogs.steps import (
    Before,
    Move,
    Pick,
    Question,
    Step,
    Write,
    before_a_request,
    buttons,
    lines,
    never,
    not_understood,
)
from dialogs.values import PURPOSES, Copy, Handoff, Place, Purpose, Role, Session, Topic

BEGIN = Place(Topic.TALK, "begin")
AGREEMENTS = Place(Topic.TALK, "agreements")
AGAIN = Place(Topic.TALK, "again")
PREPARE = Place(Topic.TALK, "prepare")
PASSING = Place(Topic.TALK, "passing")
REVIEW = Place(Topic.TALK, "review")
DATA_FOR_TEXT = Place(Topic.CONSENT, "data_for_text")
CONVERSATION = Place(Topic.HANDOFF, "conversation")
WAITING = Place(Topic.HANDOFF, "waiting")

QUESTIONS: tuple[Question, ...] = (
    Pick("listener", "text", ("administrator", "office", "other")),
    Write("occasion", "text", 1000),
    Write("point", "text", 1000, optional=never),
)


class Talk(Frozen):
    """What can be done about a conversation that did not go well."""

    place: Place
    text: tuple[str, ...]
    options: tuple[str, ...]

    def show(self, _session: Session) -> Screen:
        """Show the ways on."""
        return Screen(lines(*self.text), buttons(self.place, *self.options))

    def answer(self, session: Session, event: Event) -> Move:
        """Go the chosen way."""
        match event:
            case Chose(option=option) if option in self.options:
                return Move(session.at(way_of(option, session)))
            case _:
                return not_understood(session)


def way_of(option: str, session: Session) -> Place:
    """Say where a choice leads; a draft is gone on with, and an open request is written to."""
    match option:
        case "agreements":
            return AGREEMENTS
        case "prepare":
            return Place(Topic.TALK, "resume") if Topic.TALK in session.drafts else PREPARE
        case "explanation" if session.handoff is Handoff.CLOSED:
            return AGAIN
        case "explanation" | "changed":
            return to_the_office(session)
        case "again":
            return AGAIN
        case _:
            return BEGIN


def to_the_office(session: Session) -> Place:
    """Say where somebody asks the office something."""
    if session.is_with_staff:
        return CONVERSATION
    if Topic.INTAKE in session.drafts:
        return Place(Topic.INTAKE, "resume")
    return before_a_request(session.role)


def taken_along(session: Session) -> Move:
    """Make the text fetchable; it stays as it is, to be changed or handed over."""
    return offered(session, Copy.TALK_TEXT)


def passed_on(session: Session) -> Move:
    """Hand the text to the office: as words in an open request, or as a request of its own."""
    given = FORM.answered(session)
    if session.is_with_staff:
        gone = FORM.let_go(session)
        words = (PassOn(answer.words) for answer in given if answer.words)
        return Move(gone.session.at(CONVERSATION), (*words, *gone.effects))
    if not session.agreed_to(Purpose.DATA):
        return Move(session.at(PASSING))
    agreed = tuple(each for each in session.agreements if each.purpose in PURPOSES[Topic.INTAKE])
    opened = OpenReferral(
        session.reference, session.service, session.role or Role.CLIENT, agreed, given
    )
    gone = FORM.let_go(session.sending(each.purpose for each in agreed))
    waiting = replace(gone.session, place=WAITING, handoff=Handoff.WAITING, is_warning=False)
    return Move(waiting, (opened, *gone.effects))


def ends(_session: Session) -> Mapping[str, End]:
    """Name what can be done with the text."""
    return {"take_along": taken_along, "pass_on": passed_on}


FORM = Form(
    topic=Topic.TALK,
    purposes=frozenset({Purpose.LETTER}),
    questions=QUESTIONS,
    before=PREPARE,
    ends=ends,
    begins="questions",
)

STEPS: dict[str, Step] = {
    "begin": Talk(
        BEGIN,
        (f"{BEGIN}.ask", f"{BEGIN}.first"),
        ("agreements", "prepare", "explanation", "again"),
    ),
    "agreements": Talk(
        AGREEMENTS,
        (f"{AGREEMENTS}.yours", f"{AGREEMENTS}.together", f"{AGREEMENTS}.office"),
        ("prepare", "begin"),
    ),
    "again": Talk(AGAIN, (f"{AGAIN}.same", f"{AGAIN}.new"), ("changed", "prepare", "begin")),
    "prepare": Before(
        PREPARE,
        (f"{PREPARE}.what", f"{PREPARE}.words"),
        Place(Topic.CONSENT, Purpose.LETTER),
        (("not_now", BEGIN),),
    ),
    # For the office to have it, keeping it is agreed to as for any request.
    "passing": Before(
        PASSING, (f"{PASSING}.who", f"{PASSING}.words"), DATA_FOR_TEXT, (("not_now", REVIEW),)
    ),
    **steps_of(FORM),
}
