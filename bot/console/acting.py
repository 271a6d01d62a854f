"""What a colleague does with a request, where its person is told nothing of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiohttp import web
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.announcer import QUEUES, of_referral
from bot.console.desk import house_of
from bot.console.requests import person_of
from storage import heard
from storage.referrals import Referral
from storage.sealed import Seal

Act = Callable[[AsyncSession, Seal], Awaitable[None]]


async def quietly(request: web.Request, referral: Referral, key: str, act: Act) -> None:
    """Do it in one transaction and once for each key, and tell open pages of it."""
    house = house_of(request)
    seal = await house.keystore.seal_of(person_of(referral))
    async with house.database.begin() as db:
        if await heard.keep(db, [key], house.clock.now()):
            await act(db, seal)
    house.announcer.announce(QUEUES, of_referral(referral.id))
