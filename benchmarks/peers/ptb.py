"""The walk with python-telegram-bot: a ConversationHandler, kept in a file every second."""

from __future__ import annotations

from collections.abc import Callable

from asked import ASKED, keyboard, says
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    PicklePersistence,
    filters,
)

LAST = len(ASKED.walk) - 1


def answer(step: int) -> Callable[[Update, ContextTypes.DEFAULT_TYPE], object]:
    async def answered(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
        board = keyboard(step, InlineKeyboardMarkup, InlineKeyboardButton)
        if query := update.callback_query:
            context.user_data[f"answer{step}"] = query.data
            await query.answer()
            await query.edit_message_text(says(step), reply_markup=board)
        else:
            context.user_data[f"answer{step}"] = update.message.text
            await update.message.reply_text(says(step), reply_markup=board)
        return ConversationHandler.END if step == LAST else step + 1

    return answered


def handler(step: int) -> object:
    does, _ = ASKED.walk[step]
    if does == "/start":
        return CommandHandler("start", answer(step))
    if ":" in does:
        return CallbackQueryHandler(answer(step), pattern=f"^{does}$")
    return MessageHandler(filters.TEXT & ~filters.COMMAND, answer(step))


def main() -> None:
    first, *others = range(len(ASKED.walk))
    app = (
        Application.builder()
        .token(ASKED.token)
        .base_url(f"{ASKED.api_url}/bot")
        .persistence(PicklePersistence(ASKED.keeps, update_interval=1))
        .build()
    )
    app.add_handler(
        ConversationHandler(
            entry_points=[handler(first)],
            states={step: [handler(step)] for step in others},
            fallbacks=[],
            name="walk",
            persistent=True,
            allow_reentry=True,
        )
    )
    app.run_webhook(
        listen="127.0.0.1",
        port=ASKED.port,
        url_path=ASKED.path,
        secret_token=ASKED.secret,
        webhook_url=f"http://127.0.0.1:{ASKED.port}{ASKED.path}",
    )


main()
