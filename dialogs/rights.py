"""One's rights: see what is kept, correct it, withdraw a consent, erase everything.

One press opens this from anywhere, a second one does it. Nobody is asked whether they are sure.
"""

from __future__ import annotations

from dialogs.copies import offered
from dialogs.effects import AskCorrection, ErasePerson, WithdrawConsent
from dialogs.events import Chose, Event, Said
from dialogs.frozen import Frozen, replace
from dialogs.screens import Button, Line, Screen
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
from dialogs.values import ASKED_BY_STAFF, Copy, Handoff, Place, Purpose, Session, Topic

OVERVIEW = Place(Topic.RIGHTS, "overview")
PRIVACY = Place(Topic.RIGHTS, "privacy")
CORRECT = Place(Topic.RIGHTS, "correct")
WITHDRAW = Place(Topic.RIGHTS, "withdraw")
WITHDRAWN = Place(Topic.RIGHTS, "withdrawn")
ERASED = Place(Topic.RIGHTS, "erased")

REST = Place(Topic.RIGHTS, "rest")

LONGEST_CORRECTION = 2000
# With the way to the rest there are five buttons.
CONSENTS_AT_ONCE = 4

# All else rests on data that may no longer be kept.
RESTS_ON = dict.fromkeys((Purpose.CONTACT, Purpose.WARNING, *ASKED_BY_STAFF), Purpose.DATA)


class Overview(Frozen):
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


class Privacy(Frozen):
    """What is kept, in short, and where all of it can be read."""

    def show(self, _session: Session) -> Screen:
        """Say it in the words of the card, and where our page is."""
        return Screen(lines("info.privacy.text", f"{PRIVACY}.page"), (back_button(PRIVACY),))

    def answer(self, session: Session, event: Event) -> Move:
        """Go back to where the person came from."""
        return back(session, event)


class Correct(Frozen):
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


class Withdraw(Frozen):
    """The consents that stand, from the first that this page shows, each ended by one press."""

    place: Place
    first: int
    other: Place

    def show(self, session: Session) -> Screen:
        """Offer what can be ended, and the other page when there is one."""
        options = [*self.held(session), *(("other",) if self.leads_on(session) else ())]
        choices = (Button(str(self.place), each, f"{WITHDRAW}.{each}") for each in options)
        text = lines(f"{WITHDRAW}.ask", f"{WITHDRAW}.after")
        return Screen(text, (*choices, back_button(self.place)))

    def answer(self, session: Session, event: Event) -> Move:
        """End a consent at once, or turn to the other page."""
        match event:
            case Chose(option=option) if option in self.held(session):
                return withdrawn(session, Purpose(option))
            case Chose(option="other") if self.leads_on(session):
                return Move(aside(session, self.other))
            case _:
                return back(session, event)

    def held(self, session: Session) -> list[Purpose]:
        """List the consents that stand and are on this page, in one order everywhere."""
        stand = [each for each in Purpose if session.agreed_to(each)]
        return stand[self.first :] if self.first else stand[:CONSENTS_AT_ONCE]

    def leads_on(self, session: Session) -> bool:
        """Say whether there is another page; the second leads to the first, if there is room."""
        if self.first:
            return len(self.held(session)) <= CONSENTS_AT_ONCE
        return len(session.agreements) > CONSENTS_AT_ONCE


def erased(session: Session) -> Move:
    """Forget everything; only the language is still known, to say so in, and the proof."""
    gone = Session(place=ERASED, language=session.language, proof=session.proof)
    return Move(gone, (ErasePerson(),))


def withdrawn(session: Session, purpose: Purpose) -> Move:
    """End a consent, and those that rest on it; what was kept under them goes.

    Nothing is kept under what staff asked for, and what they did already cannot be undone.
    """
    ended = tuple(
        each.purpose
        for each in session.agreements
        if purpose in {each.purpose, RESTS_ON.get(each.purpose)}
    )
    for each in ended:
        session = session.without(each)
    session = replace(session, sent=tuple(each for each in session.sent if each not in ended))
    if purpose is Purpose.DATA or (purpose is Purpose.WARNING and session.is_warning):
        # Before a warning there may have been a request, which is over.
        before = Handoff.CLOSED if Purpose.DATA in session.sent else None
        gone = replace(session, handoff=before, asked=None, colleague=None, reference="")
        session = replace(gone, is_warning=False)
    if purpose is Purpose.COMPLAINT:
        session = replace(session, complaint=None)
    there = session.at(WITHDRAWN)
    if purpose in ASKED_BY_STAFF:
        there = session.at(WITHDRAW).remarking(f"{WITHDRAW}.from_now_on")
    return Move(there, tuple(map(WithdrawConsent, ended)))


class Erased(Frozen):
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
    "withdraw": Withdraw(WITHDRAW, 0, REST),
    "rest": Withdraw(REST, CONSENTS_AT_ONCE, WITHDRAW),
    "withdrawn": Ways(WITHDRAWN, ("rights.withdrawn.text",), ()),
    "erased": Erased(),
}
