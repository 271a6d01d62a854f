"""What a complaint is, as the person's side and the staff's side of storage both know it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from dialogs.frozen import Frozen, Hidden
from dialogs.values import Agreement, Answer, Service, Standing


class NewStep(Frozen):
    """A step as it is taken, from where to where; `ends` says that nothing follows it.

    `words` go to the person; `staff_id` is nobody when the person took the step.
    """

    id: UUID
    before: Standing
    after: Standing
    at: datetime
    ends: bool
    words: Hidden[str] = ""
    staff_id: UUID | None = None


class NewComplaint(Frozen):
    """A complaint as it is sent, and the colleagues who may not see it.

    `about_is_known` is false when it names somebody for whom no colleague was found.
    """

    id: UUID
    code_name: str
    service: Service
    queue: str
    language: str
    answers: Hidden[tuple[Answer, ...]]
    agreements: tuple[Agreement, ...]
    about: frozenset[UUID]
    received: NewStep
    about_is_known: bool = True


class Filed(Frozen):
    """A complaint as staff know it, without what the person wrote."""

    id: UUID
    person_id: UUID
    code_name: str
    service: Service
    queue: str
    standing: Standing
    language: str
    opened_at: datetime
    closed_at: datetime | None
    about_is_known: bool


class Taken(Frozen):
    """A step that was taken; nobody's name when the person took it."""

    standing: Standing
    at: datetime
    staff_name: str | None
    words: Hidden[str]
