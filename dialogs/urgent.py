"""Danger: whom to call, in the Netherlands and in Belgium. Contacts only, never advice.

Who typed a threat is told in one sentence where the line is, and where help and a human are. Who
typed what speaks of danger is shown whom to call before anything else. Then they are asked whether
a colleague shall be warned.
"""

from __future__ import annotations

from dialogs.events import Chose, Event
from dialogs.frozen import Frozen
from dialogs.screens import Line, Screen
from dialogs.steps import Move, Step, aside, back, back_button, buttons, lines
from dialogs.values import Place, Purpose, Session, Topic

LINES = Place(Topic.URGENT, "lines")
BOUNDARY = Place(Topic.URGENT, "boundary")
DANGER = Place(Topic.URGENT, "danger")
WARNED = Place(Topic.URGENT, "warned")
WARNING = Place(Topic.CONSENT, Purpose.WARNING)

NETHERLANDS = (
    "nl_112",
    "nl_police",
    "nl_113",
    "nl_veilig_thuis",
    "nl_seksueel_geweld",
    "nl_slachtofferhulp",
    "nl_luisterlijn",
    "nl_kindertelefoon",
)
BELGIUM = ("be_112", "be_101", "be_1712", "be_1813", "be_106", "be_102")
# Whom to call at once: in danger, for thoughts of suicide, and for violence at home.
AT_ONCE = ("nl_112", "nl_113", "nl_veilig_thuis", "be_1813", "be_1712")
WORRIED = (
    *("urgent.worry.first", f"{LINES}.nl_112", f"{LINES}.nl_113", f"{LINES}.be_1813"),
    "urgent.worry.more",
)
"""What stands below an answer to words that may speak of danger."""


class HelpLines(Frozen):
    """Both countries, for the language a person reads says nothing about where they are."""

    def show(self, _session: Session) -> Screen:
        """Show the help lines; one without a number in the settings is not shown."""
        here = lines(*(f"{LINES}.{line}" for line in NETHERLANDS))
        there = lines(*(f"{LINES}.{line}" for line in BELGIUM))
        return Screen(
            (
                *lines(f"{LINES}.first", f"{LINES}.netherlands"),
                *here,
                *lines(f"{LINES}.belgium"),
                *there,
                *lines(f"{LINES}.program"),
            ),
            (back_button(LINES),),
        )

    def answer(self, session: Session, event: Event) -> Move:
        """Go back to where the person came from."""
        return back(session, event)


class Boundary(Frozen):
    """No argument, and nothing is taken away: from here the way leads on to where it was."""

    def show(self, session: Session) -> Screen:
        """Say where the line is, and the safe ways; who has a request is told that staff see it."""
        seen = lines(f"{BOUNDARY}.seen") if session.is_with_staff else ()
        return Screen(
            (*lines(f"{BOUNDARY}.line"), *seen, *lines(f"{BOUNDARY}.danger")),
            (back_button(BOUNDARY),),
        )

    def answer(self, session: Session, event: Event) -> Move:
        """Go back to where the person came from."""
        return back(session, event)


class InDanger(Frozen):
    """After words that speak of danger: help first. The way leads on at once, or to a warning."""

    def show(self, session: Session) -> Screen:
        """Show whom to call at once, and the ways to a human; staff who have a request know."""
        known = f"{BOUNDARY}.seen" if session.is_with_staff else f"{DANGER}.ask"
        help_lines = (f"{LINES}.{line}" for line in AT_ONCE)
        text = (f"{DANGER}.first", *help_lines, known, f"{DANGER}.human", f"{LINES}.program")
        options = ("back",) if session.is_with_staff else ("warn", "back")
        return Screen(lines(*text), buttons(DANGER, *options))

    def answer(self, session: Session, event: Event) -> Move:
        """Ask whether a colleague shall be warned, or go back to where the person came from."""
        match event:
            case Chose(option="warn") if not session.is_with_staff:
                return Move(aside(session, WARNING))
            case _:
                return back(session, event)


class Warned(Frozen):
    """A colleague was warned: what one may do meanwhile, and the way to where the person was."""

    def show(self, session: Session) -> Screen:
        """Say it with the number, when somebody is there at all, and whom to call."""
        number = Line("handoff.waiting.reference", words=session.reference)
        meanwhile = ("handoff.human.hours", "handoff.waiting.write", f"{LINES}.program")
        return Screen(
            (*lines(f"{WARNED}.told"), number, *lines(*meanwhile, f"{LINES}.nl_112")),
            (back_button(WARNED),),
            lasting=True,
        )

    def answer(self, session: Session, event: Event) -> Move:
        """Go back to where the person came from; words go to staff from here as from anywhere."""
        return back(session, event)


STEPS: dict[str, Step] = {
    "lines": HelpLines(),
    "boundary": Boundary(),
    "danger": InDanger(),
    "warned": Warned(),
}
