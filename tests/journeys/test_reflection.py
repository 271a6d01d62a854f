"""A self-reflection is begun at one door, gone on with at the other, taken along and erased."""

from __future__ import annotations

import json

from bot.house import House
from tests.journeys.desk import Desk
from tests.journeys.doors import ONE_HOUSE, Visitor, kept, makes_a_code

pytestmark = ONE_HOUSE

MISSED = "Een plek om rustig te praten."


async def begins(visitor: Visitor) -> None:
    """Come for mentoring, and answer as far as the middle of a part."""
    await visitor.comes("mentoring")
    await visitor.presses(
        *("welcome.language:nl", "welcome.menu:reflection", "reflection.before:go_on"),
        *("consent.age:yes", "consent.reflection:yes", "reflection.level:level.organisation"),
        *("reflection.overview:parts", "reflection.parts:others", "reflection.more_parts:start"),
        *(
            "reflection.start:first_meeting.fits.yes",
            "reflection.start:first_meeting.present.written",
        ),
        *("reflection.start:first_meeting.minimum.yes", "reflection.start:agreement.fits.partly"),
    )


async def test_a_reflection_is_saved_at_one_door_and_resumed_at_the_other(
    visitor: Visitor, elsewhere: Visitor, house: House, desk: Desk
) -> None:
    await begins(visitor)
    await visitor.presses("everywhere.go:stop")
    assert visitor.reads("welcome.stopped.reflection")
    code = await makes_a_code(visitor)

    await elsewhere.comes("returning")
    await elsewhere.says(code)
    assert elsewhere.reads("returning.resumed")
    await elsewhere.presses(
        *("everywhere.go:menu", "welcome.menu:reflection", "reflection.overview:parts"),
        *("reflection.parts:others", "reflection.more_parts:start"),
        # It goes on at the very question at which it was stopped.
        *("reflection.start:agreement.present.no", "reflection.start:agreement.minimum.yes"),
        "reflection.start:own_goals.fits.unknown",
    )
    await elsewhere.says(MISSED)
    await elsewhere.presses(
        "everywhere.go:menu", "welcome.menu:reflection", "reflection.overview:copy"
    )
    assert (await elsewhere.fetches("pdf")).startswith(b"%PDF-")
    told = json.loads(await elsewhere.fetches("json"))
    assert told["findings"] == {
        "strengths": ["first_meeting"],
        "minimums": ["agreement"],
        "absent": [],
        "unsure": ["own_goals"],
    }
    assert told["missing"]["start"] == MISSED
    # No colleague ever saw it.
    for page in (await desk.queue(), await desk.get("/staff/complaints")):
        assert MISSED not in page.words
        assert not [
            link for link in page.links if link.startswith(("/staff/r/", "/staff/complaints/"))
        ]

    await visitor.comes()
    assert "welcome.language:nl" in visitor.buttons
    await elsewhere.presses("everywhere.go:rights", "rights.overview:erase")
    assert elsewhere.reads("rights.erased.text")
    assert await kept(house) == set()
    await elsewhere.comes("returning")
    await elsewhere.says(code)
    assert elsewhere.reads("returning.enter.not_found")


async def test_a_reflection_is_ended_by_taking_the_consent_back(
    visitor: Visitor, house: House
) -> None:
    await visitor.comes("mentoring")
    await visitor.presses(
        *("welcome.language:nl", "welcome.menu:reflection", "reflection.before:go_on"),
        *("consent.age:yes", "consent.reflection:yes", "reflection.level:level.region"),
    )
    await visitor.says("Sterrenstof")
    await visitor.presses(
        "everywhere.go:rights", "rights.overview:withdraw", "rights.withdraw:reflection"
    )
    assert visitor.reads("rights.withdrawn.text")
    assert await kept(house) == {"consent"}
    await visitor.presses("everywhere.go:menu", "welcome.menu:reflection")
    assert "reflection.before:go_on" in visitor.buttons
