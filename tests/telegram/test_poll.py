"""Updates that we fetch ourselves."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup

from bot.envelopes import Envelope, Outcome, Sender
from bot.errors import TokenRefused
from bot.telegram.listen import Ears
from bot.telegram.poll import Poll
from bot.telegram.request import connected
from dialogs.events import Chose, Said, Started
from dialogs.values import Session
from storage.errors import Unavailable
from tests.botapi.chats import Refused
from tests.botapi.phone import Phone
from tests.botapi.server import BotApi
from tests.telegram.conftest import Memory

# Long enough to be a pause, short enough to be waited for.
PAUSES = (0.01, 0.02)

KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton("Ja", callback_data="a.b:yes")]])


@asynccontextmanager
async def polling(bot: Bot, ears: Ears) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(Poll(bot, ears, wait_s=5, pauses=PAUSES).run())
    try:
        yield task
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError, TokenRefused):
            await task


@dataclass(slots=True)
class Slow(Memory):
    """Hears nobody before it is let, and notes who waits."""

    waiting: list[Envelope] = field(default_factory=list)
    somebody: asyncio.Condition = field(default_factory=asyncio.Condition)
    may: asyncio.Event = field(default_factory=asyncio.Event)

    async def hear(self, envelope: Envelope) -> Outcome:
        async with self.somebody:
            self.waiting.append(envelope)
            self.somebody.notify_all()
        await self.may.wait()
        self.envelopes.append(envelope)
        return Outcome(None, Session())

    async def wait_for(self, number: int) -> None:
        async with self.somebody:
            await self.somebody.wait_for(lambda: len(self.waiting) == number)


def chat_of(envelope: Envelope) -> str:
    assert isinstance(envelope.sender, Sender)
    return envelope.sender.address


async def test_what_is_written_is_heard_in_order(
    botapi: BotApi, bot: Bot, phone: Phone, memory: Memory
) -> None:
    await phone.say("/start victim")
    await phone.say("een")
    async with polling(bot, memory.ears):
        await phone.say("twee")
        await botapi.mail.settled()
    events = [each.event for each in memory.envelopes]
    assert events == [Started("victim"), Said("een"), Said("twee")]


async def test_only_what_is_asked_for_is_fetched(
    botapi: BotApi, bot: Bot, phone: Phone, memory: Memory
) -> None:
    await phone.say("een")
    async with polling(bot, memory.ears):
        await botapi.mail.settled()
    kinds = '["message", "edited_message", "callback_query", "my_chat_member"]'
    assert botapi.called("getUpdates")[0]["allowed_updates"] == kinds


async def test_nothing_is_confirmed_before_it_is_committed(
    botapi: BotApi, bot: Bot, phone: Phone
) -> None:
    slow = Slow()
    await phone.say("een")
    async with polling(bot, slow.ears):
        await slow.wait_for(1)
        assert len(botapi.called("getUpdates")) == 1
        slow.may.set()
        await botapi.mail.settled()
    assert "offset" in botapi.called("getUpdates")[1]


@pytest.mark.parametrize("odd", ["half \ud83d", "geen einde \0"])
async def test_what_cannot_be_stored_is_set_aside_and_holds_up_nobody(
    botapi: BotApi, bot: Bot, phone: Phone, memory: Memory, odd: str
) -> None:
    for words in ("een", odd, "twee"):
        await phone.say(words)
    async with polling(bot, memory.ears):
        await botapi.mail.settled()
    assert [each.event for each in memory.envelopes] == [Said("een"), Said("twee")]
    assert len(memory.aside) == 1


async def test_what_was_not_committed_at_a_crash_comes_again(
    botapi: BotApi, bot: Bot, phone: Phone, memory: Memory
) -> None:
    slow = Slow()
    await phone.say("een")
    async with polling(bot, slow.ears):
        await slow.wait_for(1)
    async with polling(bot, memory.ears):
        await botapi.mail.settled()
    assert [each.event for each in memory.envelopes] == [Said("een")]


async def test_one_chat_waits_for_itself_and_not_for_others(
    botapi: BotApi, bot: Bot, phone: Phone
) -> None:
    slow, other = Slow(), Phone.of(botapi)
    await phone.say("een")
    await phone.say("twee")
    await other.say("drie")
    async with polling(bot, slow.ears):
        await slow.wait_for(2)
        assert {chat_of(each) for each in slow.waiting} == {
            str(phone.chat.id),
            str(other.chat.id),
        }
        slow.may.set()
        await botapi.mail.settled()
    mine = [each.event for each in slow.envelopes if chat_of(each) == str(phone.chat.id)]
    assert mine == [Said("een"), Said("twee")]


async def test_when_one_cannot_be_kept_all_come_again(
    botapi: BotApi, bot: Bot, phone: Phone, memory: Memory, caplog: pytest.LogCaptureFixture
) -> None:
    memory.trouble += [Unavailable("away"), RuntimeError("geheim"), Unavailable("away")]
    caplog.set_level("INFO", logger="bot")
    await phone.say("een")
    async with polling(bot, memory.ears):
        await botapi.mail.settled()
    assert [each.event for each in memory.envelopes] == [Said("een")]
    assert "geheim" not in caplog.text
    assert sum("No updates" in message for message in caplog.messages) == 1
    assert sum("again" in message for message in caplog.messages) == 1


async def test_a_button_press_is_answered_after_it_is_committed(
    botapi: BotApi, bot: Bot, phone: Phone, memory: Memory
) -> None:
    await phone.say("/start")
    await bot.send_message(phone.chat.id, "?", reply_markup=KEYBOARD)
    press = await phone.press("Ja")
    async with polling(bot, memory.ears):
        await botapi.answered(press)
    assert memory.envelopes[-1].event == Chose("a.b", "yes")


async def test_an_answer_that_comes_too_late_harms_nobody(
    botapi: BotApi, bot: Bot, phone: Phone, memory: Memory
) -> None:
    botapi.faults.refuse(400, "Bad Request: query is too old", method="answerCallbackQuery")
    await phone.say("/start")
    await bot.send_message(phone.chat.id, "?", reply_markup=KEYBOARD)
    await phone.press("Ja")
    async with polling(bot, memory.ears):
        await botapi.mail.settled()
        second = await phone.press("Ja")
        await botapi.answered(second)
    assert len(memory.envelopes) == 3


async def test_what_cannot_be_read_is_set_aside_and_holds_nothing_up(
    botapi: BotApi, bot: Bot, phone: Phone, memory: Memory
) -> None:
    await phone.say("een\0")
    await phone.say("twee")
    async with polling(bot, memory.ears):
        await botapi.mail.settled()
    assert len(memory.aside) == 1
    assert [each.event for each in memory.envelopes] == [Said("twee")]


async def test_who_blocks_the_bot_closes_the_way(
    botapi: BotApi, bot: Bot, phone: Phone, memory: Memory
) -> None:
    await phone.block()
    async with polling(bot, memory.ears):
        await botapi.mail.settled()
    assert [sender.address for sender in memory.closed] == [str(phone.chat.id)]


@pytest.mark.parametrize(
    ("refusal", "said"),
    [
        (Refused(409, "Conflict: terminated by other getUpdates request"), "another process"),
        (Refused(409, "Conflict: can't use getUpdates while webhook is active"), "webhook"),
        (Refused(500, "Internal Server Error"), "cannot be reached"),
        (Refused(429, "Too Many Requests", retry_after=0), "pause"),
    ],
)
async def test_trouble_is_waited_out_and_named_once(
    bot: Bot, phone: Phone, caplog: pytest.LogCaptureFixture, refusal: Refused, said: str
) -> None:
    memory = Memory()
    phone.api.faults.order(refusal, method="getUpdates", times=3)
    await phone.say("een")
    async with polling(bot, memory.ears):
        await phone.api.mail.settled()
    [line] = caplog.messages
    assert said in line
    assert len(memory.envelopes) == 1


async def test_a_broken_connection_is_made_anew(
    botapi: BotApi, bot: Bot, phone: Phone, memory: Memory
) -> None:
    botapi.faults.drop(method="getUpdates", times=2)
    botapi.faults.lose(method="getUpdates")
    await phone.say("een")
    async with polling(bot, memory.ears):
        await botapi.mail.settled()
    assert len(memory.envelopes) == 1


async def test_a_second_poller_takes_turns_and_loses_nothing(
    botapi: BotApi, bot: Bot, phone: Phone, memory: Memory
) -> None:
    botapi.allow("Conflict")
    async with polling(bot, memory.ears), polling(bot, memory.ears):
        for number in range(5):
            await phone.say(str(number))
            await botapi.mail.settled()
    assert {each.event for each in memory.envelopes} == {Said(str(n)) for n in range(5)}


async def test_a_refused_token_ends_it(botapi: BotApi, memory: Memory) -> None:
    async with connected("2:another", botapi.url) as bot, polling(bot, memory.ears) as task:
        await asyncio.wait([task])
    with pytest.raises(TokenRefused):
        task.result()


async def test_nothing_that_waits_is_ever_dropped(
    botapi: BotApi, bot: Bot, phone: Phone, memory: Memory
) -> None:
    await phone.say("een")
    async with polling(bot, memory.ears):
        await botapi.mail.settled()
    assert not any("drop_pending_updates" in call.parameters for call in botapi.calls)
