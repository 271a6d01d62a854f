"""A colleague at the desk, in a window of a real browser."""

from __future__ import annotations

from playwright.async_api import Locator, expect

from bot.house import House
from storage.referrals import Referral
from storage.staff_values import Member
from tests.browser.windows import Window
from tests.console.colleagues import address, session_of

TABS = 60


class Desk:
    """A desk in a window, with somebody signed in at it."""

    def __init__(self, window: Window, member: Member) -> None:
        self.window, self.page, self.member = window, window.page, member

    @classmethod
    async def of(cls, window: Window, house: House, member: Member) -> Desk:
        token = await session_of(house, member)
        await window.context.add_cookies([{"name": "sid", "value": token, "url": window.home}])
        return cls(window, member)

    @property
    def box(self) -> Locator:
        return self.page.locator("#words")

    async def opens(self, path: str = "/staff") -> None:
        await self.window.opens(path)

    async def claims(self, referral: Referral) -> None:
        """Pick a request up by its button in the list."""
        await self.opens()
        await self.page.locator(f"#row-{referral.id} button.claim").click()
        await self.page.locator("#claim").click()
        await expect(self.box).to_be_visible()
        await expect(self.page).to_have_url(f"{self.window.home}{address(referral)}")

    async def writes(self, words: str, kind: str = "answer") -> None:
        await self.page.locator(f'#composer [name="kind"][value="{kind}"]').check()
        await self.box.fill(words)
        await self.page.locator("#send").click()
        await expect(self.box).to_have_value("")

    async def shows(self, what: str) -> None:
        """Ask to see who somebody is or where they are reached, as somebody who has a reason."""
        part = self.page.locator(f"#{what}")
        await part.locator("summary").click()
        if what == "contact":
            await part.locator("[name=read]").check()
        await part.locator("select").select_option("safety")
        await part.locator("form button").click()
        await expect(part.locator("select")).to_have_count(0)

    async def reads(self, words: str) -> None:
        await expect(self.page.locator("#log").get_by_text(words, exact=True)).to_be_visible()

    async def tabs_to(self, target: Locator) -> None:
        """Reach something with the Tab key alone."""
        for _ in range(TABS):
            await self.page.keyboard.press("Tab")
            if await target.evaluate("(element) => element === document.activeElement"):
                return
        raise AssertionError("the Tab key does not lead there")
