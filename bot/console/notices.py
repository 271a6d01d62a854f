"""What colleagues were told outside the desk, and whether it arrived."""

from __future__ import annotations

from aiohttp import web

from bot.console.desk import draw, house_of, member_of
from bot.console.queue import counted, queue_in_words
from bot.console.requests import reading_of
from bot.console.time_left import moment_in_words
from dialogs.frozen import Frozen
from storage import notices
from storage.notices import Told

A_PAGE = 100


class Row(Frozen):
    """One notice, in words."""

    told: Told
    queue: str
    when: str


async def show(request: web.Request) -> web.Response:
    """Show the newest notices of this colleague's queues, and by which ways they go."""
    house, reading = house_of(request), reading_of(request)
    async with house.database.reading() as db:
        listed = await notices.listing(db, member_of(request), A_PAGE)
    rows = [
        Row(
            told,
            queue_in_words(house, told.queue, reading.language),
            moment_in_words(told.put_at, reading),
        )
        for told in listed
    ]
    return draw(
        request,
        "notices.html",
        rows=rows,
        by_mail=bool(house.settings.smtp_url),
        by_group=bool(house.settings.staff_chat),
        repeat=house.organisation.notice_repeat_minutes,
        counts=await counted(request),
    )
