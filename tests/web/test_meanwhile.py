"""While the database is away people read on, and learn that nothing else is possible now."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from bot.house import House
from dialogs.values import Service
from tests.databases import gone, rows_of
from tests.web.visits import HTMX, OUR_OWN, TO_A_REQUEST, Page, Visit

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)

SPOILT = {"spoilt": b"x" * 64}
WORDS = "Dit is niet verstuurd."


def says(house: House, page: Page, step: str) -> bool:
    text = house.wording.text("nl", Service.MEDIATION, f"welcome.away.{step}")
    assert text
    return text.split("\n\n")[0] in page.text


async def test_whoever_opens_the_page_can_read_and_is_told_whom_to_call(
    house: House, visit: Visit
) -> None:
    await visit.opens()
    await visit.presses(*TO_A_REQUEST[:3])
    async with gone(house.database):
        page = await visit.opens()
        assert page.answer.status == 503
        assert says(house, page, "text")
        assert not says(house, page, "undone")
        page = await visit.presses(next(each for each in page.buttons if each.startswith("info.")))
        assert page.answer.status == 200
        assert says(house, page, "reading")
        page = await visit.presses("everywhere.go:urgent")
        assert "112" in page.text


async def test_a_press_that_is_not_possible_now_says_so_and_changes_nothing(
    house: House, visit: Visit
) -> None:
    await visit.opens()
    await visit.presses(*TO_A_REQUEST[:-1])
    async with gone(house.database):
        page = await visit.sends(HTMX, press="intake.review:send")
        assert page.answer.status == 200
        assert says(house, page, "undone")
        assert "intake.review:send" not in page.buttons
    assert await rows_of(house.database, "SELECT * FROM referral") == []
    page = await visit.opens()
    await visit.presses("intake.review:send")
    assert await rows_of(house.database, "SELECT count(*) FROM referral") == [(1,)]


async def test_words_that_cannot_be_taken_stay_in_their_box(house: House, visit: Visit) -> None:
    await visit.opens()
    await visit.presses(*TO_A_REQUEST)
    async with gone(house.database):
        page = await visit.sends(words=WORDS)
        assert page.answer.status == 503
        assert (says(house, page, "undone"), page.kept) == (True, WORDS)
    assert await rows_of(house.database, "SELECT * FROM message") == []


async def test_a_page_that_is_open_stays_as_it_is_below_a_notice(
    house: House, visit: Visit
) -> None:
    await visit.opens()
    await visit.presses(*TO_A_REQUEST)
    async with gone(house.database):
        page = await visit.sends(HTMX, words=WORDS)
    assert page.answer.status == 503
    assert page.answer.headers["HX-Retarget"] == "#problem"
    assert says(house, page, "undone")
    assert WORDS not in page.text


async def test_whose_conversation_does_not_open_any_more_can_read_too(
    house: House, visit: Visit
) -> None:
    await visit.opens()
    await visit.presses(*TO_A_REQUEST[:3])
    async with house.database.begin() as db:
        connection = await db.connection()
        await connection.execute(text("UPDATE conversation SET session = :spoilt"), SPOILT)
    page = await visit.opens()
    assert says(house, page, "text")
    page = await visit.presses(next(each for each in page.buttons if each.startswith("info.")))
    assert says(house, page, "reading")


async def test_whose_conversation_does_not_open_any_more_can_erase_everything(
    house: House, visit: Visit
) -> None:
    await visit.opens()
    page = await visit.presses(*TO_A_REQUEST[:3])
    async with house.database.begin() as db:
        connection = await db.connection()
        await connection.execute(text("UPDATE conversation SET session = :spoilt"), SPOILT)
    async with visit.client.post("/chat/forget", data=page.form, headers=OUR_OWN) as answer:
        assert answer.status == 200
    assert await rows_of(house.database, "SELECT id FROM person") == []
