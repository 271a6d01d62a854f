"""The first minute: a language, that this is a computer program, who you are, the menu."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dialogs.steps import MENU, Move, Step, Ways, back, back_button, buttons, lines, not_understood
from dialogs.values import Chose, Event, Place, Role, Screen, Session, Topic

LANGUAGES = ("nl", "en")
MAY_REQUEST = frozenset({Role.VICTIM, Role.OFFENDER, Role.RELATIVE, Role.UNDISCLOSED})

LANGUAGE = Place(Topic.WELCOME, "language")
ROLE = Place(Topic.WELCOME, "role")
HELP = Place(Topic.WELCOME, "help")


@dataclass(frozen=True, slots=True)
class PickLanguage:
    """Languages are offered by their own names; who came by a link is not asked who they are."""

    def show(self, _session: Session) -> Screen:
        """Ask for a language."""
        return Screen(lines("welcome.computer", f"{LANGUAGE}.ask"), buttons(LANGUAGE, *LANGUAGES))

    def answer(self, session: Session, event: Event) -> Move:
        """Speak the chosen language from here on."""
        match event:
            case Chose(option=language) if language in LANGUAGES:
                return Move(replace(session, language=language, place=where_to_begin(session)))
            case _:
                return not_understood(session)


@dataclass(frozen=True, slots=True)
class PickRole:
    """Nobody has to say who they are: the last choice opens the same information."""

    def show(self, _session: Session) -> Screen:
        """Ask what fits best."""
        return Screen(lines("welcome.hello", f"{ROLE}.ask"), buttons(ROLE, *Role))

    def answer(self, session: Session, event: Event) -> Move:
        """Remember the role, for the wording and the ways that fit it."""
        match event:
            case Chose(option=option) if option in set(Role):
                return Move(replace(session, role=Role(option), place=MENU))
            case _:
                return not_understood(session)


@dataclass(frozen=True, slots=True)
class Menu:
    """All ways from here. What is not possible for this person is not shown."""

    def show(self, session: Session) -> Screen:
        """Show the ways that are open."""
        return Screen(lines(f"{MENU}.ask"), buttons(MENU, *ways_from(session)))

    def answer(self, session: Session, event: Event) -> Move:
        """Go the chosen way."""
        match event:
            case Chose(option=option) if option in ways_from(session):
                return Move(session.at(ways_from(session)[option]))
            case _:
                return not_understood(session)


@dataclass(frozen=True, slots=True)
class Help:
    """What this program can do, and what can be typed."""

    def show(self, _session: Session) -> Screen:
        """Explain in a few words."""
        return Screen(lines("welcome.help.text", "welcome.help.commands"), (back_button(HELP),))

    def answer(self, session: Session, event: Event) -> Move:
        """Go back to where the person came from."""
        return back(session, event)


def where_to_begin(session: Session) -> Place:
    """Skip the question that was answered before, or by the link somebody came through."""
    return ROLE if session.role is None else MENU


def ways_from(session: Session) -> dict[str, Place]:
    """Name the ways of the menu that are open, in the order they are shown."""
    ways = {"information": Place(Topic.INFO, "subjects")}
    if session.is_with_staff:
        ways["conversation"] = Place(Topic.HANDOFF, "conversation")
    elif session.role not in MAY_REQUEST:
        pass
    elif session.is_drafting:
        ways["resume"] = Place(Topic.INTAKE, "resume")
    else:
        ways["request"] = Place(Topic.CONSENT, "before")
    if may_change_role(session):
        ways["someone_else"] = ROLE
    ways["language"] = LANGUAGE
    return ways


def may_change_role(session: Session) -> bool:
    """Say whether the role is free: a request that is being made or was sent keeps its own."""
    return not session.is_with_staff and not session.is_drafting


STEPS: dict[str, Step] = {
    "language": PickLanguage(),
    "role": PickRole(),
    "menu": Menu(),
    "stopped": Ways(Place(Topic.WELCOME, "stopped"), ("welcome.stopped.text",), ()),
    "help": Help(),
}
