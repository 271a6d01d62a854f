"""Ties the Telegram door to a house: where what it hears goes, and the secret of its webhook."""

from __future__ import annotations

from bot.envelopes import Sender
from bot.house import House
from bot.telegram.listen import Ears
from bot.telegram.webhook import Webhook
from storage import people


def ears_of(house: House) -> Ears:
    """Hear for a house."""

    async def close_way(sender: Sender) -> None:
        index = house.keystore.index(sender.door, sender.address)
        async with house.database.begin() as db:
            await people.close_way(db, index)

    return Ears(house.conductor.hear, close_way, house.conductor.set_aside)


def secret_of(house: House) -> str:
    """Give the secret that Telegram must send along: as set, or made from the key file."""
    return house.settings.webhook_secret or house.keystore.derive("webhook").hex()


def webhook_of(house: House) -> Webhook:
    """Make the address Telegram posts to."""
    return Webhook(ears_of(house), secret_of(house))
