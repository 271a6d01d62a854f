"""The walk with aiogram: a state for each step, kept in memory, or in Redis where that is named."""

from __future__ import annotations

from collections.abc import Callable

from aiogram import Bot, Dispatcher, F
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.fsm.storage.redis import RedisStorage
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message
from aiogram.webhook.aiohttp_server import SimpleRequestHandler, setup_application
from aiohttp import web
from asked import ASKED, keyboard, says

STATES = [State(str(step), group_name="walk") for step in range(len(ASKED.walk) + 1)]


def board(step: int) -> InlineKeyboardMarkup:
    return keyboard(
        step, lambda rows: InlineKeyboardMarkup(inline_keyboard=rows), InlineKeyboardButton
    )


def pressed(step: int) -> Callable[..., object]:
    async def answered(query: CallbackQuery, state: FSMContext) -> None:
        await state.update_data({f"answer{step}": query.data})
        await state.set_state(STATES[step + 1])
        await query.answer()
        await query.message.edit_text(says(step), reply_markup=board(step))

    return answered


def written(step: int) -> Callable[..., object]:
    async def answered(message: Message, state: FSMContext) -> None:
        await state.update_data({f"answer{step}": message.text})
        await state.set_state(STATES[step + 1])
        await message.answer(says(step), reply_markup=board(step))

    return answered


def dispatcher() -> Dispatcher:
    kept = RedisStorage.from_url(ASKED.keeps) if ASKED.keeps else MemoryStorage()
    made = Dispatcher(storage=kept)
    for step, (does, _) in enumerate(ASKED.walk):
        if does == "/start":
            made.message.register(written(step), CommandStart())
        elif ":" in does:
            made.callback_query.register(pressed(step), STATES[step], F.data == does)
        else:
            made.message.register(written(step), STATES[step])
    return made


def main() -> None:
    session = AiohttpSession(api=TelegramAPIServer.from_base(ASKED.api_url))
    bot, app, heard = Bot(ASKED.token, session=session), web.Application(), dispatcher()
    SimpleRequestHandler(heard, bot, secret_token=ASKED.secret).register(app, path=ASKED.path)
    setup_application(app, heard, bot=bot)
    web.run_app(app, host="127.0.0.1", port=ASKED.port, access_log=None, print=None)


main()
