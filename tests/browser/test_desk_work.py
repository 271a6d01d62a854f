"""A colleague's work from signing in to closing, with a mouse, with a keyboard, without scripts."""

from __future__ import annotations

import pyotp
import pytest
from playwright.async_api import expect

from bot.console.members import setup_link
from bot.house import House
from dialogs.values import Handoff
from storage.staff_values import Member
from tests.browser.conftest import OpenWindow
from tests.browser.desks import Desk
from tests.browser.windows import DESKTOP, PHONE, Look, Window
from tests.console.colleagues import (
    PASSPHRASE,
    address,
    hired,
    referral_of,
    secret_of,
    sends_a_phone_number,
)
from tests.houses import StillClock, Visitor

HELLO, NOTE, LAST = "Dag, ik lees met u mee.", "Liever niet bellen.", "Dank voor het gesprek."


async def test_signing_in_leads_to_where_one_was_going(
    window: Window, noor: Member, clock: StillClock
) -> None:
    await window.opens("/staff/queue?view=mine")
    await expect(window.page.locator("#email")).to_be_focused()
    await window.page.keyboard.type(noor.email)
    await window.page.keyboard.press("Tab")
    await window.page.keyboard.type(PASSPHRASE)
    await window.page.keyboard.press("Tab")
    await window.page.keyboard.type(pyotp.TOTP(secret_of(noor)).at(clock.now()))
    await window.page.keyboard.press("Enter")
    await expect(window.page).to_have_url(f"{window.home}/staff/queue?view=mine")
    await window.page.locator(".me summary").click()
    await window.page.locator("#sign-out").click()
    await expect(window.page.locator("#sign-in")).to_be_visible()


async def test_the_first_colleague_sets_up_an_account(
    window: Window, house: House, clock: StillClock
) -> None:
    link = await setup_link(house)
    assert link is not None
    await window.opens(link[link.index("/staff/setup/") :])
    page = window.page
    secret = await page.locator("#secret").inner_text()
    await expect(page.locator("img")).to_have_js_property("complete", value=True)
    await page.locator("#name").fill("Noor")
    await page.locator("#email").fill("noor@kantoor.example")
    await page.locator("#passphrase").fill(await page.locator("#suggestion").inner_text())
    await page.locator("#code").fill(pyotp.TOTP(secret.replace(" ", "")).at(clock.now()))
    await page.locator("#set-up button").click()
    await expect(page.locator("#queue")).to_be_visible()


@pytest.mark.parametrize(
    "look", [DESKTOP, PHONE, Look(1280, 800, has_scripts=False)], ids=["desk", "phone", "bare"]
)
async def test_from_the_list_to_the_last_words(
    open_window: OpenWindow, house: House, noor: Member, visitor: Visitor, look: Look
) -> None:
    desk = await Desk.of(await open_window(look), house, noor)
    referral = await referral_of(house, visitor)
    await desk.claims(referral)
    await desk.writes(HELLO)
    await desk.reads(HELLO)
    await desk.writes(NOTE, kind="note")
    await desk.reads(NOTE)
    await desk.page.locator("#close").click()
    await desk.box.fill(LAST)
    await desk.page.locator("#outcome input").first.check()
    await desk.page.locator("#do-close").click()
    await expect(desk.page.locator("#ended")).to_be_visible()
    await desk.reads(LAST)
    assert (await visitor.presses("everywhere.go:menu")).session.handoff is Handoff.CLOSED


async def test_the_whole_way_with_the_keyboard_alone(
    desk: Desk, house: House, visitor: Visitor
) -> None:
    page, keyboard = desk.page, desk.page.keyboard
    referral = await referral_of(house, visitor)
    await desk.opens()
    for button in (f"#row-{referral.id} button.claim", "#claim"):
        await desk.tabs_to(page.locator(button))
        await keyboard.press("Enter")
    await expect(desk.box).to_be_visible()
    await desk.tabs_to(desk.box)
    await keyboard.type(HELLO)
    await keyboard.press("Control+Enter")
    await desk.reads(HELLO)
    await expect(desk.box).to_have_value("")
    await expect(desk.box).to_be_focused()
    await keyboard.press("Shift+Tab")
    await keyboard.press("ArrowRight")
    await keyboard.press("Tab")
    await keyboard.type(NOTE)
    await keyboard.press("Control+Enter")
    await desk.reads(NOTE)
    await expect(page.locator(".entry.note")).to_have_count(1)
    await desk.opens(address(referral))
    await desk.tabs_to(page.locator("#close"))
    await keyboard.press("Enter")
    await expect(page.locator("#do-close")).to_be_visible()
    await desk.tabs_to(page.locator("#outcome input").first)
    await keyboard.press("Space")
    await desk.tabs_to(page.locator("#do-close"))
    await keyboard.press("Enter")
    await expect(page.locator("#ended")).to_be_visible()


async def test_of_two_who_press_the_slower_is_told_by_whom(
    open_window: OpenWindow, house: House, noor: Member, visitor: Visitor
) -> None:
    referral = await referral_of(house, visitor)
    first = await Desk.of(await open_window(), house, noor)
    second = await Desk.of(await open_window(), house, await hired(house, "Els"))
    await second.opens()
    button = second.page.locator(f"#row-{referral.id} button.claim")
    await expect(button).to_be_visible()
    # The second window's list stands still, as it may for a moment on a slow line.
    await second.page.route("**/staff/fragments/**", lambda route: route.fulfill(status=204))
    await first.claims(referral)
    await button.click()
    notice = second.page.locator("#notice")
    await expect(notice).to_contain_text("Noor")
    await expect(second.page.locator(f"#row-{referral.id}")).to_have_count(0)
    second.window.forgives("status of 409")


