"""What both receivers do with what they read; nothing is acknowledged before this is done."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.envelopes import Envelope, Outcome, Sender
from bot.telegram.read import Blocked, Heard, Read, Unreadable
from storage.errors import Unavailable

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Ears:
    """Where it goes: each of these returns when its part is committed, or raises Unavailable.

    `hear` is the conductor's. `close_way` remembers that nothing reaches this person, until they
    write again. `set_aside` keeps a key and an update that could not be read, sealed, and tells
    whoever wrote it.
    """

    hear: Callable[[Envelope], Awaitable[Outcome]]
    close_way: Callable[[Sender], Awaitable[None]]
    set_aside: Callable[[str, str, Sender | None], Awaitable[object]]

    async def take(self, read: Read) -> str | None:
        """Take something in; give the button press that may be answered now, if it was one.

        Raises Unavailable: nothing is lost then, for Telegram brings it again.
        """
        try:
            return await self._take(read)
        except Unavailable:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, nothing was kept
            # The class only: the text of an error may repeat what somebody typed.
            log.error("An update could not be taken in (%s).", type(error).__name__)  # noqa: TRY400
            raise Unavailable("an update could not be taken in") from None

    async def _take(self, read: Read) -> str | None:
        match read:
            case Heard(envelope=envelope, press=press):
                await self.hear(envelope)
                return press
            case Blocked(sender=sender):
                await self.close_way(sender)
            case Unreadable(key=key, text=text, sender=sender):
                await self.set_aside(key, text, sender)
                log.error("An update from Telegram could not be read and is set aside.")
            case None:
                pass
        return None
