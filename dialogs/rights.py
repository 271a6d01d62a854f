"""What is kept about a person, and the two ways to end it: withdraw a consent, erase everything.

One press opens this from anywhere, a second one does it. Nobody is asked whether they are sure.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from dialogs.copies import offered
from dialogs.effects import ErasePerson, WithdrawConsent
from dialogs.events import Chose, Event
from dialogs.screens import Screen
from dialogs.steps import Move, Step, Ways, back, back_button, buttons, lines
from dialogs.values import Copy, Place, Purpose, Session, Topic

OVERVIEW = Place(Topic.RIGHTS, "overview")
WITHDRAWN = Place(Topic.RIGHTS, "withdrawn")
ERASED = Place(Topic.RIGHTS, "erased")

# Being contacted rests on data that may no longer be kept.
RESTS_ON = {Purpose.CONTACT: Purpose.DATA}


@dataclass(frozen=True, slots=True)
class Overview:
    """Which consents stand; each can be withdrawn on its own, and everything can be erased."""

    def show(self, session: Session) -> Screen:
        """Show what was agreed to, and the ways to end it."""
        held = [f"{OVERVIEW}.held_{each}" for each in Purpose if session.agreed_to(each)]
        return Screen(
            lines(
                f"{OVERVIEW}.ask",
                *(held or [f"{OVERVIEW}.held_nothing"]),
                f"{OVERVIEW}.telegram",
                f"{OVERVIEW}.questions",
            ),
            (
                *buttons(OVERVIEW, "copy", *self.withdrawals(session), "erase"),
                back_button(OVERVIEW),
            ),
        )

    def answer(self, session: Session, event: Event) -> Move:
        """Do at once what was chosen."""
        match event:
            case Chose(option="copy"):
                return offered(session, Copy.HELD)
            case Chose(option="erase"):
                return erased(session)
            case Chose(option=option) if option in self.withdrawals(session):
                return withdrawn(session, self.withdrawals(session)[option])
            case _:
                return back(session, event)

    def withdrawals(self, session: Session) -> dict[str, Purpose]:
        """Name each consent that stands, and can be ended on its own."""
        return {f"withdraw_{each}": each for each in Purpose if session.agreed_to(each)}


def erased(session: Session) -> Move:
    """Forget everything; only the language is still known, to say so in."""
    return Move(Session(place=ERASED, language=session.language), (ErasePerson(),))


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
    if purpose is Purpose.DATA:
        session = replace(session, handoff=None, colleague=None, reference="")
        session = session.done_with(Topic.INTAKE)
    return Move(session.at(WITHDRAWN), tuple(map(WithdrawConsent, ended)))


STEPS: dict[str, Step] = {
    "overview": Overview(),
    "withdrawn": Ways(WITHDRAWN, ("rights.withdrawn.text",), ()),
    "erased": Ways(ERASED, ("rights.erased.text", "rights.erased.telegram"), ()),
}
