"""A browser without scripts: it keeps cookies, and presses the buttons a page really has."""

from __future__ import annotations

import re
from html import unescape

from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient
from aiohttp.web import Application, Request

from tests.presses import SENDING

Client = TestClient[Request, Application]

OUR_OWN = {"Sec-Fetch-Site": "same-origin", "Accept": "text/html"}
HTMX = {**OUR_OWN, "HX-Request": "true"}
TO_A_REQUEST = SENDING
# As far as the first question that is a consent.
TO_A_CONSENT = TO_A_REQUEST[: TO_A_REQUEST.index("consent.data:yes")]


class Page:
    """A page as it came: its answer, and what can be pressed on it."""

    def __init__(self, answer: ClientResponse, text: str) -> None:
        self.answer, self.text = answer, text

    @property
    def buttons(self) -> list[str]:
        return re.findall(r'name="press" value="([^"]+)"', self.text)

    @property
    def bubbles(self) -> list[str]:
        """Everything that is said, without its markup."""
        return [unescape(each) for each in re.findall(r"<p[^>]*>([^<]*)</p>", self.text)]

    @property
    def kept(self) -> str:
        """The words in the box."""
        found = re.search(r"<textarea[^>]*>([^<]*)</textarea>", self.text)
        return unescape(found[1]) if found else ""

    @property
    def takes_words(self) -> bool:
        return "<textarea" in self.text

    def hidden(self, name: str) -> str:
        found = re.search(rf'type="hidden" name="{name}" value="([^"]*)"', self.text)
        return found[1] if found else ""

    @property
    def form(self) -> dict[str, str]:
        fields = {name: self.hidden(name) for name in ("key", "start", "language")}
        return {name: value for name, value in fields.items() if value}


class Visit:
    """Somebody at the chat page."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.page: Page

    async def opens(self, address: str = "/chat") -> Page:
        async with self.client.get(address, headers={"Accept": "text/html"}) as answer:
            self.page = Page(answer, await answer.text())
        return self.page

    async def sends(self, headers: dict[str, str] = OUR_OWN, **fields: str) -> Page:
        form = {**self.page.form, **fields}
        async with self.client.post("/chat", data=form, headers=headers) as answer:
            self.page = Page(answer, await answer.text())
        return self.page

    async def presses(self, *buttons: str) -> Page:
        for button in buttons:
            assert button in self.page.buttons, (button, self.page.buttons)
            await self.sends(press=button)
        return self.page

    async def says(self, words: str) -> Page:
        assert self.page.takes_words
        return await self.sends(words=words)

    async def sends_a_request(self) -> Page:
        await self.opens()
        return await self.presses(*TO_A_REQUEST)
