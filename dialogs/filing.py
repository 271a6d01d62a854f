"""Filing a complaint in the chat: what to know first, four questions, and sending it.

A name and a way to answer are asked of everybody, for the procedure asks for them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from dialogs.effects import FileComplaint
from dialogs.forms import End, Form
from dialogs.procedure import is_over
from dialogs.review import steps_of
from dialogs.steps import Before, Move, Question, Step, Write
from dialogs.values import Complaint, Place, Purpose, Session, Standing, Topic

BEGIN = Place(Topic.COMPLAINT, "begin")
FILING = Place(Topic.COMPLAINT, "filing")
TRACKING = Place(Topic.COMPLAINT, "tracking")

QUESTIONS: tuple[Question, ...] = (
    Write("described", "complaint", 2000, optional=False),
    Write("employee", "complaint", 100),
    Write("signed", "you", 100, optional=False),
    Write("reached_at", "you", 200, optional=False),
)


def sent(session: Session) -> Move:
    """Put the complaint before staff; the answers are theirs now and leave the session."""
    agreed = [each for each in session.agreements if each.purpose is Purpose.COMPLAINT]
    filed = FileComplaint(session.service, tuple(agreed), FORM.answered(session))
    empty = FORM.emptied(session).sending([Purpose.COMPLAINT])
    received = replace(empty, place=TRACKING, complaint=Complaint(Standing.RECEIVED))
    return Move(received, (filed,))


def ends(session: Session) -> Mapping[str, End]:
    """Name what can be done with the answers; one complaint is open at a time."""
    return {"send": sent} if may_file(session) else {}


def may_file(session: Session) -> bool:
    """Say whether no complaint of this person is open."""
    return session.complaint is None or is_over(session.complaint.standing)


FORM = Form(
    topic=Topic.COMPLAINT,
    purposes=frozenset({Purpose.COMPLAINT}),
    questions=QUESTIONS,
    before=Place(Topic.COMPLAINT, "questions"),
    ends=ends,
    begins="questions",
)

STEPS: dict[str, Step] = {
    "filing": Before(
        FILING,
        ("complaint.filing.what", "complaint.filing.who", "complaint.filing.words"),
        Place(Topic.CONSENT, "complaint"),
        (("read_more", Place(Topic.INFO, "complaint")), ("not_now", BEGIN)),
    ),
    **steps_of(FORM),
}
