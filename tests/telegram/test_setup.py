"""What Telegram is told at the start."""

from __future__ import annotations

import pytest
from telegram import Bot

from bot.commands import NAMES
from bot.errors import SetUpRefused, TokenRefused
from bot.telegram.request import connected
from bot.telegram.setup import SetUp
from tests.botapi.phone import Phone
from tests.botapi.server import BotApi
from tests.telegram.conftest import worded

DESCRIPTIONS = {f"command__{name}": f"Wat {name} doet" for name in NAMES}
WORDING = worded("nl", "en", "zgh", **DESCRIPTIONS)
PUBLIC_URL = "https://chat.example.org"
PRIVATE = "all_private_chats"


def set_up(bot: Bot, public_url: str = "") -> SetUp:
    return SetUp(bot, WORDING, public_url, "a-secret-of-telegram", pauses=(0.01,))


async def test_with_an_outside_address_updates_are_brought_there(botapi: BotApi, bot: Bot) -> None:
    await set_up(bot, f"{PUBLIC_URL}/").run()
    assert botapi.mail.hook is not None
    assert botapi.mail.hook.url == "https://chat.example.org/telegram/webhook"
    assert botapi.mail.hook.secret == "a-secret-of-telegram"
    [call] = botapi.called("setWebhook")
    kinds = '["message", "edited_message", "callback_query", "my_chat_member"]'
    assert call["allowed_updates"] == kinds


async def test_without_one_they_are_fetched(botapi: BotApi, bot: Bot) -> None:
    await set_up(bot, PUBLIC_URL).run()
    await set_up(bot).run()
    assert botapi.mail.hook is None


async def test_what_waits_is_kept_when_the_receiver_changes(
    botapi: BotApi, bot: Bot, phone: Phone
) -> None:
    await phone.say("hallo")
    await set_up(bot).run()
    await set_up(bot, "http://127.0.0.1:9").run()
    await set_up(bot).run()
    assert len(botapi.mail.waiting) == 1


async def test_every_language_that_telegram_knows_has_its_commands(
    botapi: BotApi, bot: Bot
) -> None:
    await set_up(bot).run()
    assert botapi.commands.keys() == {(PRIVATE, ""), (PRIVATE, "nl"), (PRIVATE, "en")}
    for commands in botapi.commands.values():
        assert [each["command"] for each in commands] == list(NAMES)
        assert commands[0]["description"] == "Wat start doet"


async def test_a_command_that_is_not_described_is_not_listed(botapi: BotApi, bot: Bot) -> None:
    wording = worded("nl", **(DESCRIPTIONS | {"command__help": ""}))
    await SetUp(bot, wording, "", "").run()
    listed = [each["command"] for each in botapi.commands[PRIVATE, "nl"]]
    assert listed == [name for name in NAMES if name != "help"]


async def test_a_list_that_is_refused_does_not_keep_the_door_shut(
    botapi: BotApi, bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    botapi.faults.refuse(400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")
    botapi.faults.refuse(400, "Bad Request", method="setMyCommands")
    with pytest.raises(SetUpRefused):
        await set_up(bot, PUBLIC_URL).run()
    await set_up(bot, PUBLIC_URL).run()
    assert len(botapi.commands) == 2
    assert len(caplog.messages) == 1


async def test_an_address_that_telegram_does_not_take_is_named(botapi: BotApi, bot: Bot) -> None:
    botapi.allow("HTTPS URL")
    with pytest.raises(SetUpRefused, match="PUBLIC_URL"):
        await set_up(bot, "http://chat.example.org").run()


async def test_telegram_is_asked_until_it_answers(
    botapi: BotApi, bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    botapi.faults.drop()
    botapi.faults.flood(0)
    botapi.faults.refuse(500, "Internal Server Error", method="setMyCommands")
    await set_up(bot, PUBLIC_URL).run()
    assert len(botapi.commands) == 3
    assert len(caplog.messages) == 1


async def test_a_refused_token_is_named(botapi: BotApi) -> None:
    async with connected("2:another", botapi.url) as bot:
        with pytest.raises(TokenRefused, match="BOT_TOKEN"):
            await set_up(bot).run()


def test_the_secret_does_not_show(bot: Bot) -> None:
    assert "a-secret-of-telegram" not in repr(set_up(bot))
