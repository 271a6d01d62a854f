"""The desk tells that somebody waits, to who looks elsewhere, and never who it is."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator

import pytest
from playwright.async_api import expect

from bot.house import House
from storage import staff
from storage.staff_values import Member, Preferences
from tests.browser.desks import Desk
from tests.browser.windows import Window
from tests.console.colleagues import hired
from tests.houses import Visitor

# Listens along with the real ones: how many tones there were, and what notices said.
LISTEN = """
window.tones = 0;
window.notices = [];
const { start } = AudioScheduledSourceNode.prototype;
AudioScheduledSourceNode.prototype.start = function (...when) {
  window.tones += 1;
  document.body.dataset.tones = window.tones;
  return start.apply(this, when);
};
window.Notification = class extends Notification {
  constructor(title, options) {
    super(title, options);
    window.notices.push(`${title} ${options.body}`);
  }
};
// Every page that is driven from outside takes itself for the one that is looked at.
Document.prototype.hasFocus = () => false;
"""
SETTLED = """() => new Promise((settled) => document.addEventListener("htmx:after:settle",
  ({ target }) => target.id === "bar" && settled()))"""
# A page asks every half minute.
HALF_A_MINUTE_MS = 31_000


@pytest.fixture
async def noor(house: House) -> Member:
    """A colleague who likes to hear and to be shown that somebody waits."""
    member = await hired(house, "Noor")
    likes = Preferences(has_sound=True, has_popups=True)
    async with house.database.begin() as db:
        await staff.prefer(db, member.id, "nl", likes)
    return member


@pytest.fixture
async def desk(window: Window, house: House, noor: Member) -> Desk:
    """A desk whose time is the test's own."""
    await window.context.grant_permissions(["notifications"])
    await window.page.clock.install()
    await window.page.add_init_script(LISTEN)
    return await Desk.of(window, house, noor)


async def told(desk: Desk) -> tuple[int, list[str]]:
    """Count how often it was rung, and say what notices said."""
    tones, notices = await desk.page.evaluate("[window.tones, window.notices]")
    return tones // 2, notices


@pytest.fixture(autouse=True)
def clock_jumps(desk: Desk) -> Iterator[None]:
    """Let the page's clock jump also while it waits for an answer."""
    yield
    desk.window.forgives("htmx:error: timeout")


async def a_minute_passes(desk: Desk) -> None:
    """Let time pass for the page, each time until it has asked what is new."""
    for _ in range(2):
        async with asyncio.TaskGroup() as both:
            both.create_task(desk.page.evaluate(SETTLED))
            both.create_task(desk.page.clock.run_for(HALF_A_MINUTE_MS))


async def test_it_is_told_when_somebody_comes_and_every_minute_until_nobody_waits(
    desk: Desk, house: House
) -> None:
    page, tab = desk.page, desk.page.locator("link[rel=icon]")
    await desk.opens()
    await page.locator("h1").click()
    assert await told(desk) == (0, [])
    await Visitor(house).sends_a_request()
    await expect(page).to_have_title("(1) Wachtrijen · Werkplek")
    await expect(tab).to_have_attribute("href", re.compile("icon-waits"))
    notice = "Wachtrijen · Werkplek Er wacht iemand op antwoord."
    assert await told(desk) == (1, [notice])
    await a_minute_passes(desk)
    assert await told(desk) == (2, [notice] * 2)
    await page.locator("button.claim").click()
    await page.locator("#claim").click()
    await expect(desk.box).to_be_visible()
    await page.locator("h1").click()
    await a_minute_passes(desk)
    await expect(tab).not_to_have_attribute("href", re.compile("icon-waits"))
    assert await told(desk) == (0, [])


async def test_who_likes_neither_is_told_by_the_tab_alone(
    desk: Desk, house: House, noor: Member
) -> None:
    async with house.database.begin() as db:
        await staff.prefer(db, noor.id, "nl", Preferences())
    await desk.opens()
    await desk.page.locator("h1").click()
    await Visitor(house).sends_a_request()
    await expect(desk.page).to_have_title("(1) Wachtrijen · Werkplek")
    await a_minute_passes(desk)
    assert await told(desk) == (0, [])


async def test_only_one_of_two_tabs_tells(desk: Desk, house: House) -> None:
    await desk.opens()
    other = Desk(desk.window, desk.member)
    other.page = await desk.window.context.new_page()
    await other.page.add_init_script(LISTEN)
    await other.page.goto(desk.page.url)
    await other.page.locator("h1").click()
    await desk.page.locator("h1").click()
    await Visitor(house).sends_a_request()
    for each in (other, desk):
        await expect(each.page).to_have_title("(1) Wachtrijen · Werkplek")
    assert [(await told(each))[0] for each in (desk, other)] == [1, 0]


async def test_the_tone_can_be_tried(desk: Desk) -> None:
    await desk.opens("/staff/me")
    await desk.page.locator("#test-sound").click()
    await expect(desk.page.locator("body")).to_have_attribute("data-tones", "2")
