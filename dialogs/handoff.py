"""A sent request: waiting for a colleague, passing words both ways, leaving, closing.

No time is promised here: the lines that name one are shown only when a setting makes them true.
"""

from __future__ import annotations

from dialogs.effects import LeaveReferral, PassOn
from dialogs.events import Chose, Event, Said, StaffClosed, StaffReleased, StaffTook, StaffWrote
from dialogs.frozen import Frozen, replace
from dialogs.screens import Button, Line, Screen
from dialogs.steps import (
    MENU,
    Move,
    Step,
    aside,
    back,
    back_button,
    buttons,
    lines,
    not_understood,
    words_of,
)
from dialogs.values import Handoff, Place, Role, Session, Topic

LONGEST_MESSAGE = 2000

WAITING = Place(Topic.HANDOFF, "waiting")
CONVERSATION = Place(Topic.HANDOFF, "conversation")
CLOSED = Place(Topic.HANDOFF, "closed")
LEFT = Place(Topic.HANDOFF, "left")
HUMAN = Place(Topic.HANDOFF, "human")
SURVEY = Place(Topic.SURVEY, "begin")
WAITS = f"{CONVERSATION}.asked"
ASKED = (f"{SURVEY}.ask", f"{SURVEY}.names")

COMPLAINTS = ("post", "email", "site")
# The ways to a human outside this chat; one of which nothing is known is not shown.
CONTACTS = lines(*(f"{HUMAN}.{way}" for way in ("phone", "email", "site", "hours", "opens")))

StaffEvent = StaffTook | StaffWrote | StaffReleased | StaffClosed


class Waiting(Frozen):
    """The request was sent: its reference, what happens next, and that one may write meanwhile."""

    def show(self, session: Session) -> Screen:
        """Say that the request is in, and what follows."""
        reference = Line("handoff.waiting.reference", words=session.reference)
        rest = lines(what_follows(session), "handoff.waiting.answer_by", "handoff.waiting.write")
        return Screen(
            (*lines("handoff.waiting.sent"), reference, *rest),
            lasting=True,
            takes_words=True,
        )

    def answer(self, session: Session, event: Event) -> Move:
        """Pass words on."""
        return in_conversation(session, event)


class Conversation(Frozen):
    """Words go to a colleague, or to the queue until somebody picks the request up."""

    def show(self, session: Session) -> Screen:
        """Say who is listening."""
        if session.colleague is None:
            who = lines("handoff.conversation.nobody_yet", "handoff.conversation.opens")
        else:
            who = (Line("handoff.conversation.who", words=session.colleague),)
        waits = session.asked is not None
        drafts = Topic.INTAKE in session.drafts
        resume = (Button(str(CONVERSATION), "resume", f"{MENU}.resume"),) if drafts else ()
        return Screen(
            (*who, *lines("handoff.conversation.write", *((WAITS,) if waits else ()))),
            (*(buttons(CONVERSATION, "question") if waits else ()), *resume),
            takes_words=True,
        )

    def answer(self, session: Session, event: Event) -> Move:
        """Pass words on; look at what a colleague asked; or go on with a request in the making."""
        match event:
            case Chose(option="question") if session.asked is not None:
                return Move(aside(session, Place(Topic.CONSENT, session.asked)))
            case Chose(option="resume") if Topic.INTAKE in session.drafts:
                return Move(session.at(Place(Topic.INTAKE, "resume")))
            case _:
                return in_conversation(session, event)


class Over(Frozen):
    """The conversation with staff ended; everything else is open as before."""

    text: tuple[str, ...]
    takes_words: bool = False

    def show(self, _session: Session) -> Screen:
        """Say that it ended, and what is still possible."""
        return Screen(lines(*self.text), lasting=True, takes_words=self.takes_words)

    def answer(self, session: Session, event: Event) -> Move:
        """Pass on what was typed soon enough to open it again; or point at the fixed buttons."""
        return in_conversation(session, event)


class Human(Frozen):
    """How to reach a human being: outside this chat, and in it once a request was sent."""

    def show(self, session: Session) -> Screen:
        """Show the ways to a human that are open to this person."""
        here = lines("handoff.human.here") if session.is_with_staff else ()
        return Screen(
            (
                *lines("handoff.human.ask"),
                *CONTACTS,
                *here,
                *lines(*(f"handoff.human.complaints_{way}" for way in COMPLAINTS)),
            ),
            (back_button(HUMAN),),
        )

    def answer(self, session: Session, event: Event) -> Move:
        """Go back to where the person came from."""
        return back(session, event)


