"""What a person takes back leaves the screen of whoever looks at it, by itself."""

from __future__ import annotations

import pytest
from playwright.async_api import Route, expect

from bot.house import House
from dialogs.events import Chose
from storage.referrals import Referral
from tests.browser.desks import Desk
from tests.browser.windows import Window
from tests.console.colleagues import hired, referral_of, sends_a_phone_number
from tests.houses import Visitor

WORDS = "Half een zin"


@pytest.fixture
async def visitor(house: House) -> Visitor:
    """Somebody who may be called, and whose request waits."""
    visitor = Visitor(house)
    await sends_a_phone_number(visitor)
    return visitor


@pytest.fixture
async def referral(house: House, visitor: Visitor) -> Referral:
    """Their request."""
    return await referral_of(house, visitor)


@pytest.fixture
async def desk(window: Window, house: House, referral: Referral) -> Desk:
    """A desk where their number is on the screen."""
    desk = await Desk.of(window, house, await hired(house, "Noor"))
    await desk.claims(referral)
    await desk.shows("contact")
    await expect(desk.page.locator("#fact-phone")).to_be_visible()
    return desk


async def decides(visitor: Visitor, right: str) -> None:
    await visitor.does(Chose("everywhere.go", "rights"))
    if right != "erase":
        await visitor.does(Chose("rights.overview", "withdraw"))
    place = "rights.overview" if right == "erase" else "rights.withdraw"
    await visitor.does(Chose(place, right))


@pytest.mark.parametrize(("right", "left"), [("contact", 1), ("data", 0), ("erase", 0)])
async def test_a_number_leaves_the_screen_by_itself(
    desk: Desk, visitor: Visitor, right: str, left: int
) -> None:
    await decides(visitor, right)
    await expect(desk.page.locator("#fact-phone")).to_have_count(0)
    await expect(desk.page.locator("#composer")).to_have_count(left)
    await expect(desk.page.locator("#facts")).to_have_count(left)
    desk.window.forgives("status of 404", "response code: 404")


async def test_refused_words_stay_and_the_number_goes(desk: Desk, visitor: Visitor) -> None:
    stands_still = True

    async def on_the_way(route: Route) -> None:
        await (route.fulfill(status=204) if stands_still else route.fallback())

    await desk.page.route("**/staff/fragments/**", on_the_way)
    await desk.box.fill(WORDS)
    await decides(visitor, "data")
    await desk.page.locator("#send").click()
    await expect(desk.page.locator("#refused")).to_be_visible()
    # Not taken off the way: what is asked for at that moment would be answered twice.
    stands_still = False
    await expect(desk.page.locator("#facts")).to_have_count(0)
    await expect(desk.box).to_have_value(WORDS)
    await expect(desk.page.locator("#main")).to_have_count(1)
    desk.window.forgives("status of 409")
