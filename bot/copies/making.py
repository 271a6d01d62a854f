"""Makes the copy that a ticket fetches."""

from __future__ import annotations

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
        try:
            seal = await house.keystore.seal_of(offer.person_id)
        except NotFound:
            return None
        found = (await conversations.find(db, {offer.person_id: seal})).get(offer.person_id)
        if found is None:
            return None
        materials = Materials(
            db,
            seal,
            found.session,
            house.organisation,
            house.wording,
            house.settings.timezone,
            now,
        )
        made = await _made(materials, offer.copy)
        return None if made is None else (materials, made)


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
