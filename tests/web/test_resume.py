"""A code that was made on one page opens the conversation on another."""

from __future__ import annotations

from datetime import timedelta

from bot.house import House
from tests.houses import StillClock, Visitor
from tests.web.visits import Client, Visit

TO_A_CODE = (
    "everywhere.go:menu",
    "welcome.menu:more",
    "welcome.more:returning",
    "returning.begin:code",
    "returning.code:written",
)


async def code_of_a_request(house: House) -> str:
    visitor = Visitor(house)
    await visitor.sends_a_request()
    shown = await visitor.presses(*TO_A_CODE)
    await visitor.says(shown.session.code)
    return shown.session.code


async def test_the_address_of_the_box_shows_the_box_at_once(visit: Visit) -> None:
    page = await visit.opens("/chat/resume")
    assert page.takes_words
    assert "Set-Cookie" not in page.answer.headers
    assert "code" not in str(page.answer.url)


async def test_the_first_thing_a_browser_sends_may_be_a_code(visit: Visit, house: House) -> None:
    code = await code_of_a_request(house)
    await visit.opens("/chat/resume")
    page = await visit.says(code)
    assert page.takes_words
    assert "returning.begin:code" not in page.buttons
    page = await visit.presses("everywhere.go:menu")
    assert "welcome.menu:conversation" in page.buttons
    assert code not in page.text


async def test_digits_that_open_nothing_do_not_stay_in_the_box(client: Client) -> None:
    visit = Visit(client)
    await visit.opens("/chat/resume")
    page = await visit.says("0000 0000 0000 0000")
    assert page.takes_words
    assert page.kept == ""
    assert "0000" not in page.text


async def test_an_open_page_begins_anew_when_its_conversation_went_elsewhere(
    visit: Visit, house: House
) -> None:
    await visit.sends_a_request()
    await visit.presses(*TO_A_CODE[:-1])
    page = visit.page
    code = next(line for line in page.bubbles if len(line) == 19 and line[:4].isdigit())
    await visit.presses("returning.code:written")
    await visit.says(code)
    elsewhere = Visitor(house)
    await elsewhere.starts("returning")
    assert (await elsewhere.says(code)).session.is_with_staff
    async with visit.client.get("/chat/conversation") as answer:
        assert answer.headers["HX-Refresh"] == "true"
    page = await visit.opens()
    assert "welcome.language:nl" in page.buttons


async def test_a_page_that_was_left_open_is_shut_and_opened_with_the_pin(
    visit: Visit, clock: StillClock
) -> None:
    await visit.sends_a_request()
    await visit.presses(*TO_A_CODE[:-2], "returning.begin:pin")
    await visit.says("2580")
    clock.pass_by(timedelta(minutes=10))
    async with visit.client.get("/chat/conversation") as answer:
        assert answer.headers["HX-Refresh"] == "true"
    page = await visit.opens("/chat/resume")
    assert page.takes_words
    assert "everywhere.go:menu" in (await visit.says("8520")).buttons
    assert "welcome.menu:conversation" not in (await visit.presses("everywhere.go:menu")).buttons
    await visit.opens("/chat")
    # The stranger of this page goes back to the box, where the digits are theirs to type.
    page = await visit.presses("welcome.role:victim", "welcome.menu:more", "welcome.more:returning")
    await visit.presses("returning.begin:enter")
    await visit.says("2580")
    page = await visit.presses("everywhere.go:menu")
    assert "welcome.menu:conversation" in page.buttons
