"""The key of a letterbox is given on with a press, and its page can be read by everybody."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

from bot.house import House
from tests.browser.conftest import OpenWindow
from tests.browser.desks import Desk
from tests.browser.windows import DESKTOP, PHONE, SMALL, Look, Window
from tests.console.boxes import STORY, house
from tests.console.colleagues import PASSPHRASE, hired, referral_of
from tests.console.test_signing_in import code_of
from tests.houses import StillClock, Visitor

__all__ = ["house"]


async def signs_in(window: Window, house: House, clock: StillClock, name: str) -> Desk:
    member = await hired(house, name, "intake")
    await window.opens("/staff/sign-in")
    await window.page.locator("[name=email]").fill(member.email)
    await window.page.locator("[name=passphrase]").fill(PASSPHRASE)
    await window.page.locator("[name=code]").fill(code_of(member, clock))
    await window.page.locator("[name=code]").press("Enter")
    await expect(window.page).to_have_url(re.compile("/staff/queue"))
    return Desk(window, member)


@pytest.mark.parametrize("look", [DESKTOP, PHONE, SMALL], ids=str)
async def test_a_colleague_reads_after_a_press_what_was_shut_before(
    open_window: OpenWindow, house: House, clock: StillClock, look: Look
) -> None:
    noor = await signs_in(await open_window(look), house, clock, "Noor")
    els = await signs_in(await open_window(look), house, clock, "Els")
    visitor = Visitor(house)
    await visitor.sends_a_request()
    await visitor.says(STORY)
    await els.claims(await referral_of(house, visitor))
    shut = house.wording.staff("nl", "letterbox.shut", queue="Aanmeldpunt")
    await els.reads(shut)
    for desk in (noor, els):
        await desk.window.opens("/staff/me")
        await expect(desk.page.locator("#letterboxes")).to_be_visible()
        assert await desk.window.layout_faults() + await desk.window.axe_faults() == []
    await noor.page.locator("#letterboxes button").click()
    await expect(noor.page.locator("#letterboxes button")).to_have_count(0)
    await els.window.opens(f"/staff/r/{(await referral_of(house, visitor)).id}")
    await els.reads(STORY)
