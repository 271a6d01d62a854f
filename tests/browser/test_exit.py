"""Leaving at once: elsewhere within a moment, nothing kept, and no way back to the words."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.browser.conftest import OpenWindow
from tests.browser.talks import Talk
from tests.browser.windows import DESKTOP, Look, Window

ELSEWHERE = "Zon en wolken."
WITHOUT_SCRIPTS = Look(1280, 800, has_scripts=False)
FAILING = "() => { navigator.sendBeacon = () => { throw new Error('blocked'); }; }"
PRIVATE = "Alleen voor u"


async def left(window: Window) -> None:
    """See that the browser is elsewhere, and that going back shows nothing of the conversation."""
    await expect(window.page.get_by_text(ELSEWHERE)).to_be_visible()
    assert await window.context.cookies(window.home) == []
    await window.page.go_back(wait_until="load")
    await expect(window.page.get_by_text(PRIVATE)).to_have_count(0)


@pytest.mark.parametrize("look", [DESKTOP, WITHOUT_SCRIPTS])
async def test_the_button_leads_away(open_window: OpenWindow, look: Look) -> None:
    talk = Talk(await open_window(look))
    await talk.sends_a_request()
    await talk.says(PRIVATE)
    await talk.reads(PRIVATE)
    await talk.page.locator("#exit button").click()
    await left(talk.window)


async def test_three_times_shift_leads_away_also_while_typing(window: Window) -> None:
    talk = Talk(window)
    await talk.sends_a_request()
    await talk.says(PRIVATE)
    await talk.reads(PRIVATE)
    await talk.box.focus()
    for _ in range(3):
        await window.page.keyboard.press("Shift")
    await left(window)


async def test_capitals_lead_nowhere(window: Window) -> None:
    talk = Talk(window)
    await talk.sends_a_request()
    for letter in "ABCD":
        await talk.box.press(f"Shift+{letter}")
    await expect(talk.box).to_have_value("ABCD")


async def test_the_conversation_takes_one_place_in_the_history(window: Window) -> None:
    await window.opens("/healthz")
    talk = Talk(window)
    await talk.sends_a_request()
    before = await window.page.evaluate("history.length")
    await window.page.locator("#exit button").click()
    await expect(window.page.get_by_text(ELSEWHERE)).to_be_visible()
    assert await window.page.evaluate("history.length") == before
    await window.page.go_back()
    assert window.page.url.endswith("/healthz")


async def test_leaving_works_when_nothing_can_be_sent(window: Window) -> None:
    talk = Talk(window)
    await talk.sends_a_request()
    await window.page.evaluate(FAILING)
    await window.page.locator("#exit button").click()
    await expect(window.page.get_by_text(ELSEWHERE)).to_be_visible()


async def test_a_copy_can_be_left_at_once_too(window: Window) -> None:
    talk = Talk(window)
    await talk.sends_a_request()
    await talk.says(PRIVATE)
    await talk.reads(PRIVATE)
    await talk.presses("everywhere.go:rights", "rights.overview:copy")
    await window.page.locator('a[href^="/copies/"]').click()
    await expect(window.page.get_by_text(PRIVATE)).to_be_visible()
    await window.page.locator("#exit button").click()
    await left(window)
