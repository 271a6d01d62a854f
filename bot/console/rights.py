"""Who may do what at the desk, in one table; what is not in it is refused."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from storage.staff import Member, StaffRole


class Action(StrEnum):
    """What somebody may be allowed to do; every address of the desk asks for one of these."""

    ENTER = "enter"
    SEE_QUEUES = "see_queues"
    READ = "read"
    CLAIM = "claim"
    WRITE = "write"
    RELEASE = "release"
    CLOSE = "close"
    COMPLAINTS = "complaints"
    OWN_ACCOUNT = "own_account"


# Open to whoever is not signed in yet.
OPEN = frozenset({Action.ENTER})

WORK = frozenset(
    {
        Action.SEE_QUEUES,
        Action.READ,
        Action.CLAIM,
        Action.WRITE,
        Action.RELEASE,
        Action.CLOSE,
        Action.COMPLAINTS,
        Action.OWN_ACCOUNT,
    }
)

# In which queues is not asked here: storage gives nobody anything of another queue.
MAY: Mapping[StaffRole, frozenset[Action]] = {
    StaffRole.COLLEAGUE: WORK,
    StaffRole.COORDINATOR: WORK,
    StaffRole.ADMIN: WORK,
}


def may(member: Member | None, action: Action) -> bool:
    """Say whether somebody, or anybody, may do this."""
    if action in OPEN:
        return True
    return member is not None and member.active and action in MAY.get(member.role, frozenset())
