"""What a self-reflection leaves behind: nothing that staff could see, and nothing after a no."""

from __future__ import annotations

from bot.house import House
from tests.databases import rows_of
from tests.houses import Visitor

WORDS = "Sterrenstof"


async def reflects(house: House, consent: str) -> Visitor:
    visitor = Visitor(house)
    await visitor.starts("mentoring")
    await visitor.presses(
        "welcome.language:nl",
        "welcome.menu:reflection",
        "reflection.before:go_on",
        "consent.age:yes",
        f"consent.reflection:{consent}",
    )
    return visitor


async def test_no_colleague_sees_a_reflection(house: House) -> None:
    visitor = await reflects(house, "yes")
    await visitor.presses("reflection.level:level.region")
    said = await visitor.says(WORDS)
    assert said.session.answer_to("region")
    for table in ("referral", "message", "letter"):
        assert await rows_of(house.database, f"SELECT * FROM {table}") == []  # noqa: S608 - ours
    assert WORDS not in str(await rows_of(house.database, "SELECT session FROM conversation"))


async def test_after_a_no_nothing_of_a_reflection_is_kept(house: House) -> None:
    visitor = await reflects(house, "no")
    back = await visitor.presses("welcome.menu:information")
    assert back.session.answers == ()
    assert back.session.agreements == ()
    assert await rows_of(house.database, "SELECT * FROM consent") == []
