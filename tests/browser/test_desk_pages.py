"""Every page of the desk, found from its addresses, in every size and look."""

from __future__ import annotations

from typing import Any

import pytest

from bot.console.routes import ROUTES
from bot.house import House
from tests.browser.conftest import OpenWindow
from tests.browser.desks import Desk
from tests.browser.filled import SIGHTS, filled
from tests.browser.windows import DESKTOP, PHONE, SMALL, SPACED, Window

# A part of a page is looked at in its page; what is no page is not looked at.
PARTS = ("/staff/fragments/", "/staff/ws")
NO_PAGE = (".svg", ".csv", ".pdf", ".json")
LEADS_ON = {"/staff", "/staff/find", "/staff/next"}
MEDIA: tuple[dict[str, Any], ...] = (
    {"color_scheme": "light", "forced_colors": "none"},
    {"color_scheme": "dark", "forced_colors": "none"},
    {"color_scheme": "light", "forced_colors": "active"},
)
# Whether what has the focus shows it: by a ring, and not only by another colour.
HAS_RING = """() => {
  const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
  return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
}"""
# What can be used and was never reached; of a group of radio buttons one is.
MISSED = """(met) => {
  const all = "a[href], button, input:not([type=hidden], [type=radio]), select, textarea, summary";
  return [...document.querySelectorAll(all)]
    .filter((each) => each.checkVisibility() && !each.disabled && !met.includes(each.outerHTML))
    .map((each) => `not reached: ${each.outerHTML}`);
}"""
MOST_STOPS = 300
# With wide distances on a small screen words may break.
BROKEN_WORD = "a word is broken"


def test_every_page_of_the_desk_is_looked_at() -> None:
    pages = {
        route.path
        for route in ROUTES
        if route.method == "GET"
        and not route.path.startswith(PARTS)
        and not route.path.endswith(NO_PAGE)
    }
    assert {sight.path for sight in SIGHTS.values()} == pages - LEADS_ON


async def faults_of(window: Window, *allowed: str) -> list[str]:
    """Look at the page in every size; what is written in a box is laid out by the browser."""
    faults = []
    for look in (DESKTOP, PHONE, SMALL):
        await window.page.set_viewport_size({"width": look.width, "height": look.height})
        seen = await window.layout_faults() + await window.axe_faults()
        faults += [f"{look.width}px {each}" for each in seen if not each.startswith(allowed)]
    return [each for each in faults if "<textarea" not in each]


async def keyboard_faults(window: Window) -> list[str]:
    """Go through the page with the Tab key alone; everything has its turn, and is seen to."""
    page = window.page
    await page.evaluate("document.body.tabIndex = -1; document.body.focus()")
    faults, met = [], []
    for _ in range(MOST_STOPS):
        await page.keyboard.press("Tab")
        if await page.evaluate("document.activeElement === document.body"):
            break
        met.append(await page.evaluate("document.activeElement.outerHTML"))
        if not await page.evaluate(HAS_RING):
            faults.append(f"no ring: {met[-1]}")
    return faults + list(await page.evaluate(MISSED, met))


@pytest.mark.parametrize("name", SIGHTS)
async def test_a_page_of_the_desk(open_window: OpenWindow, house: House, name: str) -> None:
    sight, window, filled_desk = SIGHTS[name], await open_window(), await filled(house)
    if sight.is_signed_in:
        await Desk.of(window, house, filled_desk.member)
    await window.opens(sight.find(filled_desk))
    window.forgives("404")
    assert await keyboard_faults(window) == []
    for media in MEDIA:
        await window.page.emulate_media(**media)
        assert await faults_of(window) == [], media
    await window.page.emulate_media(**MEDIA[0])
    await window.wears(SPACED)
    for side in ("ltr", "rtl"):
        await window.page.evaluate("(side) => { document.documentElement.dir = side }", side)
        assert await faults_of(window, BROKEN_WORD) == [], side


async def test_a_fault_of_each_kind_is_seen(open_window: OpenWindow, house: House) -> None:
    window = await open_window()
    await Desk.of(window, house, (await filled(house)).member)
    await window.opens("/staff/queue")
    assert await window.axe_faults() == []
    await window.wears(".badge { color: #aaa !important }")
    assert [each for each in await window.axe_faults() if each.startswith("axe, color-contrast")]
    assert await window.layout_faults() == []
    assert await keyboard_faults(window) == []
    await window.wears("#views a { min-block-size: 0 !important; outline: none !important }")
    assert [each for each in await window.layout_faults() if each.startswith("too small")]
    assert await keyboard_faults(window) != []
