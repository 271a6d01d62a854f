"""Whether a colleague shall be warned after words of danger: asked of who has no open request.

Help came first, and what is passed on is said before the yes: never what was typed. Nobody is asked
their age for it, for nothing is asked of them.
"""

from __future__ import annotations

from dialogs.effects import NoteDanger, RecordConsent, WarnStaff
from dialogs.events import Chose, Danger, Event
from dialogs.frozen import Frozen, replace
from dialogs.screens import Screen
from dialogs.steps import MENU, Move, Step, back, buttons, lines, not_understood
from dialogs.values import Agreement, Handoff, Place, Purpose, Session, Topic

WARNING = Place(Topic.CONSENT, Purpose.WARNING)
WARNED = Place(Topic.URGENT, "warned")
AGREEMENT = Agreement(Purpose.WARNING, "warning-1")


class AskToWarn(Frozen):
    """Yes and no stand side by side; either leads on from where the person was."""

    version: str = AGREEMENT.version

    def show(self, _session: Session) -> Screen:
        """Ask, and say what staff learn, that nobody knows when they look, and whom to call."""
        text = lines(f"{WARNING}.ask", f"{WARNING}.details", "urgent.lines.nl_112")
        return Screen(text, buttons(WARNING, "yes", "no"))

    def answer(self, session: Session, event: Event) -> Move:
        """Warn a colleague after a yes, and nobody after a no."""
        match event:
            case Chose(option="yes") if session.is_with_staff:
                # A colleague opened their request again meanwhile.
                return Move(session.at(WARNED), (NoteDanger(Danger.HARD),))
            case Chose(option="yes"):
                return warned(session)
            case Chose(option="no"):
                there = back(session, Chose(str(WARNING), "back")).session
                return Move(there.remarking(f"{WARNING}.respected"))
            case _:
                return not_understood(session)


def warned(session: Session) -> Move:
    """Put a request before staff that holds no answer; who they are is not asked meanwhile."""
    agreed = session.under(AGREEMENT).sending([Purpose.WARNING])
    waiting = replace(agreed, place=WARNED, handoff=Handoff.WAITING, is_warning=True)
    if session.role is None:
        waiting = replace(waiting, came_from=MENU)
    recorded = RecordConsent(AGREEMENT.purpose, AGREEMENT.version)
    return Move(waiting, (recorded, WarnStaff(session.reference, session.service, AGREEMENT)))


STEPS: dict[str, Step] = {Purpose.WARNING.value: AskToWarn()}
