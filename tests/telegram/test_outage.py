"""While nothing can be kept it is brought again; once that takes long, people hear of it."""

from __future__ import annotations

import asyncio
from contextlib import closing
from dataclasses import dataclass

import pytest
from telegram import Bot

from bot.envelopes import Envelope, Outcome, Sender
from bot.errors import Later, Undelivered
from bot.house import House
from bot.telegram import listen
from bot.telegram.listen import Outage
from bot.telegram.read import Blocked, Heard, Unreadable
from bot.telegram.receiving import ears_of
from bot.telegram.webhook import PATIENCE_S
from dialogs.events import Attached, Chose, Event, Overheard, Said
from dialogs.frozen import replace
from storage.doors import Door
from storage.errors import Unavailable
from tests.botapi.phone import Phone
from tests.botapi.server import BotApi
from tests.databases import gone
from tests.simulation.loop import Loop
from tests.telegram.conftest import Memory
from tests.telegram.test_poll import chat_of, polling

SENDER = Sender(Door.TELEGRAM, "1001", "nl")
WORDS = Heard(Envelope(SENDER, "telegram:1", Said("hallo")))
LATER = Heard(Envelope(SENDER, "telegram:5", Said("hallo?")))
PRESS = Heard(Envelope(SENDER, "telegram:2", Chose("info.subjects", "basics"), pressed=True), "55")


async def away(*_: object) -> None:
    raise Unavailable("away")


async def test_for_a_while_everything_is_brought_again(memory: Memory) -> None:
    memory.trouble += [Unavailable("away")] * 2
    ears = memory.ears
    for _ in range(2):
        with pytest.raises(Unavailable):
            await ears.take(WORDS)
    assert await ears.take(WORDS) is None
    assert memory.told == []
    assert ears.outage.since is None


def test_an_outage_takes_long_only_while_it_is_noticed_again_and_again() -> None:
    outage = Outage()
    assert [outage.goes_on(now) for now in (0, 10, 15, 60)] == [False, False, True, True]
    assert [outage.goes_on(now) for now in (121, 130, 136)] == [False, False, True]


def test_what_was_answered_is_known_for_a_day_and_not_without_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    outage = Outage()
    outage.answer("telegram:1", 0)
    known = [outage.has_answered("telegram:1", now) for now in (0, 86_399, 86_400)]
    assert known == [True, True, False]
    monkeypatch.setattr(listen, "MOST_ANSWERED", 2)
    outage.answer("telegram:2", 1)
    outage.answer("telegram:3", 1)
    assert list(outage.answered) == ["telegram:2", "telegram:3"]


