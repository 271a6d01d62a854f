"""A worded screen reaches a chat: as a new message, or in the place of the screen before it.

Navigation changes the one screen message, so that a chat stays short. Results stay: they are new
messages, and nothing is ever put in their place.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final, NoReturn

from msgspec import Raw
from msgspec.json import encode
from telegram import Bot
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, TelegramError

from bot.envelopes import Brought, LetterBody
from bot.errors import DoorError, Later, TokenRefused, Undelivered
from bot.telegram.draw import Drawn, Rows, Undrawable, draw
from bot.telegram.request import Flooded, call
from bot.wording import Unworded, Wording
from dialogs.frozen import Frozen

log = logging.getLogger(__name__)

# A preview tells Telegram's servers which page is meant, and is read by whoever looks on.
NO_PREVIEW: Final = {"is_disabled": True}

NOT_MODIFIED: Final = "message is not modified"
# The only refusals of a letter after which no other one arrives either.
NOBODY_THERE: Final = ("chat not found", "user not found", "peer_id_invalid", "chat_id is empty")
DEACTIVATED: Final = "user is deactivated"


class Delivery(Frozen):
    """Brings letters over one bot."""

    bot: Bot
    wording: Wording

    async def deliver(self, letter: LetterBody, screen_message: int | None) -> Brought:
        """Bring a letter; say where it stands now.

        `screen_message` is the message that was the screen so far. Raises Undelivered, Later or
        TokenRefused.
        """
        messages = self._drawn(letter)
        lasting = letter.screen.lasting
        # Several messages at once would tear the chat apart if the first stood further up.
        may_replace = letter.replaces and not lasting and len(messages) == 1
        shown: list[int] = []
        try:
            await self._put(letter, messages, screen_message if may_replace else None, shown)
        except TelegramError as error:
            explain(error, left=tuple(shown))
        new = tuple(number for number in shown if number != screen_message)
        return Brought(None if lasting else shown[-1], new)

    async def take_out(self, address: str, numbers: Sequence[int]) -> None:
        """Take messages out of a chat, whoever wrote them; raises as `deliver` does."""
        try:
            await self.bot.delete_messages(address, list(numbers))
        except TelegramError as error:
            explain(error)

    async def replace(self, letter: LetterBody, number: int) -> None:
        """Put a letter in the place of a message, or nothing where that cannot be.

        Raises as `deliver` does.
        """
        (message,) = self._drawn(letter)
        try:
            if await self._edited(letter.address, number, message):
                return
        except TelegramError as error:
            explain(error)
        await self.take_out(letter.address, [number])

    def _drawn(self, letter: LetterBody) -> tuple[Drawn, ...]:
        """Word and draw; a person's own words are not repeated in a chat that stays."""
        try:
            worded = self.wording.screen(
                letter.language, letter.service, letter.screen, reveal=False
            )
            return draw(worded)
        except (Undrawable, Unworded) as error:
            log.error("A letter is dropped: %s.", error)  # noqa: TRY400 - the line says it all
            raise Undelivered(permanent=True) from None

    async def _put(
        self, letter: LetterBody, messages: Sequence[Drawn], before: int | None, shown: list[int]
    ) -> None:
        """Show it in the place of a message where that is possible, otherwise below all else.

        What stands in the chat is added to `shown` one by one, for each may be the last.
        """
        if before is not None and await self._edited(letter.address, before, messages[0]):
            shown.append(before)
            return
        for message in messages:
            shown.append(await self._sent(letter.address, message))  # noqa: PERF401 - as said

    async def _sent(self, address: str, message: Drawn) -> int:
        sent = await call(self.bot, "sendMessage", _said(address, message))
        return int(sent["message_id"])

    async def _edited(self, address: str, message_id: int, message: Drawn) -> bool:
        """Say whether the message could be changed; one that is deleted or too old cannot."""
        said = {**_said(address, message), "message_id": message_id}
        try:
            await call(self.bot, "editMessageText", said)
        except BadRequest as error:
            return NOT_MODIFIED in error.message.lower()
        return True


def _said(address: str, message: Drawn) -> Mapping[str, object]:
    said = {"chat_id": address, "text": message.text, "link_preview_options": NO_PREVIEW}
    if not message.keyboard:
        return said
    return {**said, "reply_markup": _below(message.keyboard)}


@lru_cache(500)
def _below(rows: Rows) -> Raw:
    """Write the buttons below a message as JSON, once for everybody who is shown them."""
    keyboard = [
        [{"text": label.text, "callback_data": label.data} for label in row] for row in rows
    ]
    return Raw(encode({"inline_keyboard": keyboard}))


def explain(error: TelegramError, left: tuple[int, ...] = ()) -> NoReturn:
    """Raise what an error of the library means to us, with what is left of a letter in the chat."""
    meant = _meant(error)
    meant.left = left
    raise meant from None


def _meant(error: TelegramError) -> DoorError:
    match error:
        case Flooded(seconds=seconds):
            return Later(seconds)
        case InvalidToken():
            return TokenRefused()
        case Forbidden() | ChatMigrated():
            gone = DEACTIVATED in error.message.lower()
            return Undelivered(permanent=True, closes_way=True, is_gone=gone)
        case BadRequest(message=message):
            gone = any(reason in message.lower() for reason in NOBODY_THERE)
            return Undelivered(permanent=True, closes_way=gone, is_gone=gone)
        case _:
            return Undelivered(permanent=False)
