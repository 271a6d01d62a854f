"""What a request is, as the person's side and the staff's side of storage both know it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from dialogs.frozen import Frozen, Hidden, field
from dialogs.values import Agreement, Answer, Purpose, Role, Service
from storage.doors import Door
from storage.letterbox import Letter


class Status(StrEnum):
    """How far a request has come. It has an owner only from `OWNED` on."""

    WAITING = "waiting"
    OWNED = "owned"
    CLOSED = "closed"
    LEFT = "left"
    WITHDRAWN = "withdrawn"
    ERASED = "erased"


OPEN = (Status.WAITING, Status.OWNED)
ENDED = (Status.CLOSED, Status.LEFT, Status.WITHDRAWN)


class Outcome(StrEnum):
    """How a request ended, in the words of who closed it: what came of it, and nobody's merit."""

    ANSWERED = "answered"
    BEGUN = "begun"
    CHOSE_NOT = "chose_not"
    OTHER_CHOSE_NOT = "other_chose_not"
    REFERRED = "referred"
    NOT_OURS = "not_ours"
    NOT_REACHED = "not_reached"


class Back(StrEnum):
    """Why a request lies before staff again, until a colleague does something with it."""

    DECLINED = "declined"
    RESTED = "rested"
    REOPENED = "reopened"
    AWAY = "away"
    SILENT = "silent"


class View(StrEnum):
    """Which requests a colleague looks at; `ALL` is everything that is not ended."""

    WAITING = "waiting"
    MINE = "mine"
    ALL = "all"
    CLOSED = "closed"


class Filter(Frozen):
    """Of which requests a list is made; what is not given may be anything."""

    queue: str | None = None
    language: str | None = None
    door: Door | None = None


class NewReferral(Frozen):
    """A request as it is sent. The code name is what colleagues call it, and says nothing."""

    id: UUID
    reference: str
    code_name: str
    service: Service
    queue: str
    language: str
    door: Door
    role: Role
    answers: Hidden[tuple[Answer, ...]]
    agreements: tuple[Agreement, ...]
    now: datetime
    due_at: datetime | None = None
    letters: Mapping[str, Letter] = field(default_factory=dict)


class Referral(Frozen):
    """A request as staff know it, without what the person wrote.

    `waiting_since` is the moment from which the person waits for an answer, and `due_at` the one
    before which they must have it; nothing when they do not wait, or no term was promised.
    `alarm_at` is when they last typed what sounds like a threat or like danger. `unread` counts
    what they wrote since the owner last looked. `offered_to_id` is a colleague who was asked to
    take it over, and `outcome` how it ended when it was last closed.
    """

    id: UUID
    person_id: UUID | None
    reference: str | None
    code_name: str
    service: Service
    queue: str
    status: Status
    owner_id: UUID | None
    owner_name: str | None
    language: str
    door: Door
    opened_at: datetime
    waiting_since: datetime | None
    due_at: datetime | None
    closed_at: datetime | None
    alarm_at: datetime | None
    unread: int
    way_closed: bool
    version: int
    owned_since: datetime | None = None
    offered_to_id: UUID | None = None
    offered_to_name: str | None = None
    snoozed_until: datetime | None = None
    came_back: Back | None = None
    outcome: Outcome | None = None


class Asked(Frozen):
    """What the person said about themselves, and under which consents.

    An answer whose words are in a letterbox has none here; `letters` are theirs, by step.
    """

    role: Role
    answers: Hidden[tuple[Answer, ...]]
    agreements: tuple[Agreement, ...] = ()
    letters: Mapping[str, Letter] = field(default_factory=dict)

    @property
    def is_warning(self) -> bool:
        """Say whether nothing was asked: somebody typed words of danger, and may be answered."""
        return any(each.purpose is Purpose.WARNING for each in self.agreements)
