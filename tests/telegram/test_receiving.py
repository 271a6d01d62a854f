"""What the door hears ends up in the house."""

from __future__ import annotations

from telegram import Bot

from bot.envelopes import Envelope, Sender
from bot.house import House
from bot.telegram.read import Blocked, Heard, Unreadable
from bot.telegram.receiving import ears_of, secret_of, webhook_of
from dialogs.events import Started
from dialogs.frozen import replace
from storage import mail, people, setaside
from storage.doors import Door
from tests.databases import rows_of

SENDER = Sender(Door.TELEGRAM, "1001")


async def is_closed(house: House) -> bool:
    index = house.keystore.index(SENDER.door, SENDER.address)
    async with house.database.reading() as db:
        return (await people.find_ways(db, [index]))[index].closed


async def test_who_blocks_the_bot_is_reached_again_when_they_write(house: House, bot: Bot) -> None:
    ears = ears_of(house, bot)
    assert await ears.take(Heard(Envelope(SENDER, "telegram:1", Started()), "55")) == "55"
    assert not await is_closed(house)
    await ears.take(Blocked(SENDER))
    assert await is_closed(house)
    await ears.take(Heard(Envelope(SENDER, "telegram:2", Started())))
    assert not await is_closed(house)


async def test_a_stranger_may_block_the_bot(house: House, bot: Bot) -> None:
    assert await ears_of(house, bot).take(Blocked(SENDER)) is None


async def test_what_cannot_be_read_is_set_aside_sealed(house: House, bot: Bot) -> None:
    await ears_of(house, bot).take(Unreadable("telegram:7", "geheim"))
    async with house.database.reading() as db:
        [kept] = await setaside.everything(db, house.keystore)
    assert (kept.key, kept.text) == ("telegram:7", "geheim")


async def test_who_wrote_what_cannot_be_read_is_told_so_once(house: House, bot: Bot) -> None:
    ears = ears_of(house, bot)
    for _ in range(2):
        await ears.take(Unreadable("telegram:7", "geheim", SENDER, 3))
    async with house.database.reading() as db:
        [kept] = await setaside.everything(db, house.keystore)
        assert (await mail.counts(db)).waiting == 1
    assert kept.text == "geheim"
    # It is taken out of the chat as what is heard is.
    assert await rows_of(house.database, "SELECT number FROM trace") == [(3,)]


async def test_the_secret_is_made_from_the_key_file_unless_it_is_set(
    house: House, bot: Bot
) -> None:
    assert secret_of(house) == secret_of(house) == webhook_of(house, bot).secret
    assert len(secret_of(house)) >= 32
    named = replace(house, settings=replace(house.settings, webhook_secret="a-secret-of-telegram"))
    assert secret_of(named) == "a-secret-of-telegram"
