"""Danger: whom to call, in the Netherlands and in Belgium. Contacts only, never advice.

Who typed a threat is told in one sentence where the line is, and where help and a human are. Who
typed what speaks of danger is shown whom to call before anything else.
"""

from __future__ import annotations

from dataclasses import dataclass

from dialogs.events import Event
from dialogs.screens import Button, Screen
from dialogs.steps import Move, Step, back, back_button, lines
from dialogs.values import Place, Session, Topic

LINES = Place(Topic.URGENT, "lines")
BOUNDARY = Place(Topic.URGENT, "boundary")
DANGER = Place(Topic.URGENT, "danger")

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


@dataclass(frozen=True, slots=True)
class HelpLines:
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


@dataclass(frozen=True, slots=True)
class Boundary:
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


@dataclass(frozen=True, slots=True)
class InDanger:
    """After words that speak of danger: help first. Nothing is asked, and the way leads on."""

    def show(self, session: Session) -> Screen:
        """Show whom to call at once, and the way to a human."""
        seen = lines(f"{BOUNDARY}.seen") if session.is_with_staff else ()
        help_lines = lines(*(f"{LINES}.{line}" for line in AT_ONCE))
        rest = lines(f"{DANGER}.human", f"{LINES}.program")
        back_to_the_way = Button(str(DANGER), "back", f"{DANGER}.back")
        return Screen((*lines(f"{DANGER}.first"), *help_lines, *seen, *rest), (back_to_the_way,))

    def answer(self, session: Session, event: Event) -> Move:
        """Go back to where the person came from."""
        return back(session, event)


STEPS: dict[str, Step] = {"lines": HelpLines(), "boundary": Boundary(), "danger": InDanger()}
