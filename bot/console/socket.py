"""Tells an open page of the desk what changed; it then asks for it itself, as whoever it is of."""

from __future__ import annotations

from uuid import UUID

from aiohttp import web

from bot.announcer import QUEUES, of_referral
from bot.console.desk import house_of, member_of
from bot.console.presence import leaves, looks
from bot.console.sessions import signed_in
from bot.pages.sockets import keep_telling
from storage import referrals
from storage.errors import NotFound


def of_member(id: UUID) -> str:
    """Name a member of staff as something that changes, such as by signing out."""
    return f"staff:{id}"


async def tell(request: web.Request) -> web.StreamResponse:
    """Tell of the queues, and of the one request that a page shows."""
    names = {QUEUES: "queue", of_member(member_of(request).id): "member"}
    looked_at = await _asked_for(request) if "request" in request.query else None
    if looked_at is not None:
        names[of_referral(looked_at)] = "request"

    async def still_may() -> bool:
        found = await signed_in(request, house_of(request), is_activity=False)
        if found is not None and looked_at is not None:
            await looks(request, looked_at)
        return found is not None

    try:
        return await keep_telling(request, names, still_may)
    finally:
        if looked_at is not None:
            await leaves(request, looked_at)


async def _asked_for(request: web.Request) -> UUID:
    try:
        id = UUID(request.query["request"])
    except ValueError:
        raise NotFound("no such request") from None
    async with house_of(request).database.reading() as db:
        return (await referrals.get(db, member_of(request), id)).id
