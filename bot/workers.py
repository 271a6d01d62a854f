"""Runs what goes on without anybody asking: the keeper, the watch, all talk with Telegram."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from functools import partial

from bot.clock import Believed
from bot.going import going
from bot.herald import Herald, TellGroup
from bot.house import House
from bot.keeper import Keeper
from bot.reminding import Reminder
from bot.retention import Retention
from bot.smtp import SendMail, send_mail
from bot.summoning import Summoner
from bot.terms import A_YEAR
from bot.watch import Watch
from storage.duties import Duty, on_duty

SOON_S = 1.0


@asynccontextmanager
async def working(house: House) -> AsyncIterator[None]:
    """Work for as long as this lasts; what is on its way when it ends is finished later."""
    async with AsyncExitStack() as stack:
        looking = keeper_of(house).run, Watch(house).run
        runs: list[Callable[[], Awaitable[None]]] = [partial(soon, run) for run in looking]
        group: TellGroup | None = None
        if house.settings.bot_token:
            from bot import speaking  # noqa: PLC0415 - where Telegram is off, it is not read

            bot = await stack.enter_async_context(speaking.line_of(house))
            talk = speaking.talk_of(house, bot)
            runs.append(partial(on_duty, house.database, Duty.TELEGRAM, talk))
            group = speaking.group_of(house, bot)
        herald = herald_of(house, group)
        if herald.mail or herald.group:
            summoner = Summoner(house, herald.mail, herald.group)
            runs += [herald.run, partial(on_duty, house.database, Duty.NEEDS, summoner.run)]
        if herald.mail:
            remind = Reminder(house, herald.mail).run
            runs.append(partial(on_duty, house.database, Duty.REMINDERS, remind))
        async with going(*runs):
            yield


async def soon(run: Callable[[], Awaitable[None]]) -> None:
    """Begin when those who wrote before the start were answered: a first look takes long."""
    await asyncio.sleep(SOON_S)
    await run()


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


def herald_of(house: House, group: TellGroup | None) -> Herald:
    """Make the herald of a house, with the ways that its settings give it."""
    mail: SendMail | None = partial(send_mail, house.settings) if house.settings.smtp_url else None
    return Herald(house, mail, group)
