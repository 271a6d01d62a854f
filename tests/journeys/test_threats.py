"""Somebody types a threat: one sentence, the ways to help, a colleague who sees it, no argument."""

from __future__ import annotations

from bot.house import House
from tests.journeys.desk import Desk
from tests.journeys.doors import ONE_HOUSE, OnPhone, Visitor, kept, sends_a_request

pytestmark = ONE_HOUSE

THREAT = "Sterrenstof: als u nee zegt, sla ik die bemiddelaar voor zijn kop"
HELP = {"everywhere.go:urgent", "everywhere.go:human", "everywhere.go:stop"}


async def test_a_threat_to_staff_is_flagged_at_the_desk_and_help_stays_open(
    visitor: Visitor, desk: Desk
) -> None:
    await sends_a_request(visitor)
    assert "alarm" not in (await desk.queue()).words
    await visitor.says(THREAT)
    assert visitor.reads("urgent.boundary.line")
    assert "112" in visitor.text
    assert HELP | {"urgent.boundary:back"} <= set(visitor.buttons)
    assert "alarm" in (await desk.queue()).words
    page = await desk.claim()
    await visitor.hears()
    assert THREAT in page.words
    assert "typte iets dat op een dreigement lijkt" in page.words

    # Nothing is taken away: the conversation goes on, and a colleague answers as ever.
    await visitor.says("Sorry. Ik ben boos.")
    assert "Collega Een" in visitor.text
    page = await desk.get(page.address)
    assert "Sorry. Ik ben boos." in page.words
    await desk.write(page, "Dat mag. Ik bel u niet meer vandaag.")
    await visitor.hears("Dat mag.")
    if isinstance(visitor, OnPhone):
        assert "Sterrenstof" not in "\n".join(map(str, visitor.phone.api.calls))


async def test_a_threat_before_any_request_is_answered_and_kept_nowhere(
    visitor: Visitor, house: House
) -> None:
    # There is a box on the page where somebody comes back.
    await visitor.comes("returning")
    await visitor.says(THREAT)
    assert visitor.reads("urgent.boundary.line")
    await visitor.presses("urgent.boundary:back")
    assert "returning.enter:back" in visitor.buttons
    assert await kept(house) == set()
