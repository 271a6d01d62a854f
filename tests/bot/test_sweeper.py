"""What is due goes from a chat; what cannot go is tried again, and holds up nobody else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlmodel import update
from telegram import Bot

from bot.envelopes import Chat, Envelope, LetterBody
from bot.errors import Later, TokenRefused, Undelivered
from bot.house import House
from bot.speaking import courier_of, sweeper_of
from bot.sweeper import AGAIN, Sweeper
from bot.terms import IN_CHAT, IN_REACH
from bot.workers import keeper_of
from dialogs.events import Attached, Said
from dialogs.frozen import replace
from dialogs.values import Service
from storage import traces
from storage.doors import Door
from storage.trace_tables import TraceRow
from storage.traces import Trace
from tests.databases import rows_of
from tests.houses import StillClock, Visitor


class Chats:
    """The chats of these tests: they remember what was done, and refuse what they are told to."""

    def __init__(self) -> None:
        self.gone: list[tuple[str, list[int]]] = []
        self.replaced: list[tuple[LetterBody, int]] = []
        self.refusals: dict[int, Exception] = {}
        self.asked = 0

    async def take_out(self, address: str, numbers: Sequence[int]) -> None:
        self.asked += 1
        for number in numbers:
            if number in self.refusals:
                raise self.refusals[number]
        self.gone.append((address, list(numbers)))

    async def replace(self, letter: LetterBody, number: int) -> None:
        self.replaced.append((letter, number))


@pytest.fixture
def chats() -> Chats:
    """Chats without faults."""
    return Chats()


@pytest.fixture
def sweeper(house: House, chats: Chats) -> Sweeper:
    """A sweeper of these chats."""
    parts = house.database, house.keystore, house.clock, house.announcer
    return Sweeper(*parts, chats.take_out, chats.replace)


async def writes(visitor: Visitor, *numbers: int, key: str = "") -> None:
    for number in numbers:
        said = Envelope(visitor.sender, key or f"{visitor.sender.address}:{number}", Said("hallo"))
        await visitor.house.conductor.hear(replace(said, message=number))


def chat_of(visitor: Visitor) -> str:
    return Chat(visitor.sender.address, "nl", Service.MEDIATION).text()


async def left(house: House) -> list[object]:
    found = await rows_of(house.database, "SELECT number FROM trace ORDER BY number")
    return [number for (number,) in found]


async def test_words_go_in_one_call_a_chat_and_not_before_their_time(
    house: House, sweeper: Sweeper, chats: Chats, clock: StillClock
) -> None:
    one, other = Visitor(house, Door.TELEGRAM), Visitor(house, Door.TELEGRAM)
    await writes(one, 1, 2)
    await writes(other, 1)
    assert (await sweeper.round(), chats.gone) == (0, [])
    clock.pass_by(IN_CHAT)
    assert await sweeper.round() == 3
    assert sorted(chats.gone) == sorted([(one.sender.address, [1, 2]), (other.sender.address, [1])])
    assert await left(house) == []


async def test_every_picture_of_an_album_goes(
    house: House, sweeper: Sweeper, chats: Chats, clock: StillClock
) -> None:
    visitor = Visitor(house, Door.TELEGRAM)
    for number in (1, 2, 2):
        picture = Envelope(visitor.sender, "album", Attached(), message=number)
        await house.conductor.hear(picture)
    clock.pass_by(IN_CHAT)
    await sweeper.round()
    assert chats.gone == [(visitor.sender.address, [1, 2])]


async def test_one_message_that_is_refused_for_ever_keeps_no_other(
    house: House, sweeper: Sweeper, chats: Chats, clock: StillClock
) -> None:
    visitor = Visitor(house, Door.TELEGRAM)
    await writes(visitor, 1, 2, 3)
    chats.refusals[2] = Undelivered(permanent=True)
    clock.pass_by(IN_CHAT)
    await sweeper.round()
    assert [numbers for _, numbers in chats.gone] == [[1], [3]]
    assert await left(house) == []


@pytest.mark.parametrize("refusal", [Undelivered(permanent=False), TokenRefused()])
async def test_what_cannot_go_now_goes_later_and_holds_up_nobody(
    house: House, sweeper: Sweeper, chats: Chats, clock: StillClock, refusal: Exception
) -> None:
    one, other = Visitor(house, Door.TELEGRAM), Visitor(house, Door.TELEGRAM)
    await writes(one, 1)
    await writes(other, 2)
    chats.refusals[1] = refusal
    clock.pass_by(IN_CHAT)
    assert await sweeper.round() == 2
    assert await sweeper.round() == 0
    assert await left(house) == [1]
    chats.refusals.clear()
    clock.pass_by(AGAIN)
    await sweeper.round()
    assert chats.gone == [(other.sender.address, [2]), (one.sender.address, [1])]


async def test_a_pause_that_is_asked_for_is_kept_for_every_chat(
    house: House, sweeper: Sweeper, chats: Chats, clock: StillClock
) -> None:
    one, other = Visitor(house, Door.TELEGRAM), Visitor(house, Door.TELEGRAM)
    await writes(one, 1)
    await writes(other, 1)
    chats.refusals[1] = Later(30)
    clock.pass_by(IN_CHAT)
    assert (await sweeper.round(), chats.asked) == (0, 1)
    chats.refusals.clear()
    clock.pass_by(timedelta(seconds=29))
    assert (await sweeper.round(), chats.asked) == (0, 1)
    clock.pass_by(timedelta(seconds=1))
    assert (await sweeper.round(), chats.asked) == (2, 3)


def test_the_courier_and_the_sweeper_keep_the_same_pause(house: House) -> None:
    bot = Bot("1:a")
    courier = courier_of(house, bot)
    assert sweeper_of(house, bot, courier.pause).pause is courier.pause


@pytest.mark.parametrize("broken", ["unopened", "", "[]", "7", '["1", "nl", "nothing"]'])
async def test_a_trace_that_cannot_be_read_is_dropped_and_holds_up_no_other(
    house: House, sweeper: Sweeper, chats: Chats, caplog: pytest.LogCaptureFixture, broken: str
) -> None:
    visitor = Visitor(house, Door.TELEGRAM)
    index, system, now = (
        house.reception.index(visitor.sender),
        house.keystore.system,
        house.clock.now(),
    )
    async with house.database.begin() as db:
        await traces.note(db, system, [Trace(index, 1, broken, now)], now)
        if broken == "unopened":
            moved = system.seal("trace", "chat", house.clock.new_id(), broken)
            await db.exec(update(TraceRow).values(chat=moved))
        await traces.note(db, system, [Trace(index, 2, chat_of(visitor), now)], now)
    assert (await sweeper.round(), chats.gone) == (2, [(visitor.sender.address, [2])])
    assert await left(house) == []
    assert visitor.sender.address not in caplog.text


@pytest.mark.parametrize("fault", [None, Undelivered(permanent=False)])
async def test_what_was_to_fade_goes_at_once_when_everything_is_erased_meanwhile(
    house: House, sweeper: Sweeper, chats: Chats, clock: StillClock, fault: Exception | None
) -> None:
    visitor = Visitor(house, Door.TELEGRAM)
    await visitor.starts()
    index, chat = house.reception.index(visitor.sender), chat_of(visitor)
    async with house.database.begin() as db:
        reply = Trace(index, 5, chat, clock.now(), fades=True)
        await traces.note(db, house.keystore.system, [reply], clock.now())

    async def erases_meanwhile(_letter: LetterBody, _number: int) -> None:
        await visitor.presses("everywhere.go:rights", "rights.overview:erase")
        if fault:
            raise fault

    await replace(sweeper, replace=erases_meanwhile).round()
    assert await sweeper.round() == 1
    assert chats.gone == [(visitor.sender.address, [5])]


async def test_what_is_out_of_reach_is_known_no_more(house: House, clock: StillClock) -> None:
    await writes(Visitor(house, Door.TELEGRAM), 1)
    clock.pass_by(IN_REACH + timedelta(seconds=1))
    await keeper_of(house).round()
    assert await left(house) == []


async def test_words_of_staff_fade_once_and_go_when_everything_does(
    house: House, sweeper: Sweeper, chats: Chats, clock: StillClock
) -> None:
    visitor = Visitor(house, Door.TELEGRAM)
    outcome = await visitor.starts()
    index = house.reception.index(visitor.sender)
    chat = f'["{visitor.sender.address}", "en", "mediation"]'
    system, now = house.keystore.system, clock.now()
    async with house.database.begin() as db:
        await traces.note(db, system, [Trace(index, 5, chat, now, fades=True)], now)
        await traces.note(db, system, [Trace(index, 6, chat)], now)
    await sweeper.round()
    ((letter, number),) = chats.replaced
    assert ([line.id for line in letter.screen.lines], number) == (["everywhere.faded"], 5)
    assert (letter.language, letter.address) == ("en", visitor.sender.address)
    assert (await sweeper.round(), outcome.session.remark) == (0, None)
    await visitor.presses("everywhere.go:rights", "rights.overview:erase")
    await sweeper.round()
    assert chats.gone == [(visitor.sender.address, [5, 6])]


async def test_whoever_withdraws_leaves_no_words_there_and_keeps_their_screen(
    house: House, sweeper: Sweeper, chats: Chats
) -> None:
    visitor = Visitor(house, Door.TELEGRAM)
    await visitor.sends_a_request()
    await writes(visitor, 8)
    index = house.reception.index(visitor.sender)
    chat = f'["{visitor.sender.address}", "nl", "mediation"]'
    async with house.database.begin() as db:
        screen = Trace(index, 9, chat)
        await traces.note(db, house.keystore.system, [screen], house.clock.now())
    await visitor.presses("everywhere.go:rights", "rights.overview:withdraw")
    await visitor.presses("rights.withdraw:data")
    await sweeper.round()
    assert chats.gone == [(visitor.sender.address, [8])]
    assert await left(house) == [9]


def test_no_address_shows_in_a_trace() -> None:
    assert "Sterrenstof" not in repr(Trace(b"", 1, "Sterrenstof"))
