"""What is being answered and was not sent: kept under consent only, and forgotten at a stop.

What a text was made of goes sooner: as soon as its person is done with it.
"""

from __future__ import annotations

from dialogs import considering, filing, intake, talk
from dialogs.copies import REVIEWS
from dialogs.effects import Effect, EndConsent
from dialogs.forms import Form
from dialogs.frozen import replace
from dialogs.steps import ASIDE, MENU, READY, Move
from dialogs.values import Copy, Place, Purpose, Session, Topic

FORMS: dict[Topic, Form] = {
    form.topic: form for form in (intake.FORM, talk.FORM, considering.FORM, filing.FORM)
}
GONE = "copies.ready.gone"
KNOWN = frozenset[str]().union(*(form.steps for form in FORMS.values()))


def without_drafts(session: Session) -> Move:
    """Forget what was not sent, and end the consents that were for nothing else."""
    clean = replace(session, came_from=None, bound_for=None, copy=None)
    effects: list[Effect] = []
    for topic in session.drafts:
        gone = FORMS[topic].let_go(clean)
        clean = gone.session
        effects += gone.effects
    return Move(clean, tuple(effects))


def left_behind(before: Session, move: Move) -> Move:
    """Forget what a text was made of as soon as its person goes on, and did not keep it."""
    after = move.session
    nearby = {before.place, before.came_from, *ASIDE}
    waits = after.copy is before.copy and after.place in nearby
    return move if waits or after.copy is None else without_text(before.copy, move)


def without_text(copy: Copy | None, move: Move) -> Move:
    """Forget what a text was made of; nothing when the copy is no text."""
    session = move.session
    if copy is None or copy not in REVIEWS:
        return move
    gone = FORMS[REVIEWS[copy].topic].let_go(session)
    before = None if session.came_from == READY else session.came_from
    clean = replace(gone.session, came_from=before, remark=session.remark or GONE)
    if session.copy is copy:
        clean = replace(clean, copy=None, place=MENU if session.place == READY else session.place)
    return Move(clean, (*move.effects, *gone.effects))


def without_reflection(session: Session) -> Move:
    """Forget a self-reflection that nobody came back for, and end its consent."""
    clean = replace(session.without(Purpose.REFLECTION), came_from=None)
    return Move(considering.FORM.emptied(clean), (EndConsent(Purpose.REFLECTION),))


def under_consent(before: Session, session: Session) -> Session:
    """Keep answers only while a consent for them stands, and none of theirs was just ended."""
    if not session.answers and not session.drafts:
        return session
    kept = tuple(each for each in session.answers if each.step in KNOWN)
    if kept != session.answers:
        session = replace(session, answers=kept)
    ended = {each.purpose for each in before.agreements if not session.agreed_to(each.purpose)}
    for form in FORMS.values():
        is_kept = form.is_permitted(session) and form.purposes.isdisjoint(ended)
        session = form.tidied(session) if is_kept else form.emptied(session)
    return session


def asked_at(step: str) -> Place:
    """Name the place where a question is asked, or was once: every question is of one form."""
    topic = next((form.topic for form in FORMS.values() if step in form.steps), Topic.INTAKE)
    return Place(topic, step)
