"""Somebody who talks on the chat page, by whatever means the window gives them."""

from __future__ import annotations

from playwright.async_api import Locator, expect

from tests.browser.windows import Window
from tests.web.visits import TO_A_REQUEST


class Talk:
    """A conversation in a window."""

    def __init__(self, window: Window) -> None:
        self.window, self.page = window, window.page

    def button(self, data: str) -> Locator:
        return self.page.locator(f'button[name="press"][value="{data}"]')

    @property
    def box(self) -> Locator:
        return self.page.locator("#words")

    async def opens(self, address: str = "/chat") -> None:
        await self.window.opens(address)

    async def presses(self, *buttons: str) -> None:
        """Press buttons, each as soon as it is there and done with when its screen is gone."""
        for data in buttons:
            await self.button(data).click()
            if not data.startswith("everywhere.go:"):
                await expect(self.button(data)).to_have_count(0)

    async def says(self, words: str) -> None:
        await self.box.fill(words)
        await self.page.locator("#composer .primary").click()

    async def sends_a_request(self) -> None:
        await self.opens()
        await self.presses(*TO_A_REQUEST)
        await expect(self.box).to_be_visible()

    async def reads(self, words: str) -> None:
        await expect(self.page.locator("#log").get_by_text(words, exact=True)).to_be_visible()
