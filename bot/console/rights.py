"""Who may do what at the desk, in one table; what is not in it is refused."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from storage.staff import Member, StaffRole


class Action(StrEnum):
    """What somebody may be allowed to do; every address of the desk asks for one of these."""

    ENTER = "enter"
    OWN_ACCOUNT = "own_account"
    PASSKEYS = "passkeys"
    HELP = "help"
    SEE_QUEUES = "see_queues"
    READ = "read"
    CLAIM = "claim"
    WRITE = "write"
    RELEASE = "release"
    CLOSE = "close"
    TRANSFER = "transfer"
    SNOOZE = "snooze"
    REOPEN = "reopen"
    UNMASK = "unmask"
    HAND_ON = "hand_on"
    ASK_IN_NEED = "ask_in_need"
    ALLOW_IN_NEED = "allow_in_need"
    ASK = "ask"
    LINK = "link"
    USE_REPLIES = "use_replies"
    EDIT_REPLIES = "edit_replies"
    COMPLAINTS = "complaints"
    FIGURES = "figures"
    AUDIT = "audit"
    REGISTER = "register"
    PEOPLE = "people"
    LICENCES = "licences"
    EDIT_LICENCES = "edit_licences"
    INSTRUCTIONS = "instructions"
    REVIEW = "review"
    NOTICES = "notices"
    UNSEEN = "unseen"


# Open to whoever is not signed in yet.
OPEN = frozenset({Action.ENTER})

# For what these change a code is asked for once more, unless one was typed minutes ago.
CONFIRMED = frozenset(
    {
        Action.PEOPLE,
        Action.PASSKEYS,
        Action.HAND_ON,
        Action.ASK_IN_NEED,
        Action.ALLOW_IN_NEED,
    }
)

EVERYBODY = frozenset({Action.OWN_ACCOUNT, Action.PASSKEYS, Action.HELP})

OWN_WORK = EVERYBODY | {
    Action.SEE_QUEUES,
    Action.READ,
    Action.WRITE,
    Action.RELEASE,
    Action.CLOSE,
    Action.TRANSFER,
    Action.SNOOZE,
    Action.REOPEN,
    Action.UNMASK,
    Action.HAND_ON,
    Action.ASK_IN_NEED,
    Action.ASK,
    Action.USE_REPLIES,
}
WORK = OWN_WORK | {Action.CLAIM}
COMPLAINTS = EVERYBODY | {Action.COMPLAINTS}

# In which queues, and of whom, is not asked here: storage gives nobody anything else.
MAY: Mapping[StaffRole, frozenset[Action]] = {
    StaffRole.COLLEAGUE: WORK,
    StaffRole.MEDIATOR: OWN_WORK,
    StaffRole.COORDINATOR: WORK
    | {
        Action.LINK,
        Action.ALLOW_IN_NEED,
        Action.EDIT_REPLIES,
        Action.FIGURES,
        Action.LICENCES,
        Action.EDIT_LICENCES,
        Action.INSTRUCTIONS,
        Action.REVIEW,
        Action.NOTICES,
        Action.UNSEEN,
    },
    StaffRole.SECRETARY: COMPLAINTS,
    StaffRole.DIRECTOR: COMPLAINTS,
    StaffRole.COMMITTEE: COMPLAINTS,
    StaffRole.PRIVACY: EVERYBODY
    | {Action.AUDIT, Action.REGISTER, Action.FIGURES, Action.ALLOW_IN_NEED},
    StaffRole.ADMIN: EVERYBODY
    | {
        Action.PEOPLE,
        Action.USE_REPLIES,
        Action.EDIT_REPLIES,
        Action.NOTICES,
        Action.UNSEEN,
    },
    StaffRole.READER: EVERYBODY | {Action.FIGURES},
}


def may(member: Member | None, action: Action) -> bool:
    """Say whether somebody, or anybody, may do this."""
    if action in OPEN:
        return True
    if member is None or not member.active:
        return False
    return any(action in MAY.get(role, frozenset()) for role in member.roles)


def who_may(action: Action) -> tuple[StaffRole, ...]:
    """List who may do this, to be told to who may not."""
    return tuple(role for role, actions in MAY.items() if action in actions)