async def test_a_new_request_appears_by_itself(desk: Desk, house: House) -> None:
    await desk.opens()
    await expect(desk.page.locator("#empty")).to_be_visible()
    visitor = Visitor(house)
    await visitor.sends_a_request()
    referral = await referral_of(house, visitor)
    await expect(desk.page.locator(f"#row-{referral.id}")).to_be_visible()
    await expect(desk.page.locator("#bar-waiting .count")).to_be_visible()
    assert (await desk.page.title()).startswith("(1) ")


async def test_what_is_being_typed_outlives_what_comes_in(
    desk: Desk, house: House, visitor: Visitor
) -> None:
    await desk.claims(await referral_of(house, visitor))
    await desk.box.fill("Half een zin")
    await visitor.says("Bent u er nog?")
    await desk.reads("Bent u er nog?")
    await expect(desk.box).to_have_value("Half een zin")
    await expect(desk.box).to_be_focused()
    # It was shown, so it need not be asked about.
    await desk.page.locator("#send").click()
    await desk.reads("Half een zin")


async def test_words_over_something_unseen_are_asked_about_and_kept(
    desk: Desk, house: House, visitor: Visitor
) -> None:
    # From the start, so that nothing that was asked for before comes in late.
    await desk.page.route("**/staff/fragments/**", lambda route: route.fulfill(status=204))
    await desk.claims(await referral_of(house, visitor))
    await visitor.says("Wacht even.")
    await desk.box.fill(HELLO)
    await desk.page.locator("#send").click()
    await expect(desk.page.locator("#refused")).to_be_visible()
    await desk.reads("Wacht even.")
    await expect(desk.box).to_have_value(HELLO)
    await desk.page.locator("#send-anyway").click()
    await desk.reads(HELLO)
    desk.window.forgives("status of 409")


async def test_what_is_typed_is_kept_by_itself_and_what_is_sent_can_be_taken_back(
    desk: Desk, house: House, visitor: Visitor
) -> None:
    await desk.claims(await referral_of(house, visitor))
    await desk.box.press_sequentially(HELLO)
    await expect(desk.page.locator("#draft")).not_to_be_empty()
    await desk.page.reload()
    await expect(desk.box).to_have_value(HELLO)
    await desk.page.locator("#send").click()
    await desk.reads(HELLO)
    await expect(desk.box).to_have_value("")
    await desk.page.locator(".undo button").click()
    await expect(desk.box).to_have_value(HELLO)
    await expect(desk.box).to_be_focused()
    await expect(desk.page.locator(".entry.staff")).to_have_count(0)


async def test_without_a_connection_the_text_stays(
    desk: Desk, house: House, visitor: Visitor
) -> None:
    await desk.claims(await referral_of(house, visitor))
    await desk.box.fill(HELLO)
    await desk.page.route("**/write", lambda route: route.abort())
    await desk.page.locator("#send").click()
    await expect(desk.page.locator("#problem .notice")).to_be_visible()
    await expect(desk.box).to_have_value(HELLO)
    await desk.page.unroute("**/write")
    await desk.page.locator("#send").click()
    await desk.reads(HELLO)
    await expect(desk.page.locator(".entry.staff")).to_have_count(1)
    desk.window.forgives("ERR_FAILED", "Failed to fetch")


async def test_markup_in_words_is_words(desk: Desk, house: House, visitor: Visitor) -> None:
    nasty = "<img src=x onerror=alert(1)><script>alert(2)</script>{{ 7 * 7 }}"
    await desk.claims(await referral_of(house, visitor))
    await visitor.says(nasty)
    await desk.reads(nasty)
    await desk.writes(nasty)
    await expect(desk.page.get_by_text(nasty, exact=True)).to_have_count(2)


async def test_who_signs_out_elsewhere_leaves_nothing_on_the_screen(
    open_window: OpenWindow, house: House, noor: Member, visitor: Visitor
) -> None:
    here, there = [await Desk.of(await open_window(), house, noor) for _ in range(2)]
    await there.claims(await referral_of(house, visitor))
    await here.opens("/staff/me")
    await here.page.locator("#everywhere").click()
    await expect(there.page.locator("#sign-in")).to_be_visible()
    await expect(there.page.locator("#log")).to_have_count(0)


async def test_a_number_is_seen_only_when_it_is_asked_for(desk: Desk, house: House) -> None:
    visitor = Visitor(house)
    await sends_a_phone_number(visitor)
    await desk.claims(await referral_of(house, visitor))
    await expect(desk.page.locator("#fact-safe_to_call")).to_be_visible()
    number = desk.page.locator("#fact-phone").get_by_text("12345678")
    await expect(number).to_have_count(0)
    await desk.shows("contact")
    await expect(number).to_be_visible()


async def test_words_stay_to_be_copied_when_the_person_stops(
    desk: Desk, house: House, visitor: Visitor
) -> None:
    await desk.claims(await referral_of(house, visitor))
    await desk.box.fill(HELLO)
    await visitor.presses("everywhere.go:stop")
    await expect(desk.page.locator("#ended")).to_be_visible()
    await expect(desk.page.locator("#send")).to_be_hidden()
    await expect(desk.box).to_have_value(HELLO)
