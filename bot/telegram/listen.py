"""What both receivers do with what they read; nothing is acknowledged before this is done."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bot.envelopes import Envelope, Outcome, Sender
from bot.errors import DoorError
from bot.telegram.read import Blocked, Heard, Read, Unreadable
from dialogs.events import Attached, Event
from storage.errors import Unavailable

log = logging.getLogger(__name__)

# A database that is restarted is back before this; Telegram brings everything again until then.
PATIENCE_S = 15.0
# What is brought again comes sooner; so a failure after this begins another outage.
FORGOTTEN_S = 60.0


@dataclass(slots=True)
class Outage:
    """Since when nothing could be kept, and when that was last tried, by the clock of the loop."""

    since: float | None = None
    last: float = 0.0

    def goes_on(self, now: float) -> bool:
        """Note that nothing could be kept; say whether that takes too long by now."""
        if self.since is None or now - self.last > FORGOTTEN_S:
            self.since = now
        self.last = now
        return now - self.since >= PATIENCE_S


@dataclass(frozen=True, slots=True)
class Ears:
    """Where it goes: each of these returns when its part is committed, or raises Unavailable.

    `hear` is the conductor's. `close_way` remembers that nothing reaches this person, until they
    write again. `set_aside` keeps a key and an update that could not be read, sealed, and tells
    whoever wrote it. `stand_by` is for when nothing can be kept: it tells somebody so, or lets them
    read what they pressed.
    """

    hear: Callable[[Envelope], Awaitable[Outcome]]
    close_way: Callable[[Sender], Awaitable[None]]
    set_aside: Callable[[str, str, Sender | None], Awaitable[object]]
    stand_by: Callable[[Sender, Event], Awaitable[None]]
    outage: Outage = field(default_factory=Outage)

    async def take(self, read: Read) -> str | None:
        """Take something in; give the button press that may be answered now, if it was one.

        Raises Unavailable: nothing is lost then, for Telegram brings it again. When that goes on
        for long, nothing is kept, and whose it is hears so at once.
        """
        try:
            press = await self._take(read)
        except Unavailable:
            if not self.outage.goes_on(asyncio.get_running_loop().time()):
                raise
            return await self._answer_without_keeping(read)
        except Exception as error:  # noqa: BLE001 - whatever it is, nothing was kept
            # The class only: the text of an error may repeat what somebody typed.
            log.error("An update could not be taken in (%s).", type(error).__name__)  # noqa: TRY400
            raise Unavailable("an update could not be taken in") from None
        self.outage.since = None
        return press

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

    async def _answer_without_keeping(self, read: Read) -> str | None:
        try:
            match read:
                case Heard(envelope=Envelope(sender=Sender() as sender, event=event), press=press):
                    await self.stand_by(sender, event)
                    return press
                case Unreadable(sender=Sender() as sender):
                    await self.stand_by(sender, Attached())
                case _:
                    pass
        except DoorError:
            raise Unavailable("nothing can be kept, and nobody be told") from None
        return None
