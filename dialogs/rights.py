"""One's rights: see what is kept, correct it, withdraw a consent, erase everything.

One press opens this from anywhere, a second one does it. Nobody is asked whether they are sure.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from dialogs.copies import offered
from dialogs.effects import AskCorrection, ErasePerson, WithdrawConsent
from dialogs.events import Chose, Event, Said
from dialogs.screens import Line, Screen
from dialogs.steps import (
    Move,
    Step,
    Ways,
    aside,
    back,
    back_button,
    buttons,
    lines,
    not_understood,
    words_of,
)
from dialogs.values import Copy, Place, Purpose, Session, Topic

OVERVIEW = Place(Topic.RIGHTS, "overview")
PRIVACY = Place(Topic.RIGHTS, "privacy")
CORRECT = Place(Topic.RIGHTS, "correct")
WITHDRAW = Place(Topic.RIGHTS, "withdraw")
WITHDRAWN = Place(Topic.RIGHTS, "withdrawn")
ERASED = Place(Topic.RIGHTS, "erased")

LONGEST_CORRECTION = 2000

# Being contacted rests on data that may no longer be kept.
RESTS_ON = {Purpose.CONTACT: Purpose.DATA}


@dataclass(frozen=True, slots=True)
class Overview:
    """What somebody may do with what is kept about them."""

    def show(self, session: Session) -> Screen:
        """Say what the rights are, and offer those that there is something for."""
        withdraw = ("withdraw",) if session.agreements else ()
        return Screen(
            lines(f"{OVERVIEW}.ask", f"{OVERVIEW}.telegram", f"{OVERVIEW}.questions"),
            (
                *buttons(OVERVIEW, "copy", "correct", *withdraw, "erase"),
                back_button(OVERVIEW),
            ),
        )

    def answer(self, session: Session, event: Event) -> Move:
        """Do at once what was chosen."""
        match event:
            case Chose(option="copy"):
                return offered(session, Copy.HELD)
            case Chose(option="correct"):
                return Move(aside(session, CORRECT))
            case Chose(option="withdraw") if session.agreements:
                return Move(aside(session, WITHDRAW))
            case Chose(option="erase"):
                return erased(session)
            case _:
                return back(session, event)


@dataclass(frozen=True, slots=True)
class Privacy:
    """What is kept, in short, and where all of it can be read."""

    def show(self, _session: Session) -> Screen:
        """Say it in the words of the card, and where our page is."""
        return Screen(lines("info.privacy.text", f"{PRIVACY}.page"), (back_button(PRIVACY),))

    def answer(self, session: Session, event: Event) -> Move:
        """Go back to where the person came from."""
        return back(session, event)


@dataclass(frozen=True, slots=True)
class Correct:
    """Something is not right: staff hear it with the request; a draft is changed by oneself."""

    def show(self, session: Session) -> Screen:
        """Say how it is put right."""
        if session.is_with_staff:
            return Screen(lines(f"{CORRECT}.ask"), (back_button(CORRECT),), takes_words=True)
        how = f"{CORRECT}.draft" if session.drafts else f"{CORRECT}.human"
        return Screen(lines(how), (back_button(CORRECT),))

    def answer(self, session: Session, event: Event) -> Move:
        """Lay a correction before staff, beside what was said before."""
        match event:
            case Said() if session.is_with_staff:
                words = words_of(event, LONGEST_CORRECTION)
            case _:
                return back(session, event)
        if words is None:
            return Move(session.remarking("problem.too_long"))
        there = back(session, Chose(str(CORRECT), "back")).session
        return Move(there.remarking(f"{CORRECT}.passed_on"), (AskCorrection(words),))


@dataclass(frozen=True, slots=True)
class Withdraw:
    """The consents that stand, each ended by one press."""

    def show(self, session: Session) -> Screen:
        """Offer what can be ended."""
        return Screen(
            lines(f"{WITHDRAW}.ask", f"{WITHDRAW}.after"),
            (*buttons(WITHDRAW, *held(session)), back_button(WITHDRAW)),
        )

    def answer(self, session: Session, event: Event) -> Move:
        """End a consent at once."""
        match event:
            case Chose(option=option) if option in held(session):
                return withdrawn(session, Purpose(option))
            case _:
                return back(session, event)


def held(session: Session) -> list[Purpose]:
    """List the consents that stand, in one order everywhere."""
    return [each for each in Purpose if session.agreed_to(each)]


def erased(session: Session) -> Move:
    """Forget everything; only the language is still known, to say so in, and the proof."""
    gone = Session(place=ERASED, language=session.language, proof=session.proof)
    return Move(gone, (ErasePerson(),))


def withdrawn(session: Session, purpose: Purpose) -> Move:
    """End a consent, and those that rest on it; what was kept under them goes."""
    ended = tuple(
        each.purpose
        for each in session.agreements
        if purpose in {each.purpose, RESTS_ON.get(each.purpose)}
    )
    for each in ended:
        session = session.without(each)
    session = replace(session, sent=tuple(each for each in session.sent if each not in ended))
    match purpose:
        case Purpose.DATA:
            session = replace(session, handoff=None, colleague=None, reference="")
        case Purpose.COMPLAINT:
            session = replace(session, complaint=None)
        case Purpose.CONTACT | Purpose.REFLECTION | Purpose.LETTER:
            pass
    return Move(session.at(WITHDRAWN), tuple(map(WithdrawConsent, ended)))


@dataclass(frozen=True, slots=True)
class Erased:
    """Nothing is left but a number, by which somebody can show that they were erased."""

    def show(self, session: Session) -> Screen:
        """Say what is gone, and give the number."""
        proof = (Line("rights.erased.proof", words=session.proof),) if session.proof else ()
        return Screen((*lines("rights.erased.text", "rights.erased.telegram"), *proof))

    def answer(self, session: Session, _event: Event) -> Move:
        """Point at the buttons that are always there."""
        return not_understood(session)


STEPS: dict[str, Step] = {
    "overview": Overview(),
    "privacy": Privacy(),
    "correct": Correct(),
    "withdraw": Withdraw(),
    "withdrawn": Ways(WITHDRAWN, ("rights.withdrawn.text",), ()),
    "erased": Erased(),
}