def what_follows(session: Session) -> str:
    """Name the words for what happens next, and for who is not told of it yet."""
    match session.role:
        case Role.REFERRER:
            return "handoff.waiting.next_referrer"
        case Role.CLIENT | Role.MENTORING:
            return "handoff.waiting.next_office"
        case _:
            return "handoff.waiting.next"


def in_conversation(session: Session, event: Event) -> Move:
    """Answer an event while a request is open."""
    match event:
        case Said() if session.is_with_staff:
            return passed_on(session, event)
        case _:
            return not_understood(session)


def passed_on(session: Session, event: Said) -> Move:
    """Lay words before staff; what is too long stays with the person, to be split."""
    words = words_of(event, LONGEST_MESSAGE)
    if words is None:
        return Move(session.remarking("problem.too_long"))
    talking = session.at(CONVERSATION)
    if session.handoff is Handoff.WAITING:
        talking = talking.remarking("handoff.conversation.passed_on")
    return Move(talking, (PassOn(words),))


def left(session: Session) -> Move:
    """Stop at the person's word; nothing is asked, and staff write no more."""
    return Move(over(session, LEFT, Handoff.LEFT), (LeaveReferral(),))


def may_reopen(session: Session) -> bool:
    """Say whether words typed here are meant for those who just closed the conversation."""
    is_there = session.place in {CLOSED, MENU} or session.place.topic is Topic.SURVEY
    return session.handoff is Handoff.CLOSED and is_there and not session.drafts


def reopened(session: Session, reference: str, colleague: str | None) -> Session:
    """Open it again: with the colleague of before, or for whoever picks it up."""
    handoff = Handoff.WAITING if colleague is None else Handoff.TALKING
    return replace(session, handoff=handoff, colleague=colleague, reference=reference)


def over(session: Session, place: Place, handoff: Handoff) -> Session:
    """End a conversation: nobody is there any more, and no question of theirs waits."""
    return replace(session, place=place, handoff=handoff, asked=None, colleague=None, reference="")


def heard_from_staff(session: Session, event: StaffEvent) -> Session:
    """Take in what a colleague did; who looks at something else stays there until it is over."""
    match event:
        case StaffTook(colleague=colleague) | StaffWrote(colleague=colleague):
            is_there = session.place == WAITING or may_reopen(session)
            place = CONVERSATION if is_there else session.place
            talking = replace(session, handoff=Handoff.TALKING, colleague=colleague)
            return replace(talking, place=place, is_warning=is_about_a_warning(session, event))
        case StaffReleased():
            return replace(session, handoff=Handoff.WAITING, colleague=None)
        case StaffClosed(may_ask=may_ask):
            return over(session, SURVEY if may_ask else CLOSED, Handoff.CLOSED)


def is_about_a_warning(session: Session, event: StaffEvent) -> bool:
    """Say whether what lies before staff now is only a warning: an older request may be opened."""
    known = event.is_warning if isinstance(event, StaffTook) else None
    return session.is_warning if known is None else known


def told(session: Session, event: StaffEvent) -> Screen | None:
    """Word what a colleague did."""
    text: tuple[Line, ...] = ()
    options: tuple[Button, ...] = ()
    match event:
        case StaffTook(colleague=colleague):
            text = (Line("handoff.letter.taken", words=colleague),)
        case StaffWrote(colleague=colleague, words=words):
            text = passed_from(colleague, words)
        case StaffReleased():
            pass
        case StaffClosed(colleague=colleague, words=words, may_ask=may_ask):
            rest = ASKED if may_ask else ("handoff.closed.again",)
            after = lines("handoff.closed.text", "handoff.closed.reopen", *rest)
            text = (*passed_from(colleague, words), *after)
            options = buttons(SURVEY, "go_on", "not_now") if may_ask else ()
    return Screen(text, options, takes_words=session.is_with_staff) if text else None


def passed_from(colleague: str, words: str) -> tuple[Line, ...]:
    """Pass a colleague's words on."""
    return (
        Line("handoff.letter.from", words=colleague),
        Line("handoff.letter.words", words=words),
    )


STEPS: dict[str, Step] = {
    "waiting": Waiting(),
    "conversation": Conversation(),
    "closed": Over(
        ("handoff.closed.text", "handoff.closed.reopen", "handoff.closed.again"), takes_words=True
    ),
    "left": Over(("handoff.left.text", "handoff.left.kept")),
    "human": Human(),
}
