"""Somebody at a door, Telegram or the chat page: what they do, and what is before them then.

A journey that begins with a person is walked at both doors by the same sentences:

    await visitor.comes()
    await visitor.presses("welcome.language:nl", "welcome.role:victim")
    await desk.write(page, "Dag.")
    await visitor.hears("Dag.")
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from typing import Final

import pytest
from sqlalchemy import select

from bot.house import House
from dialogs.values import Service
from storage.schema import Schema
from tests.botapi.phone import Phone
from tests.journeys.desk import Browser, Form, Page
from tests.presses import INFORMED

NAME: Final = "Testpersoon Een"
TO_A_NAME: Final = (
    *("welcome.role:victim", "welcome.menu:request", *INFORMED),
    *("consent.age:yes", "consent.data:yes", "consent.contact:no", "intake.begin:go_on"),
)
# Consents that were not ended; of one that was it is remembered that it was once given.
STANDING: Final = "SELECT id FROM consent WHERE ended_at IS NULL"
TO_COME_BACK: Final = ("everywhere.go:menu", "welcome.menu:more", "welcome.more:returning")
DOORS: Final = ("telegram", "web")
# What only differs in how updates arrive, or in the kind of database, is tried elsewhere.
ONE_HOUSE: Final = [
    pytest.mark.parametrize("receiver", ["poll"], indirect=True),
    pytest.mark.parametrize("kind", ["sqlite"], indirect=True),
]

# A door that was opened, words that are common to all, counts, letters on their way or in a chat,
# and who works here and did what.
OF_ANYBODY: Final = frozenset(
    {"person", "way", "conversation", "heard", "letter", "trace", "consent_text", "figure", "tally"}
    | {"staff", "staff_session", "set_up_link", "attempt", "audit", "presence"}
)


class Visitor(ABC):
    """Somebody who comes; `text` and `buttons` are what is before them."""

    text: str = ""
    buttons: tuple[str, ...] = ()

    def __init__(self, browser: Browser) -> None:
        self.browser = browser

    @abstractmethod
    async def comes(self, link: str = "") -> None:
        """Open the door, perhaps by a link that says what for."""

    @abstractmethod
    async def says(self, *words: str) -> None:
        """Type one thing after the other, each below the answer to the last."""

    @abstractmethod
    async def writes(self, words: str) -> None:
        """Type something to a colleague who is there, so that nothing answers."""

    @abstractmethod
    async def hears(self, *words: str) -> None:
        """Read what came unasked, with all of these words in it."""

    @property
    @abstractmethod
    def copy(self) -> str:
        """The address of the copy that is offered."""

    async def presses(self, *buttons: str) -> None:
        """Press one button after the other, each of them there."""
        for button in buttons:
            await self._press(button)

    async def fetches(self, kind: str) -> bytes:
        """Fetch the copy that is offered, as a file of this kind."""
        async with self.browser.session.get(f"{self.copy}/{kind}") as answer:
            assert answer.status == 200
            return await answer.read()

    def reads(self, id: str, service: Service = Service.MEDIATION) -> bool:
        """Say whether a text of the catalog is before them, as that service words it."""
        return worded(self.browser.house, id, service) in self.text

    @abstractmethod
    async def _press(self, button: str) -> None: ...


def worded(house: House, id: str, service: Service) -> str:
    """Give a text of the catalog, on one line."""
    text = house.wording.text("nl", service, id)
    assert text, id
    return on_one_line(text)


def on_one_line(text: str) -> str:
    """Write a text without its paragraphs, in which the doors differ."""
    return " ".join(text.split())


class OnPhone(Visitor):
    """Somebody in Telegram; a link is opened in a browser that we do not know."""

    def __init__(self, browser: Browser, phone: Phone) -> None:
        super().__init__(browser)
        self.phone = phone

    async def comes(self, link: str = "") -> None:
        await self.says(f"/start {link}".strip())

    async def says(self, *words: str) -> None:
        for each in words:
            await self.writes(each)
            await self._look()

    async def writes(self, words: str) -> None:
        await self.phone.say(words)
        await self.phone.api.mail.settled()

    async def hears(self, *words: str) -> None:
        await self._look()
        for each in words:
            assert each in self.text, self.text

    async def _press(self, button: str) -> None:
        await self.phone.press(button)
        await self.phone.api.mail.settled()
        await self._look()

    async def _look(self) -> None:
        shown = await self.phone.screen()
        self.text, self.buttons = on_one_line(shown.text), tuple(shown.buttons)

    @property
    def copy(self) -> str:
        found = re.search(r"http://\S+(/copies/[\w-]+)", self.text)
        assert found, self.text
        return found[1]


class OnPage(Visitor):
    """Somebody at the chat page, without JavaScript: they look again to read what is new."""

    page: Page

    async def comes(self, link: str = "") -> None:
        self._see(await self.browser.get(f"/chat?start={link}" if link else "/chat"))

    async def says(self, *words: str) -> None:
        for each in words:
            form = next((form for form in self.page.forms if "words" in form.fields), None)
            assert form, f"there is no box:\n{self.text}"
            self._see(await self.browser.submit(form, words=each))

    async def writes(self, words: str) -> None:
        await self.says(words)

    async def hears(self, *words: str) -> None:
        await self.comes()
        for each in words:
            assert each in self.text, self.text

    async def _press(self, button: str) -> None:
        self._see(await self.browser.submit(self._form(button), press=button))

    def _form(self, button: str) -> Form:
        for form in self.page.forms:
            if button in form.buttons:
                return form
        raise AssertionError(f"there is no button {button}:\n{self.text}")

    def _see(self, page: Page) -> None:
        assert page.status == 200, page.words
        buttons = tuple(button for form in page.forms for button in form.buttons)
        self.page, self.text, self.buttons = page, on_one_line(page.words), buttons

    @property
    def copy(self) -> str:
        return self.page.link(r"^/copies/|://[^/]+/copies/")


async def sends_a_request(visitor: Visitor, language: str = "nl") -> None:
    """Come, and send a request under a name, without a way to be contacted."""
    await visitor.comes()
    await visitor.presses(f"welcome.language:{language}", *TO_A_NAME)
    await visitor.says(NAME)
    await visitor.presses("intake.tongue:enough", "intake.review:send")


async def makes_a_code(visitor: Visitor) -> str:
    """Make the code that leads back from anywhere, and confirm that it was written down."""
    await visitor.presses(*TO_COME_BACK, "returning.begin:code")
    found = re.search(r"\d{4} \d{4} \d{4} \d{4}", visitor.text)
    assert found, visitor.text
    await visitor.presses("returning.code:written")
    await visitor.says(found[0][-4:])
    assert visitor.reads("returning.code.kept")
    return found[0]


async def kept(house: House) -> set[str]:
    """Name the tables in which something of people is, beyond that they came and where they are."""
    found = set()
    async with house.database.reading() as db:
        connection = await db.connection()
        for table in Schema.DATA.tables.sorted_tables:
            if (await connection.execute(select(table))).first():
                found.add(table.name)
    return found - OF_ANYBODY
