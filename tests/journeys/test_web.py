"""The same way on the chat page, as a browser without JavaScript walks it."""

from __future__ import annotations

import pytest

from bot.house import House
from tests.journeys.desk import Desk, Page
from tests.presses import INFORMED

pytestmark = pytest.mark.parametrize("receiver", ["poll"], indirect=True)


class Chat(Desk):
    """A person's browser."""

    async def press(self, page: Page, button: str) -> Page:
        """Press a button of the conversation."""
        form = next(form for form in page.forms if button in form.buttons)
        return await self.submit(form, press=button)

    async def walk(self, *buttons: str) -> Page:
        """Press one button after another, from the first page on."""
        page = await self.get("/chat")
        for button in buttons:
            page = await self.press(page, button)
            assert page.status == 200, page.words
        return page

    async def say(self, page: Page, words: str) -> Page:
        """Type something."""
        form = next(form for form in page.forms if "words" in form.fields)
        return await self.submit(form, words=words)


@pytest.mark.parametrize("language", ["nl", "en"])
async def test_from_the_first_page_to_the_closed_case(
    house: House, desk: Desk, language: str
) -> None:
    async with Chat.at(house) as chat:
        page = await chat.walk(
            f"welcome.language:{language}",
            "welcome.role:relative",
            "welcome.menu:request",
            *INFORMED,
            "consent.age:yes",
            "consent.data:yes",
            "consent.contact:no",
            "intake.begin:go_on",
        )
        page = await chat.say(page, "Testpersoon Een")
        page = await chat.press(page, "intake.bond:enough")
        # On one's own page one sees what one typed.
        assert "Testpersoon Een" in page.words
        page = await chat.press(page, "intake.review:send")

        at_desk = await desk.claim()
        assert "Testpersoon Een" in at_desk.words
        page = await chat.say(await chat.get("/chat"), "Wanneer hoor ik iets?")
        at_desk = await desk.get(at_desk.address)
        assert "Wanneer hoor ik iets?" in at_desk.words
        at_desk = await desk.write(at_desk, "Morgen bel ik u niet, ik schrijf u hier.")
        page = await chat.get("/chat")
        assert "Morgen bel ik u niet, ik schrijf u hier." in page.words
        await desk.close(at_desk, "Het beste gewenst.")
        page = await chat.get("/chat")
        assert "Het beste gewenst." in page.words


async def test_everything_is_erased_in_two_presses(house: House) -> None:
    async with Chat.at(house) as chat:
        page = await chat.walk("welcome.language:nl", "welcome.role:victim")
        page = await chat.press(page, "everywhere.go:rights")
        page = await chat.press(page, "rights.overview:erase")
        assert page.status == 200
        assert not [cookie for cookie in chat.session.cookie_jar if cookie.value]
