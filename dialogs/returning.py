"""Coming back: a code that opens this conversation at any door, and a PIN that opens it at its own.

Whether digits are somebody's is not known in this room. The conductor looks that up when words are
typed at `ENTER`: who has the right ones arrives as `Returned` in their own conversation, and
everybody else reads one and the same answer.
"""

from __future__ import annotations

from unicodedata import decimal

from dialogs.effects import KeepCode, KeepPin, RemovePin
from dialogs.events import Chose, Event, Said
from dialogs.frozen import Frozen, replace
from dialogs.screens import Line, Screen
from dialogs.steps import ASIDE, MENU, Move, Step, back_button, buttons, lines, not_understood
from dialogs.values import Place, Session, Topic

CODE_DIGITS = 16
GROUP = 4
PIN_DIGITS = range(4, 9)
ROW = "01234567890"
# What may stand between digits, also unseen: marks of direction come along when a code is copied.
SEPARATORS = " -.\u00a0\u200e\u200f\u2066\u2067\u2068\u2069"

BEGIN = Place(Topic.RETURNING, "begin")
ENTER = Place(Topic.RETURNING, "enter")
CODE = Place(Topic.RETURNING, "code")
CONFIRM = Place(Topic.RETURNING, "confirm")
PIN = Place(Topic.RETURNING, "pin")

NOT_FOUND = f"{ENTER}.not_found"
DIFFERENT = f"{CONFIRM}.problem"
KEPT = f"{CODE}.kept"


class Begin(Frozen):
    """What there is to come back with; who has a conversation here already keeps that one."""

    def show(self, session: Session) -> Screen:
        """Say what can be done here."""
        own = () if may_enter(session) else lines(f"{BEGIN}.own")
        return Screen((*lines(f"{BEGIN}.ask"), *own), buttons(BEGIN, *self.options(session)))

    def answer(self, session: Session, event: Event) -> Move:
        """Go there."""
        match event:
            case Chose(option="no_pin") if session.has_pin:
                return Move(
                    replace(session, has_pin=False).remarking(f"{PIN}.gone"), (RemovePin(),)
                )
            case Chose(option=option) if option in self.options(session):
                return Move(session.at(Place(Topic.RETURNING, option)))
            case _:
                return not_understood(session)

    def options(self, session: Session) -> tuple[str, ...]:
        """List what is possible for this person, mostly by the step it leads to."""
        enter = ("enter",) if may_enter(session) else ()
        return (*enter, "code", "no_pin" if session.has_pin else "pin")


class Enter(Frozen):
    """The box for a code or a PIN. Words that arrive here were nobody's."""

    def show(self, _session: Session) -> Screen:
        """Ask for the digits."""
        return Screen(
            lines(f"{ENTER}.ask", f"{ENTER}.pin"), (back_button(ENTER),), takes_words=True
        )

    def answer(self, session: Session, event: Event) -> Move:
        """Say the same to everything that opens nothing."""
        match event:
            case Chose(option="back"):
                return Move(session.at(BEGIN))
            case Said():
                return Move(session.remarking(NOT_FOUND))
            case _:
                return not_understood(session)


class Code(Frozen):
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


class Confirm(Frozen):
    """The end of the code once more, from the paper: many people go on without writing it down."""

    def show(self, _session: Session) -> Screen:
        """Ask for the last group, and say when the code ends."""
        text = lines(f"{CONFIRM}.ask", f"{CONFIRM}.term")
        return Screen(text, buttons(CONFIRM, "show"), takes_words=True)

    def answer(self, session: Session, event: Event) -> Move:
        """Keep the code, or show it again."""
        match event:
            case Chose(option="show"):
                return Move(session.at(CODE))
            case _:
                return confirmed(session, event)


class Pin(Frozen):
    """A PIN of one's own, for who shares a phone or leaves a page open."""

    def show(self, _session: Session) -> Screen:
        """Say what it does, and ask for one."""
        text = lines(f"{PIN}.ask", f"{PIN}.lock", f"{PIN}.seen")
        return Screen(text, (back_button(PIN),), takes_words=True)

    def answer(self, session: Session, event: Event) -> Move:
        """Keep a PIN that is not the first one anybody would try."""
        match event:
            case Chose(option="back"):
                return Move(session.at(BEGIN))
            case Said(words=words):
                pin = digits_of(words)
            case _:
                return not_understood(session)
        if len(pin) not in PIN_DIGITS or is_easy(pin):
            return Move(session.remarking(f"{PIN}.problem"))
        kept = replace(session, place=BEGIN, has_pin=True)
        return Move(kept.remarking(f"{PIN}.kept"), (KeepPin(pin),))


def is_easy(pin: str) -> bool:
    """Say whether a PIN is one digit again and again, or a row of digits up or down."""
    return len(set(pin)) == 1 or pin in ROW or pin[::-1] in ROW


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
    """Read digits as people write them, in whatever script; nothing when there is anything else."""
    digits = [decimal(sign, None) for sign in words.strip() if sign not in SEPARATORS]
    return "" if None in digits else "".join(map(str, digits))


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
    return replace(session, code="") if session.code and not is_here(session) else session


STEPS: dict[str, Step] = {
    "begin": Begin(),
    "enter": Enter(),
    "code": Code(),
    "confirm": Confirm(),
    "pin": Pin(),
}
