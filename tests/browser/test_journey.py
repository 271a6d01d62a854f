"""The whole way in a real browser: a person on a phone on one side, a colleague on the other.

With `PICTURES` naming a folder, the two pictures of the README are taken on the way.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pyotp
import pytest
from playwright.async_api import Page, expect

from bot.console.members import setup_link
from bot.house import House
from bot.terms import UNDO
from tests.browser.conftest import OpenWindow
from tests.browser.talks import Talk
from tests.browser.windows import DESKTOP, PHONE, Window
from tests.houses import StillClock
from tests.presses import INFORMED

PASSPHRASE = "vijf rustige woorden achter elkaar"
QUESTION = {
    "nl": "Kan er iemand met mij meekomen?",
    "en": "Can somebody come along with me?",
}
REPLY = {
    "nl": "Dat kan zeker. Wie wilt u meenemen?",
    "en": "Of course. Whom would you like to bring?",
}
TO_CONTACT = (
    "welcome.role:victim",
    "welcome.menu:request",
    *INFORMED,
    "consent.age:yes",
    "consent.data:yes",
    "consent.contact:yes",
    "intake.begin:go_on",
    "intake.way:phone",
)


async def set_up(window: Window, house: House) -> None:
    """Come by the printed link, and choose a passphrase and an authenticator app."""
    link = await setup_link(house)
    assert link is not None
    page = window.page
    await window.opens("/staff/setup/" + link.rpartition("/")[2])
    secret = re.sub(r"\s", "", await page.locator("#secret").inner_text())
    await page.fill("#name", "Els V.")
    await page.fill("#email", "els@kantoor.example")
    await page.fill("#passphrase", PASSPHRASE)
    await page.fill("#code", pyotp.TOTP(secret).at(house.clock.now()))
    await page.click("#set-up .primary")
    await expect(page.locator("#views")).to_be_visible()


async def keep_picture(page: Page, name: str) -> None:
    folder = os.environ.get("PICTURES")
    if folder:
        await page.screenshot(path=Path(folder) / name)


@pytest.mark.parametrize("language", ["nl", "en"])
async def test_from_the_first_screen_to_the_closed_case(
    open_window: OpenWindow, house: House, clock: StillClock, language: str
) -> None:
    desk = await open_window(DESKTOP)
    await set_up(desk, house)
    talk = Talk(await open_window(PHONE))
    await talk.opens()
    await talk.presses(f"welcome.language:{language}", *TO_CONTACT)
    await talk.says("06 12345678")
    await talk.presses(
        "intake.safe_to_call:yes", "intake.shared_phone:enough", "intake.review:send"
    )
    await talk.says(QUESTION[language])
    await talk.reads(QUESTION[language])

    page = desk.page
    await page.locator("form[action$='/claim'] button").click()
    await page.locator("#claim").click()
    await expect(page.get_by_text(QUESTION[language])).to_be_visible()
    await page.fill("#words", REPLY[language])
    await page.keyboard.press("Control+Enter")
    await expect(page.locator("#words")).to_have_value("")
    clock.pass_by(UNDO)
    await talk.page.reload()
    await talk.reads(REPLY[language])
    await expect(page.locator("#talk")).to_contain_text("opgehaald")
    pictures = {"chat.png": talk.page, "desk.png": page}
    for name, shown in pictures.items() if language == "nl" else ():
        await keep_picture(shown, name)

    await page.locator("a[href$='/close']").click()
    await page.locator("#outcome input").first.check()
    await page.locator("#do-close").click()
    await expect(page.locator("#composer")).to_have_count(0)
    await expect(talk.box).to_have_count(0)
