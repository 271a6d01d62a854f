"""What a colleague does with a request, where its person is told nothing of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiohttp import web
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.announcer import QUEUES, of_referral
from bot.console.desk import house_of
from bot.console.requests import person_of
from bot.pages.drawing import see_other
from storage import heard
from storage.errors import Conflict
from storage.referrals import Referral
from storage.sealed import Seal

LONGEST_REASON = 2000

Act = Callable[[AsyncSession, Seal], Awaitable[None]]
Refuse = Callable[[web.Request, str | None], Awaitable[web.Response]]
"""Says that somebody was faster, or that it cannot be done any more when nobody was."""


async def quietly(request: web.Request, referral: Referral, key: str, act: Act) -> None:
    """Do it in one transaction and once for each key, and tell open pages of it."""
    house = house_of(request)
    seal = await house.keystore.seal_of(person_of(referral))
    async with house.database.begin() as db:
        if await heard.keep(db, [key], house.clock.now()):
            await act(db, seal)
    house.announcer.announce(QUEUES, of_referral(referral.id))


async def done_quietly(  # noqa: PLR0917 - what is done, where it leads, and what is said if not
    request: web.Request, referral: Referral, key: str, act: Act, leads_to: str, refuse: Refuse
) -> web.Response:
    """Do it and lead on; where a colleague was faster, or nothing is left to do, say so."""
    try:
        await quietly(request, referral, key, act)
    except Conflict as lost:
        return await refuse(request, lost.by)
    return see_other(leads_to)


def problem_of(reason: str) -> str:
    """Name what is wrong with a reason that colleagues read, as an id; nothing when it will do."""
    if not reason:
        return "transfer.no_reason"
    return "talk.too_long" if len(reason) > LONGEST_REASON else ""
