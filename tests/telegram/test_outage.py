"""While nothing can be kept it is brought again; once that takes long, people hear of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from telegram import Bot

from bot.envelopes import Envelope, Sender
from bot.errors import Undelivered
from bot.house import House
from bot.telegram import listen
from bot.telegram.listen import Outage
from bot.telegram.read import Blocked, Heard, Unreadable
from bot.telegram.receiving import ears_of
from dialogs.events import Attached, Chose, Event, Overheard, Said
from storage.doors import Door
from storage.errors import Unavailable
from tests.botapi.phone import Phone
from tests.botapi.server import BotApi
from tests.databases import gone
from tests.telegram.conftest import Memory

SENDER = Sender(Door.TELEGRAM, "1001", "nl")
WORDS = Heard(Envelope(SENDER, "telegram:1", Said("hallo")))
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
    assert await ears.take(WORDS) is None
    assert len(memory.envelopes) == 1
    assert ears.outage.since is None


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
@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
async def test_people_read_on_and_are_told_whom_to_call(
    house: House, bot: Bot, botapi: BotApi, phone: Phone
) -> None:
    ears = ears_of(house, bot)
    sender = Sender(Door.TELEGRAM, str(phone.chat.id), "nl")
    await phone.say("Er is iets gebeurd.")
    async with gone(house.database):
        await ears.take(Heard(Envelope(sender, "telegram:1", Said("Er is iets gebeurd."))))
        told = await phone.screen()
        assert "niet gelukt" in told.text
        assert "Er is iets gebeurd." not in told.text
        place, _, option = next(iter(told.buttons)).partition(":")
        await ears.take(Heard(Envelope(sender, "telegram:2", Chose(place, option))))
        read = await phone.screen()
        assert read.text.startswith("Er is nu een storing. Lezen kan")
        await ears.take(Heard(Envelope(sender, "telegram:3", Overheard())))
    assert len(botapi.called("sendMessage")) == 2
