"""The desk by single keys, for who likes them."""

from __future__ import annotations

from datetime import timedelta

from playwright.async_api import expect

from bot.house import House
from tests.browser.desks import Desk
from tests.console.colleagues import address, referral_of
from tests.houses import StillClock, Visitor


async def test_from_the_list_to_a_note_by_single_keys(
    desk: Desk, house: House, clock: StillClock
) -> None:
    first, then = Visitor(house), Visitor(house)
    await first.sends_a_request()
    clock.pass_by(timedelta(minutes=1))
    await then.sends_a_request()
    second = await referral_of(house, then)
    page, keyboard = desk.page, desk.page.keyboard
    await desk.opens()
    await keyboard.press("c")
    await expect(page.locator("#rows")).to_be_visible()
    link = page.locator(f"#row-{second.id} .person a")
    for key in ("j", "j", "k", "j", "j"):
        await keyboard.press(key)
    await expect(link).to_be_focused()
    await keyboard.press("c")
    # Whether one knows somebody in it is said by hand.
    await expect(page.locator("#claim")).to_be_visible()
    await desk.tabs_to(page.locator("#claim"))
    await keyboard.press("Enter")
    await expect(page).to_have_url(f"{desk.window.home}{address(second)}")
    await page.wait_for_load_state()
    await keyboard.press("n")
    await expect(desk.box).to_be_focused()
    await keyboard.type("cjkn? Liever niet bellen.")
    await keyboard.press("Control+Enter")
    await desk.reads("cjkn? Liever niet bellen.")
    await expect(page.locator(".bubble.note")).to_have_count(1)


async def test_one_key_gives_who_must_be_answered_first(desk: Desk, house: House) -> None:
    visitor = Visitor(house)
    await visitor.sends_a_request()
    await desk.opens()
    await desk.page.keyboard.press("g")
    first = await referral_of(house, visitor)
    await expect(desk.page).to_have_url(f"{desk.window.home}{address(first)}?led=yes#unclaimed")


async def test_the_question_mark_shows_the_keys_and_escape_ends_it(desk: Desk) -> None:
    await desk.opens()
    await desk.page.keyboard.press("?")
    await expect(desk.page.locator("#key-list")).to_be_visible()
    assert await desk.window.axe_faults() == []
    await desk.page.keyboard.press("Escape")
    await expect(desk.page.locator("#key-list")).to_be_hidden()


async def test_who_does_not_like_single_keys_has_none(desk: Desk) -> None:
    await desk.opens("/staff/me")
    await desk.page.locator('[name="keys"]').uncheck()
    await desk.page.locator("#scheme").select_option("dark")
    await desk.page.locator("#keep").click()
    await expect(desk.page.locator('[name="keys"]')).not_to_be_checked()
    await expect(desk.page.locator("html")).to_have_css("color-scheme", "dark")
    await expect(desk.page.locator("html")).to_have_css("background-color", "rgb(18, 24, 26)")
    await desk.page.keyboard.press("?")
    await expect(desk.page.locator("#key-list")).to_have_count(0)
