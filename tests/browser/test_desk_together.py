"""Colleagues at once: who looks along, what goes over and back, and lines that fail for a while."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from aiohttp.test_utils import TestServer, unused_port
from playwright.async_api import expect

from bot.app import make_app
from bot.house import House
from storage.staff_values import Member
from tests.browser.conftest import OpenWindow
from tests.browser.desks import Desk
from tests.console.colleagues import address, hired, referral_of
from tests.houses import Visitor

TABS = 10


class Front:
    """The house behind one address, which can be shut and opened again as after a restart."""

    def __init__(self, house: House) -> None:
        self.house, self.port = house, unused_port()
        self.server: TestServer | None = None

    async def opens(self) -> None:
        self.server = TestServer(make_app(self.house), port=self.port)
        await self.server.start_server()

    async def shuts(self) -> None:
        if self.server is not None:
            await self.server.close()
            self.server = None


@pytest.fixture
async def front(house: House) -> AsyncIterator[Front]:
    """The front of the house, open."""
    front = Front(house)
    await front.opens()
    yield front
    await front.shuts()


@pytest.fixture
def home(front: Front) -> str:
    """The address of the house, the same after a restart."""
    return f"http://127.0.0.1:{front.port}"


async def desk_of(open_window: OpenWindow, house: House, member: Member) -> Desk:
    return await Desk.of(await open_window(), house, member)


async def test_who_looks_along_is_seen_on_the_page_and_in_the_list(
    open_window: OpenWindow, house: House, noor: Member, visitor: Visitor
) -> None:
    referral = await referral_of(house, visitor)
    first = await desk_of(open_window, house, noor)
    second = await desk_of(open_window, house, await hired(house, "Els"))
    third = await desk_of(open_window, house, await hired(house, "Bas"))
    await first.claims(referral)
    await third.opens("/staff/queue?view=all")
    await second.opens(address(referral))
    await expect(first.page.locator("#others")).to_contain_text("Els")
    await expect(second.page.locator("#others")).to_contain_text("Noor")
    await expect(third.page.locator(f"#row-{referral.id}")).to_contain_text("Els")
    await second.opens("/staff/queue")
    await expect(first.page.locator("#others")).to_have_count(0)


async def test_who_is_asked_to_take_over_and_says_no_is_heard(
    open_window: OpenWindow, house: House, noor: Member, visitor: Visitor
) -> None:
    referral = await referral_of(house, visitor)
    first = await desk_of(open_window, house, noor)
    els = await hired(house, "Els")
    second = await desk_of(open_window, house, els)
    await first.claims(referral)
    await first.page.locator("#transfer").click()
    await first.page.locator("#to").select_option(f"colleague:{els.id}")
    await first.page.locator("#words").fill("Ik ben er morgen niet.")
    await first.page.locator("#do-transfer").click()
    await expect(first.page.locator("#offered")).to_contain_text("Els")
    await second.opens(address(referral))
    await second.page.locator("#declining > summary").click()
    await second.page.locator("#reason").fill("Ik ook niet.")
    await second.page.locator("#decline").click()
    await expect(first.page.locator("#came-back")).to_be_visible()
    await first.reads("Ik ook niet.")
    await first.writes("Dag, ik ben er weer.")
    await first.reads("Dag, ik ben er weer.")


async def test_a_restart_under_an_open_page_loses_nothing(
    open_window: OpenWindow, house: House, noor: Member, visitor: Visitor, front: Front
) -> None:
    desk = await desk_of(open_window, house, noor)
    await desk.claims(await referral_of(house, visitor))
    await desk.box.fill("Half een zin")
    await front.shuts()
    await expect(desk.page.locator(".connection")).not_to_be_empty()
    await visitor.says("Bent u er nog?")
    await front.opens()
    await desk.reads("Bent u er nog?")
    await expect(desk.page.locator(".connection")).to_be_empty()
    await expect(desk.box).to_have_value("Half een zin")
    desk.window.forgives("ERR_CONNECTION_REFUSED", "WebSocket connection", "Failed to fetch")


async def test_a_line_that_was_cut_misses_nothing(
    open_window: OpenWindow, house: House, noor: Member, visitor: Visitor
) -> None:
    desk = await desk_of(open_window, house, noor)
    await desk.claims(await referral_of(house, visitor))
    await desk.window.context.set_offline(True)
    await visitor.says("Hoort u mij?")
    await visitor.says("Ik wacht even.")
    await desk.window.context.set_offline(False)
    await desk.reads("Hoort u mij?")
    await desk.reads("Ik wacht even.")
    desk.window.forgives("ERR_INTERNET_DISCONNECTED", "WebSocket connection", "Failed to fetch")


async def test_ten_tabs_are_all_told(open_window: OpenWindow, house: House, noor: Member) -> None:
    desk = await desk_of(open_window, house, noor)
    await desk.opens()
    others = [await desk.window.context.new_page() for _ in range(TABS - 1)]
    for page in others:
        await page.goto(f"{desk.window.home}/staff/queue")
    visitor = Visitor(house)
    await visitor.sends_a_request()
    row = f"#row-{(await referral_of(house, visitor)).id}"
    for page in (desk.page, *others):
        await expect(page.locator(row)).to_be_visible()
