"""Who writes much at once is heard in order, and nobody waits for that: no person, no colleague."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable

from bot.envelopes import Envelope
from bot.house import House
from dialogs.events import StaffTook
from storage import messages, referrals
from tests.bot.test_conductor import counted, only_person
from tests.houses import Visitor


async def test_who_writes_much_at_once_is_heard_in_order_and_holds_up_nobody(house: House) -> None:
    busy, other = Visitor(house), Visitor(house)
    await busy.sends_a_request()
    house, together = counted(house)
    busy.house = other.house = house
    said = [f"Zin {number}." for number in range(5)]
    await asyncio.gather(*(busy.says(each) for each in said), other.starts())
    assert together == [2, 1, 1, 1, 1]
    async with house.database.reading() as db:
        (referral,) = await referrals.everything(db)
        assert referral.person_id is not None
        seal = await house.keystore.seal_of(referral.person_id)
        thread = await messages.thread(db, seal, referral.id)
    assert [each.words for each in thread if each.words] == said


async def test_who_writes_much_at_once_holds_up_no_colleague(house: House) -> None:
    busy, ended = Visitor(house), list[str]()
    await busy.sends_a_request()
    taken = Envelope(await only_person(house), "staff:1", StaffTook("Collega"))
    turns = [*(busy.says(f"Zin {number}.") for number in range(5)), house.conductor.hear(taken)]

    async def noted(turn: Awaitable[object], name: str) -> None:
        await turn
        ended.append(name)

    await asyncio.gather(*(noted(*each) for each in zip(turns, "12345c", strict=True)))
    assert ended == list("1c2345")
