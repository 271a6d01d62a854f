"""Whoever goes, or comes back elsewhere, leaves nothing in the chat where they were."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from bot.envelopes import Chat, Envelope
from bot.house import House
from bot.terms import IN_CHAT
from dialogs.events import Said
from dialogs.frozen import replace
from dialogs.values import Service
from storage import people, traces
from storage.doors import Door
from storage.traces import Trace
from tests.bot.test_pins import PIN, with_pin
from tests.bot.test_returning import came_back, code_of
from tests.houses import StillClock, Visitor

WORDS, REPLY, SCREEN, NEXT = 1, 5, 6, 7


async def stands_in_chat(visitor: Visitor) -> None:
    """Let words, an unread reply and a screen stand in somebody's chat."""
    house, now = visitor.house, visitor.house.clock.now()
    index, system = house.reception.index(visitor.sender), house.keystore.system
    chat = Chat(visitor.sender.address, "nl", Service.MEDIATION).text()
    words = Trace(index, WORDS, chat, now + IN_CHAT)
    reply = replace(words, number=REPLY, fades=True)
    async with house.database.begin() as db:
        await traces.note(db, system, [words, reply, Trace(index, SCREEN, chat)], now)


async def goes_at_once(house: House) -> list[int]:
    async with house.database.reading() as db:
        due = await traces.due(db, house.keystore.system, house.clock.now(), 9)
    assert not any(each.fades for each in due)
    return sorted(each.number for each in due)


@pytest.fixture
async def shut(house: House, clock: StillClock) -> Visitor:
    """Somebody who is shut behind a PIN as soon as anybody writes in their chat."""
    owner = await with_pin(house)
    await stands_in_chat(owner)
    clock.pass_by(timedelta(minutes=house.organisation.lock_after_minutes))
    return owner


async def only_person(house: House) -> UUID:
    async with house.database.reading() as db:
        (person_id,) = await people.everybody(db)
    return person_id


async def erase(house: House, person_id: UUID) -> None:
    async with house.database.begin() as db:
        await people.erase(db, person_id, house.clock.now())


async def test_who_comes_back_at_another_door_leaves_nothing_at_the_first(house: House) -> None:
    phone = Visitor(house, Door.TELEGRAM)
    await phone.sends_a_request()
    code = await code_of(phone)
    await stands_in_chat(phone)
    assert await goes_at_once(house) == []
    assert await came_back(Visitor(house), code)
    assert await goes_at_once(house) == [WORDS, REPLY, SCREEN]


async def test_who_comes_back_at_their_own_door_is_left_what_they_have_not_read(
    house: House, shut: Visitor
) -> None:
    await shut.starts("returning")
    await house.conductor.hear(Envelope(shut.sender, "pin", Said(PIN), message=NEXT))
    assert await goes_at_once(house) == [WORDS, SCREEN, NEXT]
    await shut.presses("everywhere.go:rights", "rights.overview:erase")
    assert await goes_at_once(house) == [WORDS, REPLY, SCREEN, NEXT]


async def test_what_waits_for_who_is_shut_stays_although_nobody_else_is_there(
    house: House, shut: Visitor
) -> None:
    await shut.starts()
    async with house.database.begin() as db:
        index = house.reception.index(shut.sender)
        newcomer = (await people.find_ways(db, [index]))[index].person_id
    await erase(house, newcomer)
    assert await goes_at_once(house) == [WORDS, SCREEN]
    async with house.database.begin() as db:
        assert await people.held(db, [index]) == {index}


async def test_who_is_erased_while_they_are_shut_takes_no_unread_words_of_who_is_there_now(
    house: House, shut: Visitor
) -> None:
    owner = await only_person(house)
    await shut.starts()
    await erase(house, owner)
    assert await goes_at_once(house) == [WORDS, SCREEN]


async def test_who_is_erased_while_they_are_shut_leaves_nothing_where_nobody_is_any_more(
    house: House, shut: Visitor
) -> None:
    owner = await only_person(house)
    await shut.starts()
    async with house.database.begin() as db:
        index = house.reception.index(shut.sender)
        newcomer = (await people.find_ways(db, [index]))[index].person_id
    await erase(house, newcomer)
    async with house.database.begin() as db:
        await traces.gone(db, index, [WORDS, REPLY, SCREEN])
    await stands_in_chat(shut)
    await erase(house, owner)
    assert await goes_at_once(house) == [WORDS, REPLY, SCREEN]
