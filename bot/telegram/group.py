"""Tells the colleagues' group in Telegram that somebody waits; nothing of anybody is in it."""

from __future__ import annotations

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import TelegramError

from bot.telegram.deliver import NO_PREVIEW, explain


async def tell_group(bot: Bot, chat_id: int, text: str, button: str, link: str) -> None:
    """Send a card with a button that leads to the desk; raise a DoorError."""
    # Telegram takes no button that leads to this machine.
    keyboard = (
        InlineKeyboardMarkup([[InlineKeyboardButton(button, url=link)]])
        if link.startswith("https://")
        else None
    )
    try:
        await bot.send_message(
            chat_id, text, reply_markup=keyboard, link_preview_options=NO_PREVIEW
        )
    except TelegramError as error:
        explain(error)
