"""Saying that one is away, or back again; who is away is given nothing new."""

from __future__ import annotations

from datetime import date

from aiohttp import web
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.announcer import QUEUES
from bot.console.auditing import Doing, note
from bot.console.desk import house_of, member_of, today_of
from bot.console.gate import led_back
from bot.pages.drawing import see_other
from bot.pages.forms import read_form
from storage import staff


async def change(request: web.Request) -> web.Response:
    """Keep whether somebody is away, and until which day; it leads back to where they were."""
    house, member, form = house_of(request), member_of(request), await read_form(request)
    away = form.get("away") == "yes"
    until = _day(form.get("until", "")) if away else None
    if until is not None and until <= today_of(request):
        raise web.HTTPUnprocessableEntity
    async with house.database.begin() as db:
        await staff.set_away(db, member.id, away=away, until=until)
        await note(db, request, Doing.DUTY, member.id)
    house.announcer.announce(QUEUES)
    return see_other(led_back(form.get("back", "")))


async def on_duty(db: AsyncSession, request: web.Request) -> None:
    """Take who picks something up to be there, whatever they said before."""
    member = member_of(request)
    if not member.is_on_duty(today_of(request)):
        await staff.set_away(db, member.id, away=False)
        await note(db, request, Doing.DUTY, member.id)


def _day(text: str) -> date | None:
    """Read the day on which somebody is back, if they know it."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise web.HTTPUnprocessableEntity from None
