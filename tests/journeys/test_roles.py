"""Everybody who may come, at every door: from the first message to the closed case."""

from __future__ import annotations

import pytest

from bot.house import House
from tests.journeys.desk import Desk
from tests.journeys.doors import NAME, ONE_HOUSE, OnPhone, Visitor, kept, worded
from tests.journeys.roles import COMERS, OTHER

pytestmark = ONE_HOUSE

# Who looks for information for their work, and walks from card to card.
READS = (
    OTHER,
    "welcome.other_role:professional",
    "welcome.menu:information",
    "info.subjects:about",
    "info.about:what",
    "info.what:steps",
    "info.steps:subjects",
    "info.subjects:more",
    "info.more:who",
    "info.who:training",
)


@pytest.mark.parametrize("who", COMERS)
async def test_each_role_sends_what_it_was_asked_and_is_answered(
    visitor: Visitor, desk: Desk, who: str
) -> None:
    comer = COMERS[who]
    await comer.sends_a_request(visitor)
    page = await desk.claim()
    if comer.words == NAME:
        # Who somebody is stays hidden until it is asked for; an organisation is nobody.
        assert NAME not in page.words
        page = await desk.submit(page.form("/show"), what="name", reason="appointment")
    assert comer.words in page.words
    assert worded(desk.house, comer.seen, comer.service) in page.words
    assert desk.house.organisation.services[comer.service].queues[0].name("nl") in page.words
    await visitor.hears("Collega Een")
    await visitor.writes("Wanneer hoor ik iets?")
    page = await desk.get(page.address)
    assert "Wanneer hoor ik iets?" in page.words
    page = await desk.write(page, "Dag, ik lees met u mee.")
    await visitor.hears("Dag, ik lees met u mee.")
    await desk.close(page, "Het beste gewenst.")
    await visitor.hears("Het beste gewenst.")
    assert visitor.reads("handoff.closed.text", comer.service)
    await visitor.presses("survey.begin:not_now", "everywhere.go:menu")
    assert "welcome.menu:request" in visitor.buttons
    assert comer.words not in (await desk.queue("mine")).words
    if isinstance(visitor, OnPhone):
        # Whoever is spoken of was not written to, and nothing of them lies about in the chat.
        calls = visitor.phone.api.calls
        assert comer.words not in "\n".join(map(str, calls))
        assert {call.parameters.get("chat_id") for call in calls} <= {
            None,
            visitor.phone.chat.id,
            str(visitor.phone.chat.id),
        }


async def test_a_professional_reads_and_is_asked_nothing(visitor: Visitor, house: House) -> None:
    await visitor.comes()
    await visitor.presses("welcome.language:nl", *READS, "everywhere.go:menu")
    assert "welcome.menu:information" in visitor.buttons
    assert not [each for each in visitor.buttons if each.endswith((":request", ":resume"))]
    assert await kept(house) == set()


@pytest.mark.parametrize("age", ["no", "rather_not_say"])
async def test_of_whoever_is_under_16_or_does_not_say_nothing_is_kept_not_even_a_role(
    visitor: Visitor, house: House, age: str
) -> None:
    await visitor.comes()
    before = COMERS["victim"].before
    await visitor.presses("welcome.language:nl", *before[: before.index("consent.age:yes")])
    await visitor.presses(f"consent.age:{age}")
    assert visitor.reads("consent.young.text")
    assert {"everywhere.go:human", "everywhere.go:urgent"} <= set(visitor.buttons)
    await visitor.presses("consent.young:information")
    await visitor.presses("everywhere.go:menu")
    assert "welcome.role:victim" in visitor.buttons
    assert await kept(house) == set()


async def test_a_referrer_whose_client_has_not_agreed_is_asked_nothing(
    visitor: Visitor, house: House
) -> None:
    await visitor.comes()
    await visitor.presses("welcome.language:nl", *COMERS["referrer"].before[:3])
    await visitor.presses("consent.before_referrer:not_now")
    assert "welcome.menu:request" in visitor.buttons
    assert await kept(house) == set()
