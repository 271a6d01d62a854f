"""Who may be given a request, and who of them is there today."""

from __future__ import annotations

from aiohttp import web

from bot.console.desk import house_of, today_of
from bot.console.rights import Action, may
from storage import staff
from storage.referrals import Referral
from storage.staff_values import Member


def may_receive(member: Member, referral: Referral) -> bool:
    """Say whether a colleague may work on a request at all, also while they are away."""
    return referral.queue in member.queues and may(member, Action.WRITE)


async def receivers(request: web.Request, referral: Referral) -> list[Member]:
    """List who can be asked to take a request over now, by name."""
    house, today = house_of(request), today_of(request)
    async with house.database.reading() as db:
        everyone = await staff.everyone(db, house.keystore.system)
    return [
        each
        for each in everyone
        if each.id != referral.owner_id and each.is_on_duty(today) and may_receive(each, referral)
    ]
