"""A member of staff, as the rest of the house knows them."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from uuid import UUID

from dialogs.frozen import Frozen, Hidden


class StaffRole(StrEnum):
    """What a member of staff is there for; most have one role, in a small house some have more.

    What each may do stands in `bot/console/rights.py`, and what each may know of in storage.
    """

    COLLEAGUE = "colleague"
    MEDIATOR = "mediator"
    COORDINATOR = "coordinator"
    SECRETARY = "secretary"
    DIRECTOR = "director"
    COMMITTEE = "committee"
    PRIVACY = "privacy"
    ADMIN = "admin"
    READER = "reader"


KNOW_QUEUES = frozenset({StaffRole.COLLEAGUE, StaffRole.COORDINATOR})
"""Who knows of every request of their queues; a mediator knows of their own only."""

READ_REQUESTS = KNOW_QUEUES | {StaffRole.MEDIATOR}
"""Who reads requests of their queues, each all or some of them."""

KNOW_COMPLAINTS = frozenset({StaffRole.SECRETARY, StaffRole.DIRECTOR, StaffRole.COMMITTEE})
"""Who knows of the complaints of their queues."""


class Scheme(StrEnum):
    """In which colours somebody reads the desk; `SYSTEM` goes by their computer."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Preferences(Frozen):
    """How somebody likes the desk: its colours, single keys, and what tells that somebody waits."""

    scheme: Scheme = Scheme.SYSTEM
    has_keys: bool = True
    has_sound: bool = False
    has_popups: bool = False
    has_mail: bool = False


class Member(Frozen):
    """Somebody who works here. Requests of other queues than theirs do not exist for them."""

    id: UUID
    name: str
    email: Hidden[str]
    roles: frozenset[StaffRole]
    queues: frozenset[str]
    language: str
    active: bool = True
    preferences: Preferences = Preferences()
    away: bool = False
    away_until: date | None = None

    @property
    def served(self) -> frozenset[str]:
        """Name the queues of which they know every request, but for what is kept from them."""
        return self.queues if self.active and self.roles & KNOW_QUEUES else frozenset()

    def may_hold(self, queue: str) -> bool:
        """Say whether the key of this queue's letterbox may be theirs."""
        return self.active and queue in self.queues and bool(self.roles & READ_REQUESTS)

    def is_on_duty(self, today: date) -> bool:
        """Say whether they work today; a day of coming back ends an absence by itself."""
        is_back = self.away_until is not None and self.away_until <= today
        return self.active and (is_back or not self.away)


class Credentials(Frozen):
    """What somebody must know to sign in; nothing of it while they still have to choose it."""

    member: Member
    password: Hidden[str | None]
    totp: Hidden[str | None]
    totp_step: int
    failures: int
