"""Plays once more what was set aside, after the fault that spoiled it is mended."""

from __future__ import annotations

import json
import logging
from contextlib import suppress
from enum import StrEnum
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.console.auditing import Doing, note_of
from bot.envelopes import Envelope, Sender, read_envelope
from bot.house import House
from bot.telegram.read import Heard, read
from dialogs.frozen import Frozen, replace
from storage import conversations, people, setaside
from storage.errors import StorageError
from storage.setaside import SetAside

log = logging.getLogger(__name__)


class Fate(StrEnum):
    """What becomes of something when it is played again."""

    PLAYED = "it is heard as if it just came"
    MOVED_ON = "its person went on since, and would not understand the answer"
    UNREADABLE = "it cannot be read, or nothing in it is for us"
    FAILED = "it failed again, and stays"


class Look(Frozen):
    """Something that was set aside, as far as it may be told: what it is, and what can be done."""

    aside: SetAside
    what: str
    envelope: Envelope | None
    fate: Fate


async def look(house: House, aside: SetAside) -> Look:
    """See what could become of it."""
    envelope = _read(aside)
    if envelope is None or not isinstance(envelope.sender, Sender):
        return Look(aside, "update", None, Fate.UNREADABLE)
    async with house.database.reading() as db:
        version = await _version_of(db, house, envelope.sender)
    fate = Fate.PLAYED if version == aside.version else Fate.MOVED_ON
    return Look(aside, type(envelope.event).__name__, envelope, fate)


async def play(house: House, seen: Look) -> Fate:
    """Play it, if it can be; what was played is set aside no more."""
    if seen.envelope is None or seen.fate is not Fate.PLAYED:
        return seen.fate
    try:
        await house.conductor.hear(seen.envelope)
    except StorageError:
        raise
    except Exception as error:  # noqa: BLE001 - that is what it was set aside for
        # The class only: the text of an error may repeat what somebody typed.
        log.error("A turn failed again (%s).", type(error).__name__)  # noqa: TRY400
        return Fate.FAILED
    await forget(house, seen.aside.id, Doing.PLAYED_AGAIN)
    return Fate.PLAYED


async def forget(house: House, id: UUID, why: Doing) -> None:
    """Set it aside no more."""
    async with house.database.begin() as db:
        await setaside.drop(db, id)
        await note_of(db, house, None, why)


def _read(aside: SetAside) -> Envelope | None:
    """Read what somebody did; heard under a key of its own, for the first one was heard."""
    key = f"aside:{aside.id}"
    with suppress(AttributeError, LookupError, TypeError, ValueError):
        return replace(read_envelope(aside.text, key), again=True)
    with suppress(AttributeError, ValueError):
        found = read(json.loads(aside.text))
        return replace(found.envelope, key=key, again=True) if isinstance(found, Heard) else None
    return None


async def _version_of(db: AsyncSession, house: House, sender: Sender) -> int:
    index = house.keystore.index(sender.door, sender.address)
    way = (await people.find_ways(db, [index])).get(index)
    return conversations.NEW if way is None else await conversations.version_of(db, way.person_id)
