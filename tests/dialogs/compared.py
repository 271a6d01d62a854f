"""How two sessions are compared, how much is left to be asked, and what is to be told before."""

from __future__ import annotations

from dataclasses import replace

from dialogs.consent import YOUNG
from dialogs.intake import QUESTIONS
from dialogs.safeguards import SCREENS
from dialogs.steps import before_a_request
from dialogs.values import Session, Topic


def unremarked(session: Session) -> Session:
    """Compare sessions without the line that the next screen opens with, and the way back."""
    return replace(session, remark=None, came_from=None)


def questions_left(session: Session) -> int:
    """Count the questions that a person who goes on would still be asked."""
    if session.place.topic not in {Topic.CONSENT, Topic.INTAKE} or session.place == YOUNG:
        return 0
    return sum(question.when(session) for question in QUESTIONS)


def to_be_told(session: Session) -> set[str]:
    """Name the places somebody of this role comes by before a consent for a request is asked."""
    first = before_a_request(session.role)
    return set(map(str, SCREENS if first in SCREENS else [first]))
