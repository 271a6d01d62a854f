"""Who may be given a request, and who of them is there today."""

from __future__ import annotations

from aiohttp import web

from bot.console.desk import house_of, member_of, today_of
from bot.console.rights import Action, may
from bot.licensing import is_licensed
from storage import licences, staff
from storage.referrals import Referral
from storage.staff_values import Member, StaffRole


def may_receive(member: Member, referral: Referral) -> bool:
    """Say whether a colleague may work on a request at all, also while they are away."""
    return referral.queue in member.queues and may(member, Action.WRITE)


async def receivers(request: web.Request, referral: Referral) -> list[Member]:
    """List who can be asked to take a request over now, by name.

    A mediator without the licence that a case needs is asked by a coordinator only, who says why.
    """
    house, today = house_of(request), today_of(request)
    async with house.database.reading() as db:
        everyone = await staff.everyone(db, house.keystore.system)
        known = await licences.of(db, [each.id for each in everyone])
    asked, service = house.organisation.licensing, referral.service
    knows_why = StaffRole.COORDINATOR in member_of(request).roles
    return [
        each
        for each in everyone
        if each.id != referral.owner_id
        and each.is_on_duty(today)
        and may_receive(each, referral)
        and (knows_why or is_licensed(each, service, known[each.id], asked, today))
    ]
