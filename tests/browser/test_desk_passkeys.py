"""A colleague makes a passkey and signs in with it, in a browser that has a device at hand."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from bot.console.confirming import FRESH
from bot.house import House
from storage.staff_values import Member, StaffRole
from tests.browser.conftest import OpenWindow
from tests.browser.desks import Desk
from tests.browser.windows import Window
from tests.console.colleagues import hired
from tests.houses import StillClock

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
async def window(open_window: OpenWindow) -> Window:
    """A window with a device, at an address that has a name: browsers make no passkey without."""
    window = await open_window()
    window.home = window.home.replace("127.0.0.1", "localhost")
    session = await window.context.new_cdp_session(window.page)
    await session.send("WebAuthn.enable")
    await session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    return window


async def test_a_passkey_is_made_used_and_taken_away(
    window: Window, house: House, noor: Member
) -> None:
    desk, page = await Desk.of(window, house, noor), window.page
    await desk.opens("/staff/me")
    await expect(page.locator("#no-passkeys")).to_be_hidden()
    await page.locator("#passkey-name").fill("Telefoon")
    await page.locator("#passkeys [data-passkey] button").click()
    mine = page.locator("#passkeys").get_by_text("Telefoon", exact=True)
    await expect(mine).to_be_visible()
    await page.locator(".me summary").click()
    await page.locator("#sign-out").click()

    await window.opens("/staff/queue?view=mine")
    await page.locator("#sign-in-passkey button").click()
    await expect(page).to_have_url(f"{window.home}/staff/queue?view=mine")
    await desk.opens("/staff/me")
    await page.locator("#passkeys form:not([data-passkey]) button").click()
    await expect(mine).to_have_count(0)


async def test_a_passkey_answers_where_a_code_is_asked_for_once_more(
    window: Window, house: House, clock: StillClock
) -> None:
    bas, page = await hired(house, "Bas", roles=set(StaffRole)), window.page
    desk = await Desk.of(window, house, bas)
    await desk.opens("/staff/me")
    await page.locator("#passkey-name").fill("Laptop")
    await page.locator("#passkeys [data-passkey] button").click()
    await expect(page.locator("#passkeys").get_by_text("Laptop", exact=True)).to_be_visible()
    clock.pass_by(FRESH)
    await desk.opens("/staff/people")
    await page.locator("#name").fill("Els & co")
    await page.locator("#email").fill("els@kantoor.example")
    await page.locator("#add").click()
    await expect(page.locator("#code")).to_be_focused()
    assert await window.layout_faults() == []
    await page.locator("#confirming-passkey button").click()
    await expect(page.locator("#link")).to_be_visible()
    await expect(page.get_by_role("heading", name="Els & co")).to_be_visible()
    window.forgives("status of 403")


async def test_at_an_address_of_numbers_nothing_is_offered_that_does_not_work(
    open_window: OpenWindow, house: House, noor: Member
) -> None:
    window = await open_window()
    await window.opens("/staff/sign-in")
    await expect(window.page.locator("#sign-in-passkey")).to_have_count(0)
    desk = await Desk.of(window, house, noor)
    await desk.opens("/staff/me")
    await expect(window.page.locator("#no-passkeys")).to_be_visible()
    await expect(window.page.locator("#passkey-name")).to_have_count(0)
