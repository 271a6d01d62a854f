"""Runs what goes on without anybody asking: the keeper, the courier, all talk with Telegram."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import timedelta
from functools import partial

from telegram import Bot

from bot.clock import Believed
from bot.courier import Courier
from bot.errors import DoorError
from bot.herald import Herald, TellGroup
from bot.house import House
from bot.keeper import Keeper
from bot.pause import Pause
from bot.reminding import Reminder
from bot.retention import Retention
from bot.smtp import SendMail, send_mail
from bot.sweeper import Sweeper
from bot.telegram.deliver import Delivery
from bot.telegram.group import tell_group
from bot.telegram.poll import Poll
from bot.telegram.receiving import ears_of, secret_of
from bot.telegram.request import connected
from bot.telegram.setup import SetUp
from bot.terms import A_YEAR
from bot.watch import Watch
from storage.duties import Duty, on_duty

log = logging.getLogger(__name__)

PAUSE_S = 5.0
REFUSED_S = 60.0


@asynccontextmanager
async def working(house: House) -> AsyncIterator[None]:
    """Work for as long as this lasts; what is on its way when it ends is finished later."""
    async with AsyncExitStack() as stack:
        runs: list[Callable[[], Awaitable[None]]] = [keeper_of(house).run, Watch(house).run]
        bot: Bot | None = None
        if house.settings.bot_token:
            token, api_url = house.settings.bot_token, house.settings.bot_api_url
            bot = await stack.enter_async_context(connected(token, api_url))
            courier = courier_of(house, bot)
            sweeper = sweeper_of(house, bot, courier.pause)
            speak = speaking(courier.run, sweeper.run, receiver_of(house, bot))
            runs.append(partial(on_duty, house.database, Duty.TELEGRAM, speak))
        herald = herald_of(house, bot)
        if herald.mail or herald.group:
            runs.append(herald.run)
        if herald.mail:
            remind = Reminder(house, herald.mail).run
            runs.append(partial(on_duty, house.database, Duty.REMINDERS, remind))
        async with going(*runs):
            yield


@asynccontextmanager
async def going(*runs: Callable[[], Awaitable[None]]) -> AsyncIterator[None]:
    """Keep all of this going for as long as this lasts."""
    tasks = [asyncio.create_task(keep_going(run)) for run in runs]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        for task in tasks:
            with suppress(asyncio.CancelledError):
                await task


async def keep_going(run: Callable[[], Awaitable[None]]) -> None:
    """Do something for as long as this process lives; a fault of ours must not end it unseen."""
    while True:
        try:
            await run()
            return
        except DoorError as error:
            log.error("%s", error)  # noqa: TRY400 - the line says it all
            pause_s = REFUSED_S
        except Exception as error:  # noqa: BLE001 - whatever it is, letters must go on
            # The class only: the text of an error may repeat what somebody wrote.
            log.error("Something failed (%s) and is begun again.", type(error).__name__)  # noqa: TRY400
            pause_s = PAUSE_S
        await asyncio.sleep(pause_s)


def speaking(*runs: Callable[[], Awaitable[None]]) -> Callable[[], Awaitable[None]]:
    """Say what one process at a time does: all that is said to Telegram, and the long poll."""

    async def speak() -> None:
        async with going(*runs):
            await asyncio.Event().wait()

    return speak


def keeper_of(house: House) -> Keeper:
    """Make the keeper of a house."""
    organisation = house.organisation
    return Keeper(
        house.database,
        house.keystore,
        house.clock,
        Believed(house.clock),
        Retention(
            unfinished=timedelta(days=organisation.unfinished_days),
            reflections=timedelta(days=organisation.reflection_days),
            closed=organisation.closed_years * A_YEAR,
        ),
        house.conductor.hear,
    )


def courier_of(house: House, bot: Bot) -> Courier:
    """Make the courier of a house."""
    bring = Delivery(bot, house.wording).deliver
    return Courier(house.database, house.keystore, house.clock, house.announcer, bring)


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


def herald_of(house: House, bot: Bot | None) -> Herald:
    """Make the herald of a house, with the ways that its settings give it."""
    settings = house.settings
    mail: SendMail | None = partial(send_mail, settings) if settings.smtp_url else None
    group: TellGroup | None = None
    if bot and settings.staff_chat:
        group = partial(tell_group, bot, settings.staff_chat)
    return Herald(house, mail, group)


def receiver_of(house: House, bot: Bot) -> Callable[[], Awaitable[None]]:
    """Tell Telegram where updates go, and fetch them where they are not brought."""
    public_url, ears = house.settings.public_url, ears_of(house, bot)

    async def receive() -> None:
        await SetUp(bot, house.wording, public_url, secret_of(house)).run()
        if not public_url:
            await Poll(bot, ears).run()

    return receive