def test_a_database_that_hangs_is_away_and_telling_so_may_take_its_time() -> None:
    memory = Memory()

    async def hear(_: Envelope) -> Outcome:
        await asyncio.Event().wait()
        raise AssertionError

    async def stand_by(sender: Sender, event: Event) -> None:
        await asyncio.sleep(2 * PATIENCE_S)
        await memory.stand_by(sender, event)

    async def brought() -> list[float]:
        ears, given_up = replace(memory.ears, hear=hear, stand_by=stand_by), []
        while not memory.told:
            try:
                await ears.take(WORDS, PATIENCE_S)
            except Unavailable:
                given_up.append(asyncio.get_running_loop().time())
        return given_up

    with closing(Loop()) as loop:
        assert loop.run_until_complete(brought()) == [PATIENCE_S, 2 * PATIENCE_S]
    assert memory.told == [("1001", Said("hallo"))]


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take every outage for a long one."""
    monkeypatch.setattr(listen, "PATIENCE_S", 0.0)


@pytest.mark.usefixtures("impatient")
async def test_then_whose_it_is_hears_at_once_that_nothing_can_be_kept(memory: Memory) -> None:
    memory.trouble += [Unavailable("away")] * 2
    ears = replace(memory.ears, close_way=away, set_aside=away)
    assert await ears.take(WORDS) is None
    assert await ears.take(PRESS) == "55"
    assert await ears.take(Blocked(SENDER)) is None
    assert await ears.take(Unreadable("telegram:3", "{}")) is None
    assert await ears.take(Unreadable("telegram:4", "{}", SENDER)) is None
    events = [event for _, event in memory.told]
    assert events == [Said("hallo"), Chose("info.subjects", "basics"), Attached()]
    assert await ears.take(PRESS) == "55"
    assert await ears.take(Unreadable("telegram:4", "{}", SENDER)) is None
    assert (len(memory.told), memory.envelopes, memory.aside) == (3, [], [])
    assert await ears.take(LATER) is None
    assert len(memory.envelopes) == 1
    assert ears.outage.since is None


@dataclass(slots=True)
class Away(Memory):
    """Keeps nothing before it was tried often to tell somebody who cannot be reached."""

    unreachable: str = ""
    tries: int = 3

    async def hear(self, envelope: Envelope) -> Outcome:
        if self.tries:
            raise Unavailable("away")
        return await Memory.hear(self, envelope)

    async def stand_by(self, sender: Sender, event: Event) -> None:
        if sender.address == self.unreachable:
            self.tries -= 1
            raise Undelivered(permanent=False)
        await Memory.stand_by(self, sender, event)


@pytest.mark.usefixtures("impatient")
async def test_who_was_told_is_not_told_again_nor_heard_after_all_when_another_comes_again(
    botapi: BotApi, bot: Bot, phone: Phone
) -> None:
    other = Phone.of(botapi)
    away = Away(unreachable=str(other.chat.id))
    await phone.say("een")
    await other.say("twee")
    async with polling(bot, away.ears):
        await botapi.mail.settled()
        assert away.told == [(str(phone.chat.id), Said("een"))]
        assert [each.event for each in away.envelopes] == [Said("twee")]
        await phone.say("drie")
        await botapi.mail.settled()
    assert chat_of(away.envelopes[-1]) == str(phone.chat.id)
    assert [each.event for each in away.envelopes] == [Said("twee"), Said("drie")]


@pytest.mark.usefixtures("impatient")
async def test_who_cannot_be_told_either_is_brought_again(memory: Memory) -> None:
    async def unreachable(_sender: Sender, _event: Event) -> None:
        raise Undelivered(permanent=False)

    memory.trouble.append(Unavailable("away"))
    ears = replace(memory.ears, stand_by=unreachable)
    with pytest.raises(Unavailable):
        await ears.take(WORDS)
    assert await ears.take(WORDS) is None


@pytest.mark.usefixtures("impatient")
async def test_what_was_not_kept_is_taken_from_the_chat_and_nobody_told_twice_for_it(
    memory: Memory,
) -> None:
    picture = Envelope(SENDER, "telegram:album:1", Attached(), message=1)
    refused = Envelope(SENDER, "telegram:2", Said("hallo"), message=9)
    memory.trouble += [Unavailable("away")] * 2
    memory.refusals += [Later(5)]
    ears = replace(memory.ears, set_aside=away)
    with pytest.raises(Unavailable):
        await ears.take(Heard(picture))
    await ears.take(Heard(picture))
    await ears.take(Heard(replace(picture, message=2)))
    await ears.take(Unreadable("telegram:3", "{}", SENDER, 3))
    memory.refusals += [Undelivered(permanent=True)]
    await ears.take(Heard(refused))
    assert memory.taken == [("1001", 1), ("1001", 2), ("1001", 3)]
    assert [event for _, event in memory.told] == [Attached(), Attached(), Said("hallo")]


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
async def test_people_read_on_and_are_told_whom_to_call(
    house: House, bot: Bot, botapi: BotApi, phone: Phone
) -> None:
    ears = ears_of(house, bot)
    sender = Sender(Door.TELEGRAM, str(phone.chat.id), "nl")
    number = await phone.say("Er is iets gebeurd.")
    said = Envelope(sender, "telegram:1", Said("Er is iets gebeurd."), message=number)
    async with gone(house.database):
        await ears.take(Heard(said))
        assert number not in phone.chat.messages
        told = await phone.screen()
        assert "niet gelukt" in told.text
        assert "Er is iets gebeurd." not in told.text
        place, _, option = next(iter(told.buttons)).partition(":")
        await ears.take(Heard(Envelope(sender, "telegram:2", Chose(place, option))))
        read = await phone.screen()
        assert read.text.startswith("Er is nu een storing. Lezen kan")
        await ears.take(Heard(Envelope(sender, "telegram:3", Overheard())))
    assert len(botapi.called("sendMessage")) == 2
