"""What is not understood stands in the database as a number, and of nobody."""

from __future__ import annotations

from bot.house import House
from tests.databases import rows_of
from tests.houses import StillClock, Visitor

TO_THE_MENU = ("welcome.language:nl", "welcome.role:victim")
RIDDLE = "Sterrenstof fladdert paars."


async def test_words_are_counted_by_language_topic_and_day_and_nothing_else(
    house: House, clock: StillClock
) -> None:
    visitor = Visitor(house)
    await visitor.starts()
    await visitor.presses(*TO_THE_MENU)
    for _ in range(2):
        await visitor.says(RIDDLE)
    found = await rows_of(house.database, "SELECT * FROM tally")
    assert [(str(day), name, count) for day, name, count in found] == [
        (clock.now().date().isoformat(), "missed.nl.nothing.none", 2)
    ]


async def test_erasing_somebody_leaves_the_count(house: House) -> None:
    visitor = Visitor(house)
    await visitor.starts()
    await visitor.presses(*TO_THE_MENU)
    await visitor.says(RIDDLE)
    await visitor.presses("everywhere.go:rights", "rights.overview:erase")
    assert await rows_of(house.database, "SELECT count FROM tally") == [(1,)]
