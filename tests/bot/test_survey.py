"""What is answered after closing stands in the database as a number, and of nobody."""

from __future__ import annotations

from bot.envelopes import Envelope
from bot.house import House
from dialogs.events import Chose, StaffClosed, StaffTook
from storage import people
from tests.databases import rows_of
from tests.houses import StillClock, Visitor


async def closes(house: House, visitor: Visitor, *, may_ask: bool = True) -> None:
    """Let a colleague close the request of a visitor."""
    index = house.keystore.index(visitor.sender.door, visitor.sender.address)
    async with house.database.reading() as db:
        (way,) = (await people.find_ways(db, [index])).values()
    for event in (StaffTook("C"), StaffClosed("C", "Dag.", may_ask=may_ask)):
        key = f"test:{house.clock.new_token()}"
        await house.conductor.hear(Envelope(way.person_id, key, event))


async def test_an_answer_is_counted_by_month_and_of_nobody(house: House, clock: StillClock) -> None:
    for option in ("good", "good", "not_good"):
        visitor = Visitor(house)
        await visitor.sends_a_request()
        await closes(house, visitor)
        await visitor.presses("survey.begin:go_on", f"survey.contact:{option}")
    found = await rows_of(house.database, "SELECT * FROM survey ORDER BY option")
    month = clock.now().date().replace(day=1).isoformat()
    assert [(str(each[0]), *each[1:]) for each in found] == [
        (month, "intake", "contact", "good", 2),
        (month, "intake", "contact", "not_good", 1),
    ]


async def test_erasing_somebody_leaves_the_count(house: House) -> None:
    visitor = Visitor(house)
    await visitor.sends_a_request()
    await closes(house, visitor)
    await visitor.presses("survey.begin:go_on", "survey.contact:good")
    await visitor.presses("everywhere.go:rights", "rights.overview:erase")
    assert await rows_of(house.database, "SELECT count FROM survey") == [(1,)]


async def test_a_press_that_is_heard_twice_counts_once(house: House) -> None:
    visitor = Visitor(house)
    await visitor.sends_a_request()
    await closes(house, visitor)
    await visitor.presses("survey.begin:go_on", "survey.contact:good")
    again = await visitor.does(Chose("survey.contact", "good"))
    assert again.session.remark == "problem.old_button"
    assert await rows_of(house.database, "SELECT count FROM survey") == [(1,)]
