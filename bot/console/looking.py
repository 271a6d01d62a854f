"""Notes who looked: it comes before the reading, so that nothing is read unnoticed.

For the person it is noted once a day; for whoever answers for it, each time a page is opened.
"""

from __future__ import annotations

from uuid import UUID

from aiohttp import web

from bot.console.auditing import BY_ITSELF, Doing, note
from bot.console.desk import house_of, member_of, today_of
from storage import looks
from storage.looks import Look


async def looks_at(
    request: web.Request,
    person_id: UUID,
    queue: str,
    what: Doing,
    object_id: UUID,
    *,
    in_need: bool = False,
) -> None:
    """Note that this colleague reads what somebody said; raise NotFound for the erased."""
    house = house_of(request)
    look = Look(person_id, today_of(request), member_of(request).id, queue, in_need)
    async with house.database.reading() as db:
        is_noted = await looks.is_noted(db, look)
    if is_noted and request[BY_ITSELF]:
        return
    # A key that is gone is found here, before a row is written that nobody may own.
    await house.keystore.seal_of(look.person_id)
    async with house.database.begin() as db:
        await looks.note(db, look)
        if not request[BY_ITSELF]:
            await note(db, request, what, object_id)
