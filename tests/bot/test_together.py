"""Two processes on one PostgreSQL hear one person: nothing is lost, doubled or out of order."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.courier import Courier
from bot.envelopes import Brought, LetterBody
from bot.house import House
from bot.opening import opened
from bot.settings import Settings
from dialogs.events import Chose
from storage import messages, referrals
from storage.doors import Door
from tests.databases import rows_of
from tests.houses import StillClock, Visitor

pytestmark = pytest.mark.parametrize("kind", ["postgresql"], indirect=True)

MANY = 12


@pytest.fixture
async def other(settings: Settings, clock: StillClock) -> AsyncIterator[House]:
    """The same house, opened by another process."""
    async with opened(settings, clock) as other:
        yield other


def at(house: House, visitor: Visitor) -> Visitor:
    """Let somebody speak through another process."""
    elsewhere = Visitor(house, visitor.sender.door)
    elsewhere.sender = visitor.sender
    return elsewhere


async def thread(house: House) -> list[str]:
    (person_id,) = (await rows_of(house.database, "SELECT id FROM person"))[0]
    async with house.database.reading() as db:
        referral = await referrals.find_open(db, person_id)  # type: ignore[arg-type]
        assert referral is not None
        seal = await house.keystore.seal_of(person_id)  # type: ignore[arg-type]
        return [str(each.words) for each in await messages.thread(db, seal, referral.id)]


async def test_what_is_said_through_both_in_turn_stays_in_order(house: House, other: House) -> None:
    visitor = Visitor(house)
    await visitor.sends_a_request()
    said = [f"Zin {number}." for number in range(MANY)]
    for number, words in enumerate(said):
        await at((house, other)[number % 2], visitor).says(words)
    assert await thread(house) == said


async def test_what_is_said_through_both_at_once_is_all_there_and_each_once(
    house: House, other: House
) -> None:
    visitor = Visitor(house)
    await visitor.sends_a_request()
    said = [f"Zin {number}." for number in range(MANY)]
    speaking = (at((house, other)[n % 2], visitor).says(words) for n, words in enumerate(said))
    await asyncio.gather(*speaking)
    there = await thread(house)
    assert sorted(there) == sorted(said)
    for mine in (said[::2], said[1::2]):
        assert [words for words in there if words in mine] == mine


async def test_an_update_that_both_get_at_once_is_heard_once(house: House, other: House) -> None:
    visitor = Visitor(house)
    await visitor.starts()
    chosen = Chose("welcome.language", "nl")
    both = await asyncio.gather(
        *(at(each, visitor).does(chosen, "update:7") for each in (house, other))
    )
    assert sorted(outcome.heard_before for outcome in both) == [False, True]


async def test_the_letters_of_one_person_go_out_in_the_order_of_their_turns(
    house: House, other: House
) -> None:
    visitor = Visitor(house, Door.TELEGRAM)
    await visitor.starts()
    await at(other, visitor).presses("welcome.language:nl")
    await visitor.presses("welcome.role:victim")
    arrived: list[LetterBody] = []

    async def bring(letter: LetterBody, _screen: int | None) -> Brought:
        arrived.append(letter)
        return Brought(1)

    courier = Courier(other.database, other.keystore, other.clock, other.announcer, bring)
    while await courier.round():
        pass
    asked = [letter.screen.lines[-1].id.split(".")[1] for letter in arrived]
    assert asked == ["language", "role", "menu"]
