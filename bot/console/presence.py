"""Who looks at a request together with somebody; colleagues see it, and no person ever does."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from aiohttp import web

from bot.announcer import QUEUES, of_referral
from bot.console.desk import house_of, member_of
from storage import presence

AGAIN = timedelta(seconds=15)


async def looks(request: web.Request, referral_id: UUID) -> list[str]:
    """Note that whoever asks looks at a request, and name who looks there too."""
    house, member, now = house_of(request), member_of(request), house_of(request).clock.now()
    async with house.database.reading() as db:
        last = await presence.last_look(db, member, referral_id)
        others = await presence.others(db, member, [referral_id], now)
    # A page asks at every change; what was noted a moment ago need not be written again.
    if last is None or last <= now - AGAIN:
        async with house.database.begin() as db:
            await presence.note(db, member, referral_id, now)
    if last is None or last <= now - presence.LASTS:
        house.announcer.announce(QUEUES, of_referral(referral_id))
    return others.get(referral_id, [])


async def leaves(request: web.Request, referral_id: UUID) -> None:
    """Note that they closed the page; another page of theirs says otherwise soon enough."""
    house = house_of(request)
    async with house.database.begin() as db:
        await presence.leave(db, member_of(request), referral_id)
    house.announcer.announce(QUEUES, of_referral(referral_id))
