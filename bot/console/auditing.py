"""Every reading and every action at the desk leaves a line in the audit log.

An action writes it in its own transaction; of one that did not, the gate writes it right after.
"""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from aiohttp import web
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.console.desk import house_of, member_of
from bot.house import House
from storage import audit, needs
from storage.audit import Entry
from storage.staff_values import Member


class Doing(StrEnum):
    """What the log tells of; worded as `audit.<name>`."""

    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    SET_UP = "set_up"
    PASSKEY_ADDED = "passkey_added"
    PASSKEY_REMOVED = "passkey_removed"
    SPARE_KEY_USED = "spare_key_used"
    LETTERBOX_MADE = "letterbox_made"
    LETTERBOX_REPLACED = "letterbox_replaced"
    KEY_GIVEN = "key_given"
    LINK_MADE = "link_made"
    DISABLED = "disabled"
    ADDED = "added"
    CHANGED = "changed"
    ERASED = "erased"
    EXPORTED = "exported"
    HANDED_OUT = "handed_out"
    RESTORED = "restored"
    KEYS_ROTATED = "keys_rotated"
    KEYS_DROPPED = "keys_dropped"
    READ = "read"
    READ_COMPLAINT = "read_complaint"
    READ_AUDIT = "read_audit"
    READ_IN_NEED = "read_in_need"
    ASKED_IN_NEED = "asked_in_need"
    ALLOWED_IN_NEED = "allowed_in_need"
    REFUSED_IN_NEED = "refused_in_need"
    ENDED_IN_NEED = needs.ENDED
    CLAIMED = "claimed"
    RELEASED = "released"
    WROTE_REPLY = "wrote_reply"
    USED_REPLY = "used_reply"
    SHOWN_CONTACT = "shown_contact"
    SHOWN_NAME = "shown_name"
    STOOD_ASIDE = "stood_aside"
    CAME_BACK = "came_back"
    LINKED = "linked"
    UNLINKED = "unlinked"
    ANSWERED = "answered"
    SENT_AGAIN = "sent_again"
    RECALLED = "recalled"
    NOTED = "noted"
    ASKED = "asked"
    CLOSED = "closed"
    DUTY = "duty"
    TRANSFER_OFFERED = "transfer_offered"
    TRANSFER_WITHDRAWN = "transfer_withdrawn"
    TRANSFER_ACCEPTED = "transfer_accepted"
    TRANSFER_DECLINED = "transfer_declined"
    MOVED = "moved"
    SNOOZED = "snoozed"
    WOKEN = "woken"
    REOPENED = "reopened"
    ADVANCED = "advanced"
    SAID_ABOUT = "said_about"
    LICENCE_KEPT = "licence_kept"
    INSTRUCTED = "instructed"
    DREW = "drew"
    READ_REVIEWS = "read_reviews"
    REVIEWED = "reviewed"
    PLAYED_AGAIN = "played_again"
    DROPPED = "dropped"


# A page that is open asked for it; that it was read stands in the log since it was opened.
BY_ITSELF: web.RequestKey[bool] = web.RequestKey("by_itself", bool)
NOTED: web.RequestKey[bool] = web.RequestKey("noted", bool)


async def note(
    db: AsyncSession,
    request: web.Request,
    what: Doing,
    object_id: UUID | None = None,
    *,
    queue: str | None = None,
) -> None:
    """Write down what whoever is signed in does, in the transaction in which it becomes true."""
    await note_of(db, house_of(request), member_of(request), what, object_id, queue=queue)
    request[NOTED] = True


async def note_of(
    db: AsyncSession,
    house: House,
    actor: Member | None,
    what: str,
    object_id: UUID | None = None,
    *,
    queue: str | None = None,
) -> None:
    """Write down what somebody does who is not signed in, or nobody's act, by the command line."""
    roles = "" if actor is None else " ".join(sorted(actor.roles))
    actor_id = None if actor is None else actor.id
    entry = Entry(house.clock.now(), actor_id, roles, what, object_id, queue)
    await audit.append(db, house.keystore, entry)


async def note_reading(request: web.Request, what: Doing, object_id: UUID | None = None) -> None:
    """Write down that something is read, before it is."""
    async with house_of(request).database.begin() as db:
        await note(db, request, what, object_id)
