"""A member of staff, as the rest of the house knows them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID


class StaffRole(StrEnum):
    """What a member of staff is there for; what each may do is decided where it is done."""

    COLLEAGUE = "colleague"
    COORDINATOR = "coordinator"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who works here. Requests of other queues than theirs do not exist for them."""

    id: UUID
    name: str
    email: str = field(repr=False)
    role: StaffRole
    queues: frozenset[str]
    language: str
    active: bool = True


@dataclass(frozen=True, slots=True)
class Credentials:
    """What somebody must know to sign in; nothing of it while they still have to choose it."""

    member: Member
    password: str | None = field(repr=False)
    totp: str | None = field(repr=False)
    totp_step: int
    failures: int
