"""The chat page in languages with letters of their own, one of them read from the right."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from bot.direction import direction_of
from tests.browser.conftest import OpenWindow
from tests.browser.talks import Talk
from tests.browser.windows import PHONE
from tests.web.visits import TO_A_REQUEST

AMONG = "tr_ar_uk"


@pytest.mark.parametrize("language", ["ar", "uk"])
async def test_the_way_to_a_request_on_a_phone(open_window: OpenWindow, language: str) -> None:
    talk = Talk(await open_window(PHONE))
    await talk.opens()
    await talk.presses(f"welcome.language:{AMONG}")
    assert await talk.window.layout_faults() == []
    await talk.presses(f"welcome.{AMONG}:{language}")
    # The page around the conversation is drawn anew, in the language that was chosen.
    root = talk.page.locator(f'html[lang="{language}"]')
    await expect(root).to_have_attribute("dir", direction_of(language))
    await talk.page.wait_for_load_state()
    for press in TO_A_REQUEST[1:]:
        assert await talk.window.layout_faults() == [], press
        assert await talk.window.axe_faults() == [], press
        await talk.presses(press)
    await talk.says("نعم 030 123 45 67 Ja")
    await talk.page.locator("#log .said").wait_for()
    assert await talk.window.layout_faults() == []
