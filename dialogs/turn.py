"""The door of this room: `turn` answers an event, `show` says what is on the screen.

What holds at every place stands here: stopping, the help lines, a human, one's rights, old buttons,
what typed words speak of, and that answers exist only under a consent.
"""

from __future__ import annotations

from dialogs import (
    asking,
    complaint,
    consent,
    copies,
    handoff,
    info,
    intake,
    reflection,
    returning,
    rights,
    survey,
    talk,
    tracking,
    typed,
    urgent,
    warning,
    welcome,
)
from dialogs.drafts import (
    left_behind,
    under_consent,
    without_drafts,
    without_reflection,
    without_text,
)
from dialogs.effects import Effect, Turn
from dialogs.events import (
    Act,
    AskLapsed,
    Attached,
    Chose,
    Commanded,
    ComplaintAdvanced,
    Edited,
    Elapsed,
    Event,
    Forgotten,
    LinkEnded,
    News,
    Outlived,
    Overheard,
    Returned,
    Said,
    StaffAsked,
    StaffTook,
    Started,
)
from dialogs.frozen import replace
from dialogs.letters import letter
from dialogs.screens import Button, Line, Screen
from dialogs.steps import MENU, Move, Step, aside, lines, unbound
from dialogs.values import Copy, Handoff, Place, Session, Topic

STEPS: dict[Place, Step] = {
    Place(topic, name): step
    for topic, steps in (
        (Topic.WELCOME, welcome.STEPS),
        (Topic.INFO, info.STEPS | typed.STEPS),
        (Topic.CONSENT, consent.STEPS | asking.STEPS | warning.STEPS),
        (Topic.INTAKE, intake.STEPS),
        (Topic.HANDOFF, handoff.STEPS),
        (Topic.REFLECTION, reflection.STEPS),
        (Topic.TALK, talk.STEPS),
        (Topic.COMPLAINT, complaint.STEPS),
        (Topic.RIGHTS, rights.STEPS),
        (Topic.COPIES, copies.STEPS),
        (Topic.URGENT, urgent.STEPS),
        (Topic.SURVEY, survey.STEPS),
        (Topic.RETURNING, returning.STEPS),
    )
    for name, step in steps.items()
}

FORGOTTEN = "welcome.stopped.forgotten"
GOES_ON = "welcome.stopped.complaint_goes_on"
EVERYWHERE = "everywhere.go"
FIXED: tuple[Button, ...] = tuple(
    Button(EVERYWHERE, option, f"everywhere.{option}")
    for option in ("stop", "urgent", "human", "rights", "menu")
)
ASIDES: dict[str, Place] = {
    "urgent": urgent.LINES,
    "human": handoff.HUMAN,
    "rights": rights.OVERVIEW,
    "privacy": rights.PRIVACY,
}


def turn(session: Session, event: Event) -> Turn:
    """Answer one event: the session after it, what must become true, and what is shown."""
    here = led_home(session).remarking(None)
    if not isinstance(event, Act):
        return unasked(here, event)
    here = replace(here, worried=False) if here.worried else here
    if isinstance(event, Overheard):
        return Turn(here, (), Screen(lines("problem.in_public")))
    move = everywhere(here, event) or STEPS[here.place].answer(here, event)
    if isinstance(event, Said):
        move = typed.heard(here, event, move)
    move = left_behind(here, move)
    after = unbound(tidied(under_consent(here, move.session)))
    return Turn(after, move.effects, shown_after(here, after, move.effects))


def brought(session: Session, colleague: str, words: str) -> Screen:
    """Show words of staff that could not be brought when they were written."""
    said = handoff.passed_from(colleague, words)
    return letter(Screen(said, fixed=FIXED, takes_words=session.is_with_staff))


def unopened() -> Screen:
    """Say that there is something to read, to a door at which somebody has shut it."""
    return letter(Screen((), fixed=FIXED))


def faded() -> Screen:
    """Say that words of staff stood here, and where they can still be read."""
    return Screen(lines("everywhere.faded"), fixed=FIXED)


def tidied(session: Session) -> Session:
    """Forget what is only there for the screen that is left."""
    return copies.settled(returning.tidied(session))


def unasked(session: Session, event: News) -> Turn:
    """Take in what the person did not do; what is to be said of it goes to them as a letter."""
    match event:
        case Elapsed() | Outlived():
            is_draft = isinstance(event, Elapsed)
            move = without_drafts(session) if is_draft else without_reflection(session)
            move, screen = replace(move, session=move.session.at(MENU)), None
        case LinkEnded():
            move, screen = without_text(session.copy, Move(session)), None
        case Forgotten():
            move = rights.erased(session)
            screen = show(move.session)
        case ComplaintAdvanced():
            move = Move(tracking.heard(session, event))
            screen = tracking.told(move.session) if hears_of_it(session) else None
        case StaffAsked(purpose=purpose):
            move = Move(asking.asked(session, purpose))
            screen = asking.told(move.session)
        case AskLapsed(purpose=purpose):
            move, screen = Move(asking.lapsed(session, purpose)), None
        case _ if session.is_with_staff or reopens(session, event):
            move = Move(handoff.heard_from_staff(session, event))
            screen = handoff.told(move.session, event)
        case _:
            # Who left or withdrew hears nothing more.
            move, screen = Move(session), None
    after = unbound(tidied(move.session))
    return Turn(after, move.effects, screen and letter(replace(screen, fixed=FIXED)))


