"""Tells the colleagues' group in Telegram that somebody waits; nothing of anybody is in it."""

from __future__ import annotations

from telegram import Bot
from telegram.error import TelegramError

from bot.telegram.deliver import NO_PREVIEW, explain
from bot.telegram.request import call


async def tell_group(bot: Bot, chat_id: int, text: str, button: str, link: str) -> None:
    """Send a card with a button that leads to the desk; raise a DoorError."""
    said: dict[str, object] = {
        "chat_id": chat_id,
        "text": text,
        "link_preview_options": NO_PREVIEW,
    }
    # Telegram takes no button that leads to this machine.
    if link.startswith("https://"):
        said["reply_markup"] = {"inline_keyboard": [[{"text": button, "url": link}]]}
    try:
        await call(bot, "sendMessage", said)
    except TelegramError as error:
        explain(error)
