"""Leaving at once: the browser forgets, goes elsewhere, and cannot come back to the words."""

from __future__ import annotations

from bot.house import House
from tests.web.visits import OUR_OWN, Visit


async def test_without_scripts_the_form_leads_away_and_the_browser_forgets(
    visit: Visit, house: House
) -> None:
    await visit.sends_a_request()
    await visit.says("Niet voor andere ogen")
    async with visit.client.post("/chat/exit", headers=OUR_OWN, allow_redirects=False) as answer:
        assert answer.status == 303
        assert answer.headers["Location"] == house.organisation.exit_address
        assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
        assert "Max-Age=0" in answer.headers["Set-Cookie"]
    page = await visit.opens()
    assert "welcome.language:nl" in page.buttons
    assert "Niet voor andere ogen" not in page.text


async def test_a_browser_that_has_left_already_gets_no_page(visit: Visit) -> None:
    await visit.sends_a_request()
    async with visit.client.post("/chat/exit?quietly", headers=OUR_OWN) as answer:
        assert answer.status == 204
        assert "Clear-Site-Data" in answer.headers


async def test_what_was_sent_stays_with_the_colleagues(visit: Visit, house: House) -> None:
    await visit.sends_a_request()
    async with visit.client.post("/chat/exit?quietly", headers=OUR_OWN) as answer:
        assert answer.status == 204
    async with house.database.reading() as db:
        connection = await db.connection()
        rows = await connection.exec_driver_sql("SELECT status FROM referral")
        assert rows.scalars().all() == ["waiting"]
