"""Every page of the desk, found from its addresses, in every size and look."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser

from bot.app import make_app
from bot.console.routes import ROUTES
from bot.house import House
from bot.opening import opened
from dialogs.frozen import Frozen
from tests.browser.conftest import windows_at
from tests.browser.desks import Desk
from tests.browser.filled import SIGHTS, Filled, filled
from tests.browser.windows import DESKTOP, PHONE, SMALL, SPACED, Window
from tests.databases import Place, Supply
from tests.houses import StillClock, settings_of

# A part of a page is looked at in its page; what is no page is not looked at.
PARTS = ("/staff/fragments/", "/staff/ws")
NO_PAGE = (".svg", ".csv", ".pdf", ".json")
LEADS_ON = {"/staff", "/staff/find", "/staff/next"}
MEDIA: tuple[dict[str, Any], ...] = (
    {"color_scheme": "light", "forced_colors": "none"},
    {"color_scheme": "dark", "forced_colors": "none"},
    {"color_scheme": "light", "forced_colors": "active"},
)
# What has the focus, and whether it shows that: by a ring, and not only by another colour.
FOCUSED = """() => {
  const focused = document.activeElement;
  const { outlineStyle, outlineWidth } = getComputedStyle(focused);
  const hasRing = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
  return focused === document.body ? null : { html: focused.outerHTML, hasRing };
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
        focused = await page.evaluate(FOCUSED)
        if focused is None:
            break
        met.append(focused["html"])
        if not focused["hasRing"]:
            faults.append(f"no ring: {met[-1]}")
    return faults + list(await page.evaluate(MISSED, met))


class Shown(Frozen):
    """A house that is looked at, and what there is to see."""

    house: House
    home: str
    desk: Filled


@pytest.fixture(scope="module")
async def shown(supply: Supply, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Shown]:
    """A house with something on every page; filling it takes longer than looking at a page."""
    folder = tmp_path_factory.mktemp("shown")
    place = Place("sqlite", folder, *await supply.sqlite(folder))
    async with opened(settings_of(place), StillClock()) as house, TestServer(make_app(house)) as at:
        yield Shown(house, str(at.make_url("/")).rstrip("/"), await filled(house))


@pytest.fixture
async def window(browser: Browser, shown: Shown) -> AsyncIterator[Window]:
    """A window at that house."""
    async with windows_at(browser, shown.home, shown.house) as open_one:
        yield await open_one()


@pytest.mark.parametrize("name", SIGHTS)
async def test_a_page_of_the_desk(window: Window, shown: Shown, name: str) -> None:
    sight = SIGHTS[name]
    if sight.is_signed_in:
        await Desk.of(window, shown.house, shown.desk.member)
    await window.opens(sight.find(shown.desk))
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


async def test_a_fault_of_each_kind_is_seen(window: Window, shown: Shown) -> None:
    await Desk.of(window, shown.house, shown.desk.member)
    await window.opens("/staff/queue")
    assert await window.axe_faults() == []
    await window.wears(".badge { color: #aaa !important }")
    assert [each for each in await window.axe_faults() if each.startswith("axe, color-contrast")]
    assert await window.layout_faults() == []
    assert await keyboard_faults(window) == []
    await window.wears("#views a { min-block-size: 0 !important; outline: none !important }")
    assert [each for each in await window.layout_faults() if each.startswith("too small")]
    assert await keyboard_faults(window) != []
