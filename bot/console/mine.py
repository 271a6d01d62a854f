"""What a colleague works on, beside whatever they are at: the most urgent first."""

from __future__ import annotations

from aiohttp import web

from bot.console.desk import draw, house_of, member_of
from bot.console.requests import reading_of
from bot.console.time_left import TimeLeft, time_left
from dialogs.frozen import Frozen
from storage import referrals
from storage.referrals import Referral, View


class Card(Frozen):
    """A request in the list."""

    referral: Referral
    left: TimeLeft


async def refresh(request: web.Request) -> web.Response:
    """Give the list of a page that is open."""
    cards = await cards_of(request)
    return draw(request, "mine.html", mine=cards, here=request.query.get("here", ""))


async def cards_of(request: web.Request) -> list[Card]:
    """List the requests that are this colleague's."""
    house, reading = house_of(request), reading_of(request)
    async with house.database.reading() as db:
        listed = await referrals.listing(db, member_of(request), View.MINE)
    services = house.organisation.services
    return [Card(each, time_left(each, services[each.service], reading)) for each in listed]
