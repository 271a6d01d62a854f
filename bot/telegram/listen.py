"""What both receivers do with what they read; nothing is acknowledged before this is done."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from msgspec import Struct, field

from bot.envelopes import Envelope, Outcome, Sender
from bot.errors import DoorError, Undelivered
from bot.telegram.read import Blocked, Heard, Read, Unreadable
from dialogs.events import Attached, Event
from dialogs.frozen import Frozen
from storage.errors import Unavailable

log = logging.getLogger(__name__)

# A database that is restarted is back before this; Telegram brings everything again until then.
PATIENCE_S = 15.0
# What is brought again comes sooner; so a failure after this begins another outage.
FORGOTTEN_S = 60.0
# Telegram brings nothing that is older, and may begin its numbers anew after a week.
A_DAY_S = 86_400.0
MOST_ANSWERED = 100_000


class Outage(Struct):
    """Since when nothing could be kept, and when that was last tried, by the clock of the loop.

    `answered`: when an update was answered and not kept, by its key; also after the outage.
    """

    since: float | None = None
    last: float = 0.0
    answered: dict[str, float] = field(default_factory=dict)

    def goes_on(self, now: float) -> bool:
        """Note that nothing could be kept; say whether that takes too long by now."""
        if self.since is None or now - self.last > FORGOTTEN_S:
            self.since = now
        self.last = now
        return now - self.since >= PATIENCE_S

    def answer(self, key: str, now: float) -> None:
        """Remember that the update with this key was answered and not kept."""
        self.answered[key] = now
        if len(self.answered) > MOST_ANSWERED:
            del self.answered[next(iter(self.answered))]

    def has_answered(self, key: str, now: float) -> bool:
        """Say whether it was: else its person would be told again, or be heard after all."""
        return key in self.answered and now - self.answered[key] < A_DAY_S


class Ears(Frozen):
    """Where it goes: each of these returns when its part is committed, or raises Unavailable.

    `hear` is the conductor's. `close_way` remembers that nothing reaches this person, until they
    write again. `set_aside` keeps a key and an update that could not be read, sealed, and tells
    whoever wrote it. `stand_by` is for when nothing can be kept: it tells somebody so, or lets them
    read what they pressed; and `take_out` takes from their chat what nobody would know of later.
    """

    hear: Callable[[Envelope], Awaitable[Outcome]]
    close_way: Callable[[Sender], Awaitable[None]]
    set_aside: Callable[[str, str, Sender | None, int | None], Awaitable[object]]
    stand_by: Callable[[Sender, Event], Awaitable[None]]
    take_out: Callable[[Sender, int], Awaitable[None]]
    outage: Outage = field(default_factory=Outage)

    async def take(self, read: Read, within_s: float | None = None) -> str | None:
        """Take something in; give the button press that may be answered now, if it was one.

        Raises Unavailable, also when it is not kept `within_s` seconds: nothing is lost then, for
        Telegram brings it again. When that goes on for long, nothing is kept, and whose it is hears
        so at once, and once.
        """
        clock = asyncio.get_running_loop().time
        press = read.press if isinstance(read, Heard) else None
        key = read.key if isinstance(read, Heard | Unreadable) else None
        if key is not None and self.outage.has_answered(key, clock()):
            await self._take_out(read)
            return press
        try:
            async with asyncio.timeout(within_s):
                await self._take(read)
        except (Unavailable, TimeoutError):
            if not self.outage.goes_on(clock()):
                raise Unavailable("nothing can be kept for now") from None
            await self._answer_without_keeping(read)
            if key is not None:
                self.outage.answer(key, clock())
            await self._take_out(read)
            return press
        except Exception as error:  # noqa: BLE001 - whatever it is, nothing was kept
            # The class only: the text of an error may repeat what somebody typed.
            log.error("An update could not be taken in (%s).", type(error).__name__)  # noqa: TRY400
            raise Unavailable("an update could not be taken in") from None
        self.outage.since = None
        return press

    async def _take(self, read: Read) -> None:
        match read:
            case Heard(envelope=envelope):
                await self.hear(envelope)
            case Blocked(sender=sender):
                await self.close_way(sender)
            case Unreadable(key=key, text=text, sender=sender, message=message):
                await self.set_aside(key, text, sender, message)
                log.error("An update from Telegram could not be read and is set aside.")
            case None:
                pass

    async def _answer_without_keeping(self, read: Read) -> None:
        try:
            match read:
                case Heard(envelope=Envelope(sender=Sender() as sender, event=event)):
                    await self.stand_by(sender, event)
                case Unreadable(sender=Sender() as sender):
                    await self.stand_by(sender, Attached())
                case _:
                    pass
        except DoorError:
            raise Unavailable("nothing can be kept, and nobody be told") from None

    async def _take_out(self, read: Read) -> None:
        """Take out what was not kept; what Telegram refuses now is tried when it is brought again.

        So nobody is told twice. What it refuses for ever stays.
        """
        match read:
            case (
                Heard(envelope=Envelope(sender=Sender() as sender, message=int(number)))
                | Unreadable(sender=Sender() as sender, message=int(number))
            ):
                pass
            case _:
                return
        try:
            await self.take_out(sender, number)
        except DoorError as error:
            if not (isinstance(error, Undelivered) and error.permanent):
                raise Unavailable("what was not kept could not be taken out") from None
