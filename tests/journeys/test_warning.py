"""Somebody types that there is danger: help first, then a colleague is warned if they say so."""

from __future__ import annotations

import pytest

from bot.house import House
from tests.databases import rows_of
from tests.journeys.desk import ASKED_AGAIN, Desk, Form, Page
from tests.journeys.doors import STANDING, TO_A_NAME, Visitor, kept

pytestmark = pytest.mark.parametrize("receiver", ["poll"], indirect=True)

DANGER = "Sterrenstof: hij staat voor mijn deur met een mes"
TO_A_WARNING = ("urgent.danger:warn", "consent.warning:yes")
REQUESTS = "SELECT status FROM referral"


async def types_it_in_a_form(visitor: Visitor) -> None:
    """Come, begin a request, and type words of danger where a name is asked."""
    await visitor.comes()
    await visitor.presses("welcome.language:nl", *TO_A_NAME)
    await visitor.says(DANGER)
    assert visitor.reads("urgent.danger.first")
    assert "112" in visitor.text
    assert visitor.reads("urgent.danger.ask")


def consents_on(page: Page) -> str:
    """Give what the desk says of consents."""
    return page.html.partition('id="consents"')[2].partition("</section>")[0]


async def test_a_colleague_is_warned_and_reads_nothing_but_that(
    visitor: Visitor, desk: Desk
) -> None:
    await types_it_in_a_form(visitor)
    await visitor.presses("urgent.danger:warn")
    for part in ("ask", "details"):
        assert visitor.reads(f"consent.warning.{part}")
    assert "alarm" not in (await desk.queue()).words
    await visitor.presses("consent.warning:yes")
    assert visitor.reads("urgent.warned.told")
    assert "alarm" in (await desk.queue()).words

    page = await desk.claim()
    await visitor.hears()
    assert "Sterrenstof" not in page.html
    assert "Gezegd is dat niet vaststaat wanneer iemand kijkt" in page.words
    assert 'id="fact-role"' not in page.html
    assert 'id="consent-warning"' in consents_on(page)
    assert 'id="consent-data"' not in consents_on(page)
    assert 'id="ask"' not in page.html
    forged = await desk.submit(Form(f"{page.address}/ask"), purpose="research")
    assert forged.status == ASKED_AGAIN
    await desk.write(page, "Bent u veilig?")
    await visitor.hears("Bent u veilig?")
    await visitor.says("Ja, nu wel.")
    assert "Ja, nu wel." in (await desk.get(page.address)).words


async def test_the_form_goes_on_and_what_is_sent_lies_with_the_warning(
    house: House, visitor: Visitor, desk: Desk
) -> None:
    await types_it_in_a_form(visitor)
    await visitor.presses(*TO_A_WARNING, "urgent.warned:back", "intake.tongue:enough")
    page = await desk.claim()
    await visitor.hears()
    await visitor.presses("everywhere.go:menu", "welcome.menu:conversation")
    await visitor.presses("handoff.conversation:resume", "intake.resume:go_on")
    await visitor.presses("intake.review:send")
    assert await rows_of(house.database, REQUESTS) == [("owned",)]
    page = await desk.get(page.address)
    assert "stuurde ook een aanvraag" in page.words
    assert 'id="fact-role"' in page.html
    assert 'id="consent-data"' in consents_on(page)


async def test_a_no_warns_nobody_and_the_form_goes_on(house: House, visitor: Visitor) -> None:
    await types_it_in_a_form(visitor)
    await visitor.presses("urgent.danger:warn", "consent.warning:no")
    assert visitor.reads("consent.warning.respected")
    assert "intake.tongue:enough" in visitor.buttons
    assert await rows_of(house.database, REQUESTS) == []


async def test_a_warning_that_is_taken_back_is_gone_from_the_desk(
    house: House, visitor: Visitor, desk: Desk
) -> None:
    # There is a box on the page where somebody comes back.
    await visitor.comes("returning")
    await visitor.says(DANGER)
    await visitor.presses(*TO_A_WARNING)
    page = await desk.claim()
    await visitor.hears()
    await visitor.presses(
        *("everywhere.go:rights", "rights.overview:withdraw", "rights.withdraw:warning")
    )
    assert visitor.reads("rights.withdrawn.text")
    assert await rows_of(house.database, REQUESTS) == [("withdrawn",)]
    assert await rows_of(house.database, STANDING) == []
    assert await kept(house) == {"consent", "referral", "look"}
    assert "Gezegd is" not in (await desk.get(page.address)).words
