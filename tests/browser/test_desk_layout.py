"""What moves at the desk, and what people type, in every size: nothing cut off or too small."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from bot.house import House
from tests.browser.conftest import OpenWindow
from tests.browser.desks import Desk
from tests.browser.windows import LOOKS, PHONE, SMALL, SPACED, Look
from tests.console.colleagues import hired, referral_of, sends_a_phone_number
from tests.houses import Visitor

# Where somebody typed them, or wants wider distances on a small screen, words may break.
BROKEN_WORD = "a word is broken"
LONG_WORDS = "Hottentottententententoonstellingen " * 3 + "https://example.org/" + "a" * 80


async def faults_of(desk: Desk, *allowed: str) -> list[str]:
    """Look at the page; what is written in a box is laid out by the browser itself."""
    faults = await desk.window.layout_faults()
    return [each for each in faults if "<textarea" not in each and not each.startswith(allowed)]


async def working(desk: Desk, house: House) -> None:
    """Fill the desk with some work."""
    for _ in range(2):
        await Visitor(house).sends_a_request()
    visitor = Visitor(house)
    await sends_a_phone_number(visitor)
    referral = await referral_of(house, visitor)
    await desk.claims(referral)
    await visitor.says("Is er iemand?")
    await desk.reads("Is er iemand?")
    await desk.writes("Dag, ik lees met u mee.\n\nWaar wilt u beginnen?")
    await desk.writes("Liever niet bellen.", kind="note")


@pytest.mark.parametrize("look", LOOKS, ids=str)
async def test_what_opens_over_the_page_fits(
    open_window: OpenWindow, house: House, look: Look
) -> None:
    desk = await Desk.of(await open_window(look), house, await hired(house, "Noor"))
    await desk.opens()
    await desk.page.locator(".me summary").click()
    # It covers a part of the page.
    assert await faults_of(desk, "texts lie over") == []


@pytest.mark.parametrize("look", [PHONE, SMALL], ids=str)
async def test_what_folds_away_on_a_phone_fits_when_opened(
    open_window: OpenWindow, house: House, look: Look
) -> None:
    desk = await Desk.of(await open_window(look), house, await hired(house, "Noor"))
    await working(desk, house)
    await expect(desk.page.locator("#reach")).to_be_hidden()
    await desk.page.locator("#facts > summary").click()
    await desk.page.locator("#contact summary").click()
    await desk.page.locator("#answers > summary").click()
    assert await faults_of(desk, BROKEN_WORD) == []


@pytest.mark.parametrize("look", LOOKS[::2], ids=str)
async def test_long_words_fit_with_wide_distances_too(
    open_window: OpenWindow, house: House, look: Look
) -> None:
    desk = await Desk.of(await open_window(look), house, await hired(house, "Noor"))
    await working(desk, house)
    await desk.writes(LONG_WORDS)
    assert await faults_of(desk, BROKEN_WORD) == []
    await desk.window.wears(SPACED)
    assert await faults_of(desk, BROKEN_WORD) == []
