"""A complaint of a few questions: sent in the chat, or made a letter that its person sends.

The procedure asks for a name and a way to answer; on a letter they may be written by hand.
"""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.copies import offered
from dialogs.effects import FileComplaint
from dialogs.events import Event
from dialogs.forms import End, Form
from dialogs.frozen import Frozen, replace
from dialogs.procedure import is_over, takes_complaints
from dialogs.review import steps_of
from dialogs.screens import Screen
from dialogs.steps import Before, Move, Pick, Question, Step, Write, never
from dialogs.values import (
    Complaint,
    Copy,
    Place,
    Purpose,
    Service,
    Session,
    Standing,
    Topic,
)

BEGIN = Place(Topic.COMPLAINT, "begin")
FILING = Place(Topic.COMPLAINT, "filing")
LETTER = Place(Topic.COMPLAINT, "letter")
TRACKING = Place(Topic.COMPLAINT, "tracking")
ADDRESSES = tuple(f"handoff.human.complaints_{way}" for way in ("post", "email", "site"))


def by_hand(session: Session) -> bool:
    """Let somebody skip what can be written on a letter, unless the complaint may be sent here."""
    return not (may_file(session) and session.agreed_to(Purpose.COMPLAINT))


def may_file(session: Session) -> bool:
    """Say whether a complaint can be sent here: to a service that takes them, one at a time."""
    is_free = session.complaint is None or is_over(session.complaint.standing)
    return takes_complaints(session.service) and is_free


def is_a_client(session: Session) -> bool:
    """Say whether a court may have sent somebody back: to the office that administers for them."""
    return session.service is Service.ADMINISTRATION


QUESTIONS: tuple[Question, ...] = (
    Write("described", "complaint", 2000, optional=never),
    Write("employee", "complaint", 100),
    Pick("sent_back", "complaint", ("yes", "no"), when=is_a_client),
    Write("signed", "you", 100, optional=by_hand),
    Write("reached_at", "you", 200, optional=by_hand),
)


def sent(session: Session) -> Move:
    """Put the complaint before staff; the answers are theirs now and leave the session."""
    if not session.agreed_to(Purpose.COMPLAINT):
        return Move(session.at(FILING))
    agreed = [each for each in session.agreements if each.purpose is Purpose.COMPLAINT]
    filed = FileComplaint(session.service, tuple(agreed), FORM.answered(session))
    gone = FORM.let_go(session.sending([Purpose.COMPLAINT]))
    received = Complaint(session.service, Standing.RECEIVED)
    followed = replace(gone.session, place=TRACKING, complaint=received)
    return Move(followed, (filed, *gone.effects))


def made_a_letter(session: Session) -> Move:
    """Make the letter fetchable; sending it is up to the person."""
    if not session.agreed_to(Purpose.LETTER):
        return Move(session.at(LETTER))
    return offered(session, Copy.COMPLAINT_LETTER)


def ends(session: Session) -> Mapping[str, End]:
    """Name what can be done with the answers."""
    return ({"send": sent} if may_file(session) else {}) | {"take_along": made_a_letter}


FORM = Form(
    topic=Topic.COMPLAINT,
    purposes=frozenset({Purpose.COMPLAINT, Purpose.LETTER}),
    questions=QUESTIONS,
    before=Place(Topic.COMPLAINT, "questions"),
    ends=ends,
    begins="questions",
)


def _filing(what: str, card: str) -> Before:
    return Before(
        FILING,
        (f"{FILING}.{what}", f"{FILING}.who", f"{FILING}.words"),
        Place(Topic.CONSENT, "complaint"),
        (("read_more", Place(Topic.INFO, card)), ("not_now", BEGIN)),
    )


WITH_A_COMMITTEE = _filing("what", "complaint")
AT_AN_OFFICE = _filing("what_office", "regulation")


class Filing(Frozen):
    """What to know before a complaint is sent; where it goes differs by service."""

    def show(self, session: Session) -> Screen:
        """Say where it goes and who reads it."""
        return self._before(session).show(session)

    def answer(self, session: Session, event: Event) -> Move:
        """Go on to the consent, or around it."""
        return self._before(session).answer(session, event)

    def _before(self, session: Session) -> Before:
        return AT_AN_OFFICE if is_a_client(session) else WITH_A_COMMITTEE


STEPS: dict[str, Step] = {
    "filing": Filing(),
    "letter": Before(
        LETTER,
        (*(f"{LETTER}.{each}" for each in ("what", "alone", "words")), *ADDRESSES),
        Place(Topic.CONSENT, "letter_of_complaint"),
        (("not_now", BEGIN),),
    ),
    **steps_of(FORM),
}
