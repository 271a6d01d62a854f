"""What is being answered and was not sent: kept under consent only, and forgotten at a stop."""

from __future__ import annotations

from dataclasses import replace

from dialogs import considering, filing, intake, talk
from dialogs.effects import EndConsent
from dialogs.forms import Form
from dialogs.steps import Move
from dialogs.values import PURPOSES, Place, Purpose, Session, Topic

FORMS: dict[Topic, Form] = {
    form.topic: form for form in (intake.FORM, talk.FORM, considering.FORM, filing.FORM)
}
KNOWN = frozenset[str]().union(*(form.steps for form in FORMS.values()))


def without_drafts(session: Session) -> Move:
    """Forget what was not sent, and end the consents that were for nothing else."""
    clean = replace(session, came_from=None, bound_for=None)
    for topic in session.drafts:
        clean = FORMS[topic].emptied(clean)
    purposes = [purpose for topic in session.drafts for purpose in PURPOSES[topic]]
    ended = [
        each for each in dict.fromkeys(purposes) if clean.agreed_to(each) and each not in clean.sent
    ]
    for purpose in ended:
        clean = clean.without(purpose)
    return Move(clean, tuple(map(EndConsent, ended)))


def without_reflection(session: Session) -> Move:
    """Forget a self-reflection that nobody came back for, and end its consent."""
    clean = replace(session.without(Purpose.REFLECTION), came_from=None)
    return Move(considering.FORM.emptied(clean), (EndConsent(Purpose.REFLECTION),))


def under_consent(session: Session) -> Session:
    """Keep answers only while a consent for them stands."""
    if not session.answers and not session.drafts:
        return session
    kept = tuple(each for each in session.answers if each.step in KNOWN)
    if kept != session.answers:
        session = replace(session, answers=kept)
    for form in FORMS.values():
        session = form.tidied(session) if form.is_permitted(session) else form.emptied(session)
    return session


def asked_at(step: str) -> Place:
    """Name the place where a question is asked, or was once: every question is of one form."""
    topic = next((form.topic for form in FORMS.values() if step in form.steps), Topic.INTAKE)
    return Place(topic, step)
