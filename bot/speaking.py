"""All talk with Telegram; read only where there is a token, for the library for it is large."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from functools import partial

from aiohttp import web
from telegram import Bot

from bot.courier import Courier
from bot.going import going
from bot.herald import TellGroup
from bot.house import House
from bot.pause import Pause
from bot.sweeper import Sweeper
from bot.telegram import webhook
from bot.telegram.deliver import Delivery
from bot.telegram.group import tell_group
from bot.telegram.poll import Poll
from bot.telegram.receiving import ears_of, secret_of, webhook_of
from bot.telegram.request import bot_of, connected
from bot.telegram.setup import SetUp


def install(app: web.Application, house: House) -> None:
    """Add the address that Telegram posts to."""
    bot = bot_of(house.settings.bot_token, house.settings.bot_api_url)
    app.router.add_post(webhook.PATH, webhook_of(house, bot).receive)
    app.cleanup_ctx.append(lambda _app: _on_the_road(bot))


async def _on_the_road(bot: Bot) -> AsyncIterator[None]:
    """Keep the connections of a bot for as long as the doors are open."""
    async with bot.request:
        yield


def line_of(house: House) -> AbstractAsyncContextManager[Bot]:
    """Connect the bot of a house for as long as this lasts."""
    return connected(house.settings.bot_token, house.settings.bot_api_url)


def talk_of(house: House, bot: Bot) -> Callable[[], Awaitable[None]]:
    """Say what one process at a time does: all that is said to Telegram, and the long poll."""
    courier = courier_of(house, bot)
    sweeper = sweeper_of(house, bot, courier.pause)
    runs = courier.run, sweeper.run, receiver_of(house, bot)

    async def speak() -> None:
        async with going(*runs):
            await asyncio.Event().wait()

    return speak


def courier_of(house: House, bot: Bot) -> Courier:
    """Make the courier of a house."""
    bring = Delivery(bot, house.wording).deliver
    return Courier(house.database, house.keystore, house.clock, house.announcer, bring, house.hands)


def sweeper_of(house: House, bot: Bot, pause: Pause) -> Sweeper:
    """Make the sweeper of a house; it keeps the pause of the courier."""
    door = Delivery(bot, house.wording)
    return Sweeper(
        house.database,
        house.keystore,
        house.clock,
        house.announcer,
        door.take_out,
        door.replace,
        pause,
    )


def receiver_of(house: House, bot: Bot) -> Callable[[], Awaitable[None]]:
    """Tell Telegram where updates go, and fetch them where they are not brought."""
    public_url, ears = house.settings.public_url, ears_of(house, bot)

    async def receive() -> None:
        await SetUp(bot, house.wording, public_url, secret_of(house)).run()
        if not public_url:
            await Poll(bot, ears).run()

    return receive


def group_of(house: House, bot: Bot) -> TellGroup | None:
    """Tell the chat of the staff, where there is one."""
    chat = house.settings.staff_chat
    return partial(tell_group, bot, chat) if chat else None
