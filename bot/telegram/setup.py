"""What Telegram is told at the start: where updates go, and which commands there are.

Whatever waits at Telegram stays there: people wrote it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Sequence
from typing import Final

from telegram import Bot, BotCommand, BotCommandScopeAllPrivateChats
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.commands import NAMES
from bot.errors import SetUpRefused, TokenRefused
from bot.telegram.read import KINDS
from bot.telegram.request import Flooded
from bot.telegram.webhook import PATH
from bot.wording import Wording
from dialogs.frozen import Frozen, Hidden
from dialogs.values import Service

log = logging.getLogger(__name__)

# As many as Telegram offers: whoever waits is heard in one transaction with the others.
CONNECTIONS: Final = 100
LONGEST_DESCRIPTION: Final = 256
TWO_LETTERS: Final = 2


class SetUp(Frozen):
    """How this house is reached. An empty `public_url` means that updates are polled for."""

    bot: Bot
    wording: Wording
    public_url: str
    secret: Hidden[str]
    pauses: Sequence[float] = (1, 2, 5, 10, 30)

    async def run(self) -> None:
        """Tell Telegram, again and again until it listens; raises TokenRefused, SetUpRefused."""
        failures = 0
        while True:
            try:
                await self._choose_receiver()
                await self._list_commands()
            except InvalidToken:
                raise TokenRefused from None
            except TelegramError as error:
                failures += 1
                await self._pause(error, failures)
                continue
            return

    async def _choose_receiver(self) -> None:
        if not self.public_url:
            await self.bot.delete_webhook(drop_pending_updates=False)
            return
        try:
            await self.bot.set_webhook(
                f"{self.public_url.rstrip('/')}{PATH}",
                max_connections=CONNECTIONS,
                allowed_updates=KINDS,
                drop_pending_updates=False,
                secret_token=self.secret,
            )
        except BadRequest:
            raise SetUpRefused from None

    async def _list_commands(self) -> None:
        """List them in every language; whoever's app speaks another one reads the first."""
        first, *_ = self.wording.languages
        for code, language in [("", first), *((each, each) for each in self.wording.languages)]:
            if len(code) in {0, TWO_LETTERS}:
                await self._list_in(language, code)

    async def _list_in(self, language: str, code: str) -> None:
        scope = BotCommandScopeAllPrivateChats()
        try:
            await self.bot.set_my_commands([*self._described(language)], scope, code or None)
        except BadRequest:
            log.warning("Telegram refuses the list of commands in %s.", language)

    def _described(self, language: str) -> Iterable[BotCommand]:
        for name in NAMES:
            text = self.wording.text(language, Service.MEDIATION, f"command.{name}")
            if text:
                yield BotCommand(name, text[:LONGEST_DESCRIPTION])

    async def _pause(self, error: TelegramError, failures: int) -> None:
        if failures == 1:
            log.warning("Telegram cannot be reached; trying again.")
        pause = self.pauses[min(failures, len(self.pauses)) - 1]
        await asyncio.sleep(max(pause, error.seconds if isinstance(error, Flooded) else 0))
