"""The kinds of step: what a place shows, and what it makes of an event.

A step looks at nothing but the session. What it does not understand it hands back as it was, with
a remark, so that a mistake never costs anybody anything.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from dialogs.effects import Effect
from dialogs.events import Chose, Event, Said
from dialogs.frozen import Frozen, replace
from dialogs.screens import Button, Line, Screen
from dialogs.values import ASKED_BY_STAFF, Answer, Place, Purpose, Role, Session, Topic

MENU = Place(Topic.WELCOME, "menu")
AGE = Place(Topic.CONSENT, "age")
READY = Place(Topic.COPIES, "ready")
LANGUAGE_PLACES = tuple(Place(Topic.WELCOME, step) for step in ("language", "fr_de_pl", "tr_ar_uk"))
"""Where a language is asked for; beside the first place each is named by what it offers."""
ASIDE = frozenset(
    {
        *(Place(Topic.CONSENT, purpose) for purpose in (*ASKED_BY_STAFF, Purpose.WARNING)),
        READY,
        Place(Topic.HANDOFF, "human"),
        Place(Topic.RIGHTS, "overview"),
        Place(Topic.RIGHTS, "privacy"),
        Place(Topic.RIGHTS, "correct"),
        Place(Topic.RIGHTS, "withdraw"),
        Place(Topic.RIGHTS, "rest"),
        Place(Topic.URGENT, "lines"),
        *LANGUAGE_PLACES,
        Place(Topic.URGENT, "boundary"),
        Place(Topic.URGENT, "danger"),
        Place(Topic.URGENT, "warned"),
        Place(Topic.WELCOME, "help"),
    }
)
OWN_WORDS = frozenset({Role.REFERRER, Role.CLIENT, Role.MENTORING})
"""For whom a request is something else than applying for mediation for oneself."""
ASKING = frozenset(
    {AGE, *LANGUAGE_PLACES, Place(Topic.WELCOME, "role"), Place(Topic.WELCOME, "other_role")}
)
"""Where somebody who is bound for another place is asked something first."""
PRESS_A_BUTTON = "problem.press_a_button"

Condition = Callable[[Session], bool]


class Move(Frozen):
    """Where an event leads, and what must become true because of it."""

    session: Session
    effects: tuple[Effect, ...] = ()


class Step(Protocol):
    """One place of a conversation."""

    def show(self, session: Session) -> Screen:
        """Say what is on the screen here."""
        ...

    def answer(self, session: Session, event: Event) -> Move:
        """Say where an event leads from here."""
        ...


def lines(*ids: str) -> tuple[Line, ...]:
    """Make plain lines of message ids."""
    return tuple(Line(id) for id in ids)


def buttons(place: Place, *options: str) -> tuple[Button, ...]:
    """Make the buttons of a place; each label is worded as `<topic>.<step>.<option>`."""
    return tuple(Button(str(place), option, f"{place}.{option}") for option in options)


def back_button(place: Place) -> Button:
    """Make the button that leads back; it reads the same everywhere."""
    return Button(str(place), "back", "everywhere.back")


def not_understood(session: Session) -> Move:
    """Stay, and say what is possible here."""
    return Move(session.remarking(PRESS_A_BUTTON))


def aside(session: Session, place: Place) -> Session:
    """Look at something beside the way, and remember where the way was."""
    is_beside = session.place in ASIDE and session.came_from is not None
    came_from = session.came_from if is_beside else session.place
    return replace(session, place=place, came_from=came_from)


def back(session: Session, event: Event) -> Move:
    """Go back to where the person was before they looked aside."""
    match event:
        case Chose(option="back"):
            return Move(replace(session, place=session.came_from or MENU, came_from=None))
        case _:
            return not_understood(session)


def toward(session: Session, consent: Place) -> Session:
    """Lead to a consent; before the first one an age is asked. To warn somebody none was."""
    if any(each.purpose is not Purpose.WARNING for each in session.agreements):
        return session.at(consent)
    return replace(session, place=AGE, bound_for=consent)


def before_a_request(role: Role | None) -> Place:
    """Name the place that says what to know before somebody of this role sends a request."""
    return Place(Topic.CONSENT, f"before_{role}" if role in OWN_WORDS else "before")


def unbound(session: Session) -> Session:
    """Forget where somebody was bound for, once they went elsewhere than where that is asked."""
    if session.bound_for is None:
        return session
    before = session.came_from if session.place in ASIDE else None
    is_asked = not ASKING.isdisjoint({session.place, before})
    return session if is_asked else replace(session, bound_for=None)


class Before(Frozen):
    """What to know before a consent; whoever goes on is asked for it, and first for their age."""

    place: Place
    text: tuple[str, ...]
    consent: Place
    ways: tuple[tuple[str, Place], ...]

    def show(self, _session: Session) -> Screen:
        """Show the text, the way on and the ways around it."""
        options = ("go_on", *(option for option, _ in self.ways))
        return Screen(lines(*self.text), buttons(self.place, *options))

    def answer(self, session: Session, event: Event) -> Move:
        """Go on, or go where the choice leads."""
        match event:
            case Chose(option="go_on"):
                return Move(toward(session, self.consent))
            case Chose(option=option) if option in dict(self.ways):
                return Move(session.at(dict(self.ways)[option]))
            case _:
                return not_understood(session)


def kept(session: Session, answer: Answer) -> Session:
    """Keep an answer in the place of an earlier one to the same question."""
    others = tuple(other for other in session.answers if other.step != answer.step)
    return replace(session, answers=(*others, answer))


class Ways(Frozen):
    """A place of text and choices, each of which only leads somewhere else."""

    place: Place
    text: tuple[str, ...]
    ways: tuple[tuple[str, Place], ...]

    def show(self, _session: Session) -> Screen:
        """Show the text and the choices."""
        return Screen(lines(*self.text), buttons(self.place, *(option for option, _ in self.ways)))

    def answer(self, session: Session, event: Event) -> Move:
        """Go where the choice leads."""
        match event:
            case Chose(option=option) if option in dict(self.ways):
                return Move(session.at(dict(self.ways)[option]))
            case _:
                return not_understood(session)


def words_of(event: Event, limit: int) -> str | None:
    """Read typed words as an answer; None when they are empty or longer than `limit` characters."""
    match event:
        case Said(words=words) if 0 < len(words.strip()) <= limit:
            return words.strip()
        case _:
            return None


def always(_session: Session) -> bool:
    """Ask everybody, or let everybody skip."""
    return True


def never(_session: Session) -> bool:
    """Let nobody skip."""
    return False


def anything(_words: str) -> bool:
    """Take whatever was typed."""
    return True


class Pick(Frozen):
    """A question with options."""

    step: str
    group: str
    options: tuple[str, ...]
    when: Condition = always
    optional: Condition = always

    def read(self, event: Event) -> Answer | None:
        """Read an event as an answer; None when it is none."""
        match event:
            case Chose(option=option) if option in self.options:
                return Answer(self.step, option=option)
            case _:
                return None

    def problem(self, _event: Event, _place: Place) -> str:
        """Name what to say about an event that is no answer."""
        return PRESS_A_BUTTON


class Write(Frozen):
    """A question answered in one's own words, up to `limit` characters."""

    step: str
    group: str
    limit: int = 100
    when: Condition = always
    optional: Condition = always
    fits: Callable[[str], bool] = anything
    options: tuple[str, ...] = ()

    def read(self, event: Event) -> Answer | None:
        """Read typed words as an answer; None when they do not fit."""
        words = words_of(event, self.limit)
        if words is None or not self.fits(words):
            return None
        return Answer(self.step, words=words)

    def problem(self, event: Event, place: Place) -> str:
        """Name what to say about an event that is no answer."""
        match event:
            case Said(words=words) if len(words.strip()) > self.limit:
                return "problem.too_long"
            case Said() if self.fits is not anything:
                return f"{place}.problem"
            case _:
                return "problem.write_or_skip"


Question = Pick | Write
