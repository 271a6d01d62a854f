"""How two sessions are compared, how much is left to be asked, and what is to be told before."""

from __future__ import annotations

from dialogs.consent import LETTER_OF_COMPLAINT, YOUNG
from dialogs.considering import FORM as REFLECTION
from dialogs.drafts import FORMS
from dialogs.filing import FILING
from dialogs.frozen import replace
from dialogs.reflection import BEFORE
from dialogs.returning import needs_code
from dialogs.safeguards import SCREENS
from dialogs.steps import ASIDE, MENU, before_a_request
from dialogs.urgent import DANGER
from dialogs.values import Answer, Purpose, Session, Topic


def unremarked(session: Session) -> Session:
    """Compare sessions without what stands above or below the next screen, and the way back."""
    return replace(session, remark=None, worried=False, came_from=None)


def questions_left(session: Session) -> int:
    """Count the questions that a person who goes on would still be asked."""
    place = (session.came_from or MENU) if session.place in ASIDE else session.place
    if place.topic not in {Topic.CONSENT, *FORMS} or place == YOUNG:
        return 0
    return sum(len(form.asked_of(session)) for form in FORMS.values())


def to_be_told(session: Session, purpose: Purpose) -> set[str]:
    """Name the places somebody of this role comes by before they are asked for a consent."""
    if purpose is Purpose.REFLECTION:
        return {str(BEFORE)}
    if purpose is Purpose.WARNING:
        return {str(DANGER)}
    if purpose is Purpose.LETTER:
        is_complaint = session.place == LETTER_OF_COMPLAINT
        return {"complaint.letter" if is_complaint else "talk.prepare"}
    if str(session.place) == "consent.data_for_text":
        return {"talk.passing"}
    first = FILING if purpose is Purpose.COMPLAINT else before_a_request(session.role)
    return set(map(str, SCREENS if first in SCREENS else [first]))


def unsent(session: Session) -> tuple[Answer, ...]:
    """Give the answers that are there to be sent; those of a self-reflection only stay."""
    return tuple(each for each in session.answers if each.step not in REFLECTION.steps)


def anywhere(session: Session) -> Session:
    """Compare sessions without the place, and what belongs to its screen alone."""
    nowhere = unremarked(session).at(MENU)
    return replace(nowhere, code="", ticket="", copy=None, bound_for=None)


def filled_in(session: Session, number: int) -> Session:
    """Fill in what the conductor does: the name of a request, and a code where one is due."""
    if not session.reference:
        session = replace(session, reference=f"{number:04}-AAAA")
    return replace(session, code="1234560612345678") if needs_code(session) else session
