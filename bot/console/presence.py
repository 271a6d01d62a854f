"""Who looks at a request together with somebody; colleagues see it, and no person ever does."""

from __future__ import annotations

from uuid import UUID

from aiohttp import web

from bot.announcer import QUEUES, of_referral
from bot.console.desk import house_of, member_of
from storage import presence


async def looks(request: web.Request, referral_id: UUID) -> list[str]:
    """Note that whoever asks looks at a request, and name who looks there too."""
    house, member, now = house_of(request), member_of(request), house_of(request).clock.now()
    async with house.database.begin() as db:
        is_new = await presence.note(db, member, referral_id, now)
        others = await presence.others(db, member, [referral_id], now)
    if is_new:
        house.announcer.announce(QUEUES, of_referral(referral_id))
    return others.get(referral_id, [])


async def leaves(request: web.Request, referral_id: UUID) -> None:
    """Note that they closed the page; another page of theirs says otherwise soon enough."""
    house = house_of(request)
    async with house.database.begin() as db:
        await presence.leave(db, member_of(request), referral_id)
    house.announcer.announce(QUEUES, of_referral(referral_id))
