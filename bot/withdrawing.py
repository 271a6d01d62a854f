"""Withdraws again what people had withdrawn, after an older state of the data was put back."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from bot.envelopes import Envelope
from bot.house import House
from dialogs.events import Chose
from storage import consents
from storage.errors import NotFound, StorageError
from storage.restoring import Ended

log = logging.getLogger(__name__)

WAY_THERE = (Chose("everywhere.go", "rights"), Chose("rights.overview", "withdraw"))


async def withdraw_again(house: House, ended: Sequence[Ended]) -> list[Ended]:
    """Press what those people pressed; give what is still to be done by hand.

    So all that follows from a withdrawal follows again, and its person is told.
    """
    return [each for each in ended if not await _is_over(house, each)]


async def _is_over(house: House, ended: Ended) -> bool:
    try:
        for press in (*WAY_THERE, Chose("rights.withdraw", ended.purpose)):
            if not await _stands(house, ended):
                return True
            key = f"restored:{house.clock.new_id()}"
            await house.conductor.hear(Envelope(ended.person_id, key, press, pressed=True))
        return not await _stands(house, ended)
    except NotFound:
        # Whoever was erased since has nothing to withdraw any more.
        return True
    except StorageError as error:
        log.warning("Something could not be withdrawn again (%s).", type(error).__name__)
        return False


async def _stands(house: House, ended: Ended) -> bool:
    async with house.database.reading() as db:
        held = await consents.held(db, ended.person_id)
    return any(each.purpose == ended.purpose for each in held)