def reopens(session: Session, event: News) -> bool:
    """Say whether a colleague opens again what was closed; who is at something new is let be."""
    is_free = session.handoff is Handoff.CLOSED and not session.drafts
    return isinstance(event, StaffTook) and is_free


def hears_of_it(session: Session) -> bool:
    """Say whether a letter about a complaint is sent; who stopped sees it when they come back."""
    return session.place not in {welcome.STOPPED, handoff.LEFT}


def show(session: Session) -> Screen:
    """Say what is on the screen; looks at nothing but the session."""
    here = led_home(session)
    screen = STEPS[here.place].show(here)
    remark = () if here.remark is None else (Line(here.remark),)
    worried = lines(*urgent.WORRIED) if here.worried else ()
    return replace(screen, lines=(*remark, *screen.lines, *worried), fixed=FIXED)


def everywhere(session: Session, event: Event) -> Move | None:
    """Answer what is answered alike at every place; None leaves the event to the step."""
    match event:
        case Chose(place="everywhere.go", option=option):
            return pressed_anywhere(session, option)
        case Chose(place=place) if place != str(session.place):
            return asking.answered(session, event) or Move(session.remarking("problem.old_button"))
        case Started() | Returned():
            return Move(arrived(session, event))
        case Attached() | Said(attached=True):
            return attached(session, event)
        case Edited():
            return Move(session.remarking("problem.edited"))
        case Commanded():
            return Move(session.remarking("problem.unknown_command"))
        case Said() if session.is_with_staff and not show(session).takes_words:
            return handoff.passed_on(session, event)
        case _:
            return None


def attached(session: Session, event: Attached | Said) -> Move:
    """Say that only words are taken; those below a picture go to staff, and are no answer to us."""
    move = Move(session)
    if isinstance(event, Said) and session.is_with_staff:
        move = handoff.passed_on(session, event)
    return Move(move.session.remarking("problem.attachment"), move.effects)


def pressed_anywhere(session: Session, option: str) -> Move:
    """Answer a button that is there on every screen, however old the screen."""
    match option:
        case "stop":
            return stopped(session)
        case "menu":
            return Move(session.at(welcome.where_to_begin(session)))
        case "complaint":
            return Move(to_a_complaint(session))
        case "language":
            return Move(welcome.to_the_languages(session))
        case "help":
            return Move(welcome.helped(session))
        case "copy":
            return copies.offered(session, Copy.HELD)
        case _ if option in ASIDES:
            return Move(aside(session, ASIDES[option]))
        case _:
            return Move(session.remarking("problem.old_button"))


def stopped(session: Session) -> Move:
    """Stop, at once and without a question; what was not sent is forgotten."""
    forgotten = without_drafts(session)
    if session.is_with_staff:
        gone = handoff.left(forgotten.session)
        return Move(gone.session, (*forgotten.effects, *gone.effects))
    stopped = forgotten.session.at(welcome.STOPPED)
    if session.drafts:
        stopped = stopped.remarking(FORGOTTEN)
    elif tracking.is_open(session):
        stopped = stopped.remarking(GOES_ON)
    return Move(stopped, forgotten.effects)


def arrived(session: Session, event: Started | Returned) -> Session:
    """Take in somebody who comes, or who comes back."""
    match event:
        case Started(link=link):
            return started(session, link)
        case Returned():
            return returning.resumed(session)


def started(session: Session, link: str) -> Session:
    """Begin, or begin again, where nothing is lost; a link may say what somebody came for."""
    role = welcome.ROLE_OF_LINK.get(link)
    if role is not None and welcome.may_change_role(session):
        session = replace(session, role=role)
    if link == Topic.RETURNING:
        return returning.begun(session)
    if link == welcome.COMPLAINT_LINK:
        return to_a_complaint(session)
    if welcome.asks_for_a_language(session):
        return session
    return session.at(welcome.where_to_begin(session))


def to_a_complaint(session: Session) -> Session:
    """Lead to the complaint route; which one it is depends on who somebody is."""
    bound = replace(session, bound_for=complaint.BEGIN)
    return bound if welcome.asks_for_a_language(session) else bound.at(welcome.onward(bound))


def shown_after(before: Session, after: Session, effects: tuple[Effect, ...]) -> Screen | None:
    """Show the new screen; words passed to a colleague who is there need no answer from us."""
    is_there = after.place == before.place == handoff.CONVERSATION
    undisturbed = is_there and after.remark is None and not after.worried
    if effects and undisturbed and after.handoff is Handoff.TALKING:
        return None
    return show(after)


def led_home(session: Session) -> Session:
    """Lead somebody home from a place that no longer exists, and on from a card that is too old."""
    return info.led_on(session) if session.place in STEPS else session.at(MENU)
