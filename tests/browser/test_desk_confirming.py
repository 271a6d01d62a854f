"""A code is asked for in a real browser, with scripts and without; then the form goes on."""

from __future__ import annotations

import pyotp
import pytest
from playwright.async_api import expect

from bot.console.confirming import FRESH
from bot.house import House
from dialogs.frozen import replace
from storage.staff_values import StaffRole
from tests.browser.conftest import OpenWindow
from tests.browser.desks import Desk
from tests.browser.windows import DESKTOP
from tests.console.colleagues import hired, secret_of
from tests.houses import StillClock


@pytest.mark.parametrize("has_scripts", [True, False], ids=["scripts", "no-scripts"])
async def test_after_the_code_the_form_is_done_as_it_was_filled_in(
    open_window: OpenWindow, house: House, clock: StillClock, *, has_scripts: bool
) -> None:
    bas = await hired(house, "Bas", roles=set(StaffRole))
    window = await open_window(replace(DESKTOP, has_scripts=has_scripts))
    desk = await Desk.of(window, house, bas)
    clock.pass_by(FRESH)
    await desk.opens("/staff/people")
    page = desk.page
    await page.locator("#name").fill("Els & co")
    await page.locator("#email").fill("els@kantoor.example")
    await page.locator("#add").click()
    for code, then in (
        ("000000", "#refused"),
        (pyotp.TOTP(secret_of(bas)).at(clock.now()), "#link"),
    ):
        await expect(page.locator("#code")).to_be_focused()
        assert await window.layout_faults() == []
        await page.locator("#code").fill(code)
        await page.locator("#confirming button").click()
        await expect(page.locator(then)).to_be_visible()
    await expect(page.get_by_role("heading", name="Els & co")).to_be_visible()
    window.forgives("status of 403")
