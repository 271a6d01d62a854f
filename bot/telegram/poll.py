"""We fetch the updates ourselves; the next call confirms only what is committed.

Updates of one chat are heard in order, those of different chats at once. Pending updates are never
thrown away.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Final
from urllib.parse import urlencode

from telegram import Bot
from telegram.error import Conflict, InvalidToken, TelegramError

from bot.envelopes import Envelope, Sender
from bot.errors import TokenRefused
from bot.telegram.listen import Ears
from bot.telegram.read import KINDS, Blocked, Heard, Read, number_of, read
from bot.telegram.request import AiohttpRequest, Flooded
from dialogs.frozen import Frozen
from storage.errors import Unavailable

log = logging.getLogger(__name__)

# Telegram waits no longer than this.
LONGEST_WAIT_S: Final = 50
# An answer that is due only after the wait also needs its time on the road.
ON_THE_ROAD_S: Final = 10

Update = Mapping[str, object]


class Poll(Frozen):
    """The long poll; one process at a time may run it. `pauses`: seconds after each failure."""

    bot: Bot
    ears: Ears
    wait_s: int = LONGEST_WAIT_S
    pauses: Sequence[float] = (1, 2, 5, 10, 30)

    async def run(self) -> None:
        """Fetch and hear until cancelled; raises TokenRefused."""
        async with AiohttpRequest() as road, asyncio.TaskGroup() as answers:
            with suppress(InvalidToken):
                await self._fetch_and_hear(road, answers)
        # Raised in the group, it would come out wrapped.
        raise TokenRefused

    async def _fetch_and_hear(self, road: AiohttpRequest, answers: asyncio.TaskGroup) -> None:
        offset: int | None = None
        failures = 0
        while True:
            try:
                updates = await self._fetch(road, offset)
                presses = await self._hear(updates)
            except InvalidToken:
                raise
            except (TelegramError, Unavailable) as error:
                failures += 1
                await self._pause(error, failures)
                continue
            if failures:
                log.info("Telegram's updates arrive again.")
            failures = 0
            offset = _after(updates)
            for press in presses:
                answers.create_task(self._answer(press))

    async def _fetch(self, road: AiohttpRequest, offset: int | None) -> list[Update]:
        """Ask for what is new; `offset` confirms everything before it."""
        asked = {"timeout": self.wait_s, "allowed_updates": json.dumps(KINDS)}
        if offset is not None:
            asked["offset"] = offset
        payload = await road.retrieve(
            f"{self.bot.base_url}/getUpdates?{urlencode(asked)}",
            read_timeout=self.wait_s + ON_THE_ROAD_S,
        )
        result = road.parse_json_payload(payload).get("result")
        return [update for update in result or () if isinstance(update, dict)]

    async def _hear(self, updates: Sequence[Update]) -> list[str]:
        """Hear all of them; give the button presses. When one fails, all of them come again."""
        chats: dict[str, list[Read]] = {}
        for update in map(read, updates):
            chats.setdefault(_chat_of(update), []).append(update)
        heard = await asyncio.gather(*map(self._in_order, chats.values()), return_exceptions=True)
        for result in heard:
            if isinstance(result, BaseException):
                raise result
        return [press for result in heard if isinstance(result, list) for press in result]

    async def _in_order(self, updates: Sequence[Read]) -> list[str]:
        presses = [await self.ears.take(update) for update in updates]
        return [press for press in presses if press is not None]

    async def _answer(self, press: str) -> None:
        """Stop the little clock on the button; a sign that comes too late harms nobody."""
        try:
            await self.bot.answer_callback_query(press)
        except TelegramError:
            log.debug("A button press could not be answered in time.")

    async def _pause(self, error: Exception, failures: int) -> None:
        """Wait, longer each time, and say why once."""
        if failures == 1:
            log.warning("No updates from Telegram for now: %s", _why(error))
        pause = self.pauses[min(failures, len(self.pauses)) - 1]
        await asyncio.sleep(max(pause, error.seconds if isinstance(error, Flooded) else 0))


def _why(error: Exception) -> str:
    """Say in our own words what is wrong; Telegram's might repeat what was sent."""
    match error:
        case Conflict(message=message) if "webhook" in message:
            return "a webhook is set for this bot, and nobody can poll beside it."
        case Conflict():
            return "another process polls with the same BOT_TOKEN."
        case Flooded():
            return "it asks for a pause."
        case Unavailable():
            return "what arrives cannot be stored."
        case _:
            return "it cannot be reached."


def _chat_of(update: Read) -> str:
    match update:
        case Heard(envelope=Envelope(sender=Sender(address=address))):
            return address
        case Blocked(sender=sender):
            return sender.address
        case _:
            return ""


def _after(updates: Sequence[Update]) -> int | None:
    """Confirm what was heard, once: numbers start anew, perhaps lower, after a week of silence."""
    numbers = [number for number in map(number_of, updates) if number is not None]
    return max(numbers) + 1 if numbers else None
