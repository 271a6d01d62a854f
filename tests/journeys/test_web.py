"""The same way on the chat page, as a browser without JavaScript walks it."""

from __future__ import annotations

import pytest

from bot.house import House
from tests.journeys.desk import Desk
from tests.journeys.doors import NAME, Visitor, kept, sends_a_request

pytestmark = [
    pytest.mark.parametrize("receiver", ["poll"], indirect=True),
    pytest.mark.parametrize("visitor", ["web"], indirect=True),
]


@pytest.mark.parametrize("language", ["nl", "en"])
async def test_from_the_first_page_to_the_closed_case(
    visitor: Visitor, desk: Desk, language: str
) -> None:
    await sends_a_request(visitor, language)
    page = await desk.claim()
    assert NAME not in page.words
    shown = await desk.submit(page.form("/show"), what="name", reason="appointment")
    assert NAME in shown.words
    await visitor.says("Wanneer hoor ik iets?")
    # On one's own page one sees what one typed.
    assert "Wanneer hoor ik iets?" in visitor.text
    page = await desk.get(page.address)
    assert "Wanneer hoor ik iets?" in page.words
    page = await desk.write(page, "Morgen bel ik u niet, ik schrijf u hier.")
    await visitor.hears("Morgen bel ik u niet, ik schrijf u hier.")
    await desk.close(page, "Het beste gewenst.")
    await visitor.hears("Het beste gewenst.")


async def test_everything_is_erased_in_two_presses(visitor: Visitor, house: House) -> None:
    await visitor.comes()
    await visitor.presses("welcome.language:nl", "welcome.role:victim", "everywhere.go:rights")
    await visitor.presses("rights.overview:erase")
    assert await kept(house) == set()
    assert not [cookie for cookie in visitor.browser.session.cookie_jar if cookie.value]
