"""Ties the Telegram door to a house: where what it hears goes, and the secret of its webhook."""

from __future__ import annotations

from telegram import Bot

from bot.envelopes import LetterBody, Sender
from bot.house import House
from bot.telegram.deliver import Delivery
from bot.telegram.listen import Ears
from bot.telegram.webhook import Webhook
from dialogs.events import Event, Overheard
from dialogs.meanwhile import meanwhile
from storage import people


def ears_of(house: House, bot: Bot) -> Ears:
    """Hear for a house; the bot only says what needs nothing to be kept."""
    delivery = Delivery(bot, house.wording)

    async def close_way(sender: Sender) -> None:
        index = house.keystore.index(sender.door, sender.address)
        async with house.database.begin() as db:
            await people.close_way(db, index)

    async def stand_by(sender: Sender, event: Event) -> None:
        if isinstance(event, Overheard):
            return
        done = meanwhile(house.reception.first_session(sender), event)
        language, service = done.session.language, done.session.service
        if done.screen is not None:
            letter = LetterBody(sender.address, language, service, done.screen, replaces=False)
            await delivery.deliver(letter, None)

    async def take_out(sender: Sender, message: int) -> None:
        await delivery.take_out(sender.address, [message])

    conductor = house.conductor
    return Ears(conductor.hear, close_way, conductor.set_aside, stand_by, take_out)


def secret_of(house: House) -> str:
    """Give the secret that Telegram must send along: as set, or made from the key file."""
    return house.settings.webhook_secret or house.keystore.derive("webhook").hex()


def webhook_of(house: House, bot: Bot) -> Webhook:
    """Make the address Telegram posts to."""
    return Webhook(ears_of(house, bot), secret_of(house))
