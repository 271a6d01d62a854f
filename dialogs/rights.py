"""What is kept about a person, and the two ways to end it: withdraw a consent, erase everything.

One press opens this from anywhere, a second one does it. Nobody is asked whether they are sure.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from dialogs.effects import ErasePerson, WithdrawConsent
from dialogs.steps import Move, Step, Ways, back, back_button, buttons, lines
from dialogs.values import Chose, Event, Place, Purpose, Screen, Session, Topic

OVERVIEW = Place(Topic.RIGHTS, "overview")
WITHDRAWN = Place(Topic.RIGHTS, "withdrawn")
ERASED = Place(Topic.RIGHTS, "erased")


@dataclass(frozen=True, slots=True)
class Overview:
    """Which consents stand; each can be withdrawn on its own, and everything can be erased."""

    def show(self, session: Session) -> Screen:
        """Show what was agreed to, and the ways to end it."""
        held = [f"{OVERVIEW}.held_{each}" for each in Purpose if session.agreed_to(each)]
        ways = [f"withdraw_{each}" for each in Purpose if session.agreed_to(each)]
        return Screen(
            lines(
                f"{OVERVIEW}.ask",
                *(held or [f"{OVERVIEW}.held_nothing"]),
                f"{OVERVIEW}.telegram",
                f"{OVERVIEW}.questions",
            ),
            (*buttons(OVERVIEW, *ways, "erase"), back_button(OVERVIEW)),
        )

    def answer(self, session: Session, event: Event) -> Move:
        """Do at once what was chosen."""
        match event:
            case Chose(option="erase"):
                return Move(Session(place=ERASED, language=session.language), (ErasePerson(),))
            case Chose(option="withdraw_contact") if session.agreed_to(Purpose.CONTACT):
                without = session.without(Purpose.CONTACT).at(WITHDRAWN)
                return Move(without, (WithdrawConsent(Purpose.CONTACT),))
            case Chose(option="withdraw_data") if session.agreed_to(Purpose.DATA):
                return withdrawn_wholly(session)
            case _:
                return back(session, event)


def withdrawn_wholly(session: Session) -> Move:
    """End all consents: being contacted rests on data that may no longer be kept."""
    effects = tuple(WithdrawConsent(each.purpose) for each in session.agreements)
    ended = replace(
        session,
        agreements=(),
        answers=(),
        handoff=None,
        earlier=False,
        colleague=None,
        reference="",
    )
    return Move(ended.at(WITHDRAWN), effects)


STEPS: dict[str, Step] = {
    "overview": Overview(),
    "withdrawn": Ways(WITHDRAWN, ("rights.withdrawn.text",), ()),
    "erased": Ways(ERASED, ("rights.erased.text", "rights.erased.telegram"), ()),
}
