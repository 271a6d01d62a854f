"""What is due goes from a chat; what cannot go is tried again, and holds up nobody else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.envelopes import Envelope, LetterBody
from bot.errors import Later, Undelivered
from bot.house import House
from bot.sweeper import AGAIN, Sweeper
from bot.terms import IN_CHAT, IN_REACH
from bot.workers import keeper_of
from dialogs.events import Attached, Said
from storage import traces
from storage.doors import Door
from storage.traces import Trace
from tests.databases import rows_of
from tests.houses import StillClock, Visitor


class Chats:
    """The chats of these tests: they remember what was done, and refuse what they are told to."""

    def __init__(self) -> None:
        self.gone: list[tuple[str, list[int]]] = []
        self.replaced: list[tuple[LetterBody, int]] = []
        self.refusals: dict[int, Exception] = {}

    async def take_out(self, address: str, numbers: Sequence[int]) -> None:
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


@pytest.mark.parametrize("refusal", [Undelivered(permanent=False), Later(30)])
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
