"""What a complaint is, as the person's side and the staff's side of storage both know it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from dialogs.values import Agreement, Answer, Service, Standing


@dataclass(frozen=True, slots=True)
class NewStep:
    """A step as it is taken, from where to where; `ends` says that nothing follows it.

    `words` go to the person; `staff_id` is nobody when the person took the step.
    """

    id: UUID
    before: Standing
    after: Standing
    at: datetime
    ends: bool
    words: str = field(default="", repr=False)
    staff_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class NewComplaint:
    """A complaint as it is sent, and the colleagues who may not see it.

    `about_is_known` is false when it names somebody for whom no colleague was found.
    """

    id: UUID
    code_name: str
    service: Service
    queue: str
    language: str
    answers: tuple[Answer, ...] = field(repr=False)
    agreements: tuple[Agreement, ...]
    about: frozenset[UUID]
    received: NewStep
    about_is_known: bool = True


@dataclass(frozen=True, slots=True)
class Filed:
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


@dataclass(frozen=True, slots=True)
class Taken:
    """A step that was taken; nobody's name when the person took it."""

    standing: Standing
    at: datetime
    staff_name: str | None
    words: str = field(repr=False)
