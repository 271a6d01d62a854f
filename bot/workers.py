"""Runs what goes on without anybody asking: the courier, the keeper, and the long poll."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import timedelta

from bot.courier import Courier
from bot.errors import DoorError
from bot.house import House
from bot.keeper import Keeper
from bot.telegram.deliver import Delivery
from bot.telegram.poll import Poll
from bot.telegram.receiving import ears_of, secret_of
from bot.telegram.request import connected
from bot.telegram.setup import SetUp

log = logging.getLogger(__name__)


@asynccontextmanager
async def working(house: House) -> AsyncIterator[None]:
    """Work for as long as this lasts; what is on its way when it ends is finished later."""
    async with AsyncExitStack() as stack:
        tasks = [asyncio.create_task(keeper_of(house).run())]
        if house.settings.bot_token:
            settings = house.settings
            bot = await stack.enter_async_context(
                connected(settings.bot_token, settings.bot_api_url)
            )
            courier = Courier(
                house.database,
                house.keystore,
                house.clock,
                house.announcer,
                Delivery(bot, house.wording).deliver,
            )
            set_up = SetUp(bot, house.wording, settings.public_url, secret_of(house))
            poll = None if settings.public_url else Poll(bot, ears_of(house))
            tasks += [
                asyncio.create_task(courier.run()),
                asyncio.create_task(receive(set_up, poll)),
            ]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            for task in tasks:
                with suppress(asyncio.CancelledError):
                    await task


def keeper_of(house: House) -> Keeper:
    """Make the keeper of a house."""
    unfinished = timedelta(days=house.organisation.unfinished_days)
    return Keeper(house.database, house.keystore, house.clock, unfinished)


async def receive(set_up: SetUp, poll: Poll | None) -> None:
    """Tell Telegram where updates go, and fetch them where they are not brought."""
    try:
        await set_up.run()
        if poll is not None:
            await poll.run()
    except DoorError as error:
        log.error("%s", error)  # noqa: TRY400 - the line says it all
