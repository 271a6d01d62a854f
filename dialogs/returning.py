"""Coming back: a code of 16 digits that opens this conversation again, at any door.

Whether digits are somebody's is not known in this room. The conductor looks that up when words are
typed at `ENTER`: who has the right ones arrives as `Returned` in their own conversation, and
everybody else reads one and the same answer.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from dialogs.effects import KeepCode
from dialogs.events import Chose, Event, Said
from dialogs.screens import Line, Screen
from dialogs.steps import ASIDE, MENU, Move, Step, back_button, buttons, lines, not_understood
from dialogs.values import Place, Session, Topic

CODE_DIGITS = 16
GROUP = 4
SEPARATORS = " -.\u00a0"

BEGIN = Place(Topic.RETURNING, "begin")
ENTER = Place(Topic.RETURNING, "enter")
CODE = Place(Topic.RETURNING, "code")
CONFIRM = Place(Topic.RETURNING, "confirm")

NOT_FOUND = f"{ENTER}.not_found"
DIFFERENT = f"{CONFIRM}.problem"
KEPT = f"{CODE}.kept"


@dataclass(frozen=True, slots=True)
class Begin:
    """What a code is for; who has a conversation here already keeps that one."""

    def show(self, session: Session) -> Screen:
        """Say what can be done here."""
        own = () if may_enter(session) else lines(f"{BEGIN}.own")
        text = lines(f"{BEGIN}.ask", f"{BEGIN}.term")
        return Screen((*text, *own), buttons(BEGIN, *self.options(session)))

    def answer(self, session: Session, event: Event) -> Move:
        """Go there."""
        match event:
            case Chose(option=option) if option in self.options(session):
                return Move(session.at(Place(Topic.RETURNING, option)))
            case _:
                return not_understood(session)

    def options(self, session: Session) -> tuple[str, ...]:
        """List what is possible for this person, each by the step it leads to."""
        return ("enter", "code") if may_enter(session) else ("code",)


@dataclass(frozen=True, slots=True)
class Enter:
    """The box for a code. Words that arrive here were no code of anybody."""

    def show(self, _session: Session) -> Screen:
        """Ask for the digits."""
        return Screen(lines(f"{ENTER}.ask"), (back_button(ENTER),), takes_words=True)

    def answer(self, session: Session, event: Event) -> Move:
        """Say the same to everything that opens nothing."""
        match event:
            case Chose(option="back"):
                return Move(session.at(BEGIN))
            case Said():
                return Move(session.remarking(NOT_FOUND))
            case _:
                return not_understood(session)


@dataclass(frozen=True, slots=True)
class Code:
    """A new code, to be written down. It works only once it was confirmed."""

    def show(self, session: Session) -> Screen:
        """Show the digits in groups."""
        digits = Line(f"{CODE}.digits", words=grouped(session.code))
        return Screen(
            (*lines(f"{CODE}.ask"), digits, *lines(f"{CODE}.alone")),
            (*buttons(CODE, "written"), back_button(CODE)),
            takes_words=True,
        )

    def answer(self, session: Session, event: Event) -> Move:
        """Let who wrote it down confirm that; who types it here has confirmed it."""
        match event:
            case Chose(option="written"):
                return Move(session.at(CONFIRM))
            case Chose(option="back"):
                return Move(session.at(BEGIN))
            case _:
                return confirmed(session, event)


@dataclass(frozen=True, slots=True)
class Confirm:
    """The end of the code once more, from the paper: many people go on without writing it down."""

    def show(self, _session: Session) -> Screen:
        """Ask for the last group."""
        return Screen(lines(f"{CONFIRM}.ask"), buttons(CONFIRM, "show"), takes_words=True)

    def answer(self, session: Session, event: Event) -> Move:
        """Keep the code, or show it again."""
        match event:
            case Chose(option="show"):
                return Move(session.at(CODE))
            case _:
                return confirmed(session, event)


def confirmed(session: Session, event: Event) -> Move:
    """Keep a code whose last digits somebody typed; from then on it is not shown any more."""
    match event:
        case Said(words=words):
            digits = digits_of(words)
        case _:
            return not_understood(session)
    if len(digits) < GROUP or not session.code.endswith(digits):
        return Move(session.remarking(DIFFERENT))
    kept = replace(session, place=BEGIN, code="")
    return Move(kept.remarking(KEPT), (KeepCode(session.code),))


def digits_of(words: str) -> str:
    """Read digits as people write them; nothing when there is anything else."""
    digits = words.strip().translate({ord(sign): None for sign in SEPARATORS})
    return digits if digits.isascii() and digits.isdigit() else ""


def grouped(code: str) -> str:
    """Write a code in groups that can be copied by hand."""
    return " ".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def may_enter(session: Session) -> bool:
    """Say whether another conversation may take the place of this one: nothing of it is lost."""
    return not (session.agreements or session.drafts or session.answers or session.is_with_staff)


def begun(session: Session) -> Session:
    """Lead somebody who came by a link to the box, or to why there is none."""
    return session.at(ENTER if may_enter(session) else BEGIN)


def resumed(session: Session) -> Session:
    """Go on where somebody was, unless that was beside the way."""
    place = MENU if is_here(session) or session.place in ASIDE else session.place
    return replace(session, place=place, came_from=None).remarking("returning.resumed")


def is_here(session: Session) -> bool:
    """Say whether somebody is busy with coming back, or will be once they looked aside."""
    there = session.came_from if session.place in ASIDE else session.place
    return there is not None and there.topic is Topic.RETURNING


def needs_code(session: Session) -> bool:
    """Say whether the conductor is to draw a code, for one may be shown next."""
    return is_here(session) and not session.code


def tidied(session: Session) -> Session:
    """Forget a code that was not confirmed as soon as somebody does something else."""
    return session if is_here(session) else replace(session, code="")


STEPS: dict[str, Step] = {
    "begin": Begin(),
    "enter": Enter(),
    "code": Code(),
    "confirm": Confirm(),
}
