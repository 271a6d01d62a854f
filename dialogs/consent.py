"""The consent questions: what to know first, an age, and each purpose asked on its own.

A no costs nothing: it leads back to the menu or on with less, and keeps all information open.
The versions stand beside the questions; a changed text gets a new version, so that every recorded
consent still says what it was given to.
"""

from __future__ import annotations

from dialogs.effects import CountNo, RecordConsent, WithdrawConsent
from dialogs.events import Chose, Event
from dialogs.frozen import Frozen, replace
from dialogs.safeguards import SCREENS
from dialogs.screens import Button, Screen
from dialogs.steps import (
    AGE,
    MENU,
    OWN_WORDS,
    Move,
    Step,
    Ways,
    before_a_request,
    buttons,
    lines,
    not_understood,
)
from dialogs.values import Agreement, Place, Purpose, Session, Topic

BEFORE = before_a_request(None)
YOUNG = Place(Topic.CONSENT, "young")
DATA = Place(Topic.CONSENT, "data")
CONTACT = Place(Topic.CONSENT, "contact")
REFLECTION = Place(Topic.CONSENT, "reflection")
LETTER = Place(Topic.CONSENT, "letter")
LETTER_OF_COMPLAINT = Place(Topic.CONSENT, "letter_of_complaint")
DATA_FOR_TEXT = Place(Topic.CONSENT, "data_for_text")
FIRST_QUESTION = Place(Topic.INTAKE, "begin")

DATA_VERSION = "data-3"
LETTER_VERSION = "letter-2"


class AskAge(Frozen):
    """Asked before anything is kept, and not kept itself: it only decides which way is open."""

    def show(self, _session: Session) -> Screen:
        """Ask whether somebody is 16 or older."""
        return Screen(lines(f"{AGE}.ask"), buttons(AGE, "yes", "no", "rather_not_say"))

    def answer(self, session: Session, event: Event) -> Move:
        """Go on; or keep nothing at all, not even who somebody said they are."""
        match event:
            case Chose(option="yes"):
                return Move(replace(session, place=session.bound_for or DATA, bound_for=None))
            case Chose(option="no" | "rather_not_say"):
                # A request that was sent keeps its own.
                role = session.role if session.is_with_staff else None
                return Move(replace(session, place=YOUNG, bound_for=None, role=role))
            case _:
                return not_understood(session)


class AskConsent(Frozen):
    """Yes and no stand side by side, nothing is chosen beforehand, and both cost one press.

    `topic` is what a yes begins to draft; None where answers stay until somebody ends them.
    """

    place: Place
    topic: Topic | None
    purpose: Purpose
    version: str
    when_yes: Place
    when_no: Place

    @property
    def text(self) -> Place:
        """Name the words of the consent: one text for a purpose, wherever it is asked for."""
        return Place(Topic.CONSENT, self.purpose)

    def show(self, _session: Session) -> Screen:
        """Ask for one consent, for one purpose."""
        choices = (Button(str(self.place), each, f"{self.text}.{each}") for each in ("yes", "no"))
        return Screen(lines(f"{self.text}.ask", f"{self.text}.details"), tuple(choices))

    def answer(self, session: Session, event: Event) -> Move:
        """Record a yes; let a no be a no."""
        match event:
            case Chose(option="yes"):
                agreed = session.under(Agreement(self.purpose, self.version))
                begun = agreed if self.topic is None else agreed.drafting(self.topic)
                effect = RecordConsent(self.purpose, self.version)
                return Move(begun.at(self.when_yes), (effect,))
            case Chose(option="no"):
                return self.declined(session)
            case _:
                return not_understood(session)

    def declined(self, session: Session) -> Move:
        """Respect a no: to a new request, or to being contacted at all."""
        respected = session.at(self.when_no).remarking(f"{self.text}.respected")
        if self.purpose is Purpose.CONTACT and session.agreed_to(Purpose.CONTACT):
            return Move(respected.without(Purpose.CONTACT), (WithdrawConsent(Purpose.CONTACT),))
        return Move(respected, (CountNo(session.service),) if self.place == DATA else ())


ASKED: tuple[AskConsent, ...] = (
    AskConsent(DATA, Topic.INTAKE, Purpose.DATA, DATA_VERSION, when_yes=CONTACT, when_no=MENU),
    AskConsent(
        CONTACT,
        Topic.INTAKE,
        Purpose.CONTACT,
        "contact-1",
        when_yes=FIRST_QUESTION,
        when_no=FIRST_QUESTION,
    ),
    AskConsent(
        REFLECTION,
        None,
        Purpose.REFLECTION,
        "reflection-1",
        when_yes=Place(Topic.REFLECTION, "level"),
        when_no=MENU,
    ),
    AskConsent(
        LETTER,
        Topic.TALK,
        Purpose.LETTER,
        LETTER_VERSION,
        when_yes=Place(Topic.TALK, "questions"),
        when_no=Place(Topic.TALK, "begin"),
    ),
    AskConsent(
        LETTER_OF_COMPLAINT,
        Topic.COMPLAINT,
        Purpose.LETTER,
        LETTER_VERSION,
        when_yes=Place(Topic.COMPLAINT, "questions"),
        when_no=MENU,
    ),
    AskConsent(
        DATA_FOR_TEXT,
        Topic.TALK,
        Purpose.DATA,
        DATA_VERSION,
        when_yes=Place(Topic.TALK, "review"),
        when_no=Place(Topic.TALK, "review"),
    ),
    AskConsent(
        Place(Topic.CONSENT, "complaint"),
        Topic.COMPLAINT,
        Purpose.COMPLAINT,
        "complaint-2",
        when_yes=Place(Topic.COMPLAINT, "questions"),
        when_no=MENU,
    ),
)


def before(place: Place, text: tuple[str, ...], onward: Place = AGE) -> Ways:
    """Say what to know before the first consent; whoever has read all is asked their age."""
    return Ways(
        place,
        tuple(f"{place}.{each}" for each in text),
        (("go_on", onward), ("read_more", Place(Topic.INFO, "subjects")), ("not_now", MENU)),
    )


STEPS: dict[str, Step] = {
    **{
        place.step: before(place, text, onward)
        for (place, text), onward in zip(SCREENS.items(), (*SCREENS, AGE)[1:], strict=True)
    },
    **{
        place.step: before(place, ("choice", "other", "words"))
        for place in map(before_a_request, sorted(OWN_WORDS))
    },
    "age": AskAge(),
    "young": Ways(
        YOUNG,
        ("consent.young.text", "consent.young.human"),
        (("information", Place(Topic.INFO, "subjects")),),
    ),
    **{question.place.step: question for question in ASKED},
}
