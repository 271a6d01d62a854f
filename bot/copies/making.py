"""Makes the copy that a ticket fetches."""

from __future__ import annotations

from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.copies import complaint_letter, held, reflection, talk_text
from bot.copies.values import Made, Materials
from bot.house import House
from dialogs.values import Copy
from storage import conversations, copies
from storage.errors import NotFound


async def fetched(house: House, ticket: str) -> tuple[Materials, Made] | None:
    """Make what a ticket fetches; nothing when it fetches nothing (any more)."""
    now = house.clock.now()
    async with house.database.reading() as db:
        offer = await copies.find(db, copies.index_of(house.keystore, ticket), now)
        if offer is None:
            return None
        materials = await materials_of(db, house, offer.person_id)
        if materials is None:
            return None
        made = await _made(materials, offer.copy)
        return None if made is None else (materials, made)


async def materials_of(db: AsyncSession, house: House, person_id: UUID) -> Materials | None:
    """Gather what copies of somebody are made of; nothing of who is not known (any more)."""
    try:
        seal = await house.keystore.seal_of(person_id)
    except NotFound:
        return None
    found = (await conversations.find(db, {person_id: seal})).get(person_id)
    if found is None:
        return None
    zone, now = house.settings.timezone, house.clock.now()
    return Materials(db, seal, found.session, house.organisation, house.wording, zone, now)


async def _made(materials: Materials, copy: Copy) -> Made | None:
    match copy:
        case Copy.HELD:
            return await held.made(materials)
        case Copy.COMPLAINT_LETTER:
            return complaint_letter.made(materials)
        case Copy.REFLECTION:
            return await reflection.made(materials)
        case Copy.TALK_TEXT:
            return talk_text.made(materials)
