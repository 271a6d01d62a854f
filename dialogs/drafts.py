"""What is being answered and was not sent: kept under consent only, and forgotten at a stop."""

from __future__ import annotations

from dataclasses import replace

from dialogs import intake
from dialogs.effects import EndConsent
from dialogs.forms import Form
from dialogs.steps import Move
from dialogs.values import PURPOSES, Place, Session, Topic

FORMS: dict[Topic, Form] = {form.topic: form for form in (intake.FORM,)}


def without_drafts(session: Session) -> Move:
    """Forget what was not sent, and end the consents that were for nothing else."""
    clean = replace(session, came_from=None, bound_for=None)
    for topic in session.drafts:
        clean = FORMS[topic].emptied(clean)
    purposes = (purpose for topic in session.drafts for purpose in PURPOSES[topic])
    ended = [each for each in purposes if clean.agreed_to(each) and each not in clean.sent]
    for purpose in ended:
        clean = clean.without(purpose)
    return Move(clean, tuple(map(EndConsent, ended)))


def under_consent(session: Session) -> Session:
    """Keep answers only while a consent for them stands."""
    known = frozenset[str]().union(*(form.steps for form in FORMS.values()))
    kept = tuple(each for each in session.answers if each.step in known)
    session = replace(session, answers=kept)
    for form in FORMS.values():
        session = form.tidied(session)
    return session


def asked_at(step: str) -> Place:
    """Name the place where a question is asked, or was once: every question is of one form."""
    topic = next((form.topic for form in FORMS.values() if step in form.steps), Topic.INTAKE)
    return Place(topic, step)
