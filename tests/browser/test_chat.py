"""A conversation on the chat page, with a mouse, with keys only, and without scripts."""

from __future__ import annotations

import re

import pytest
from aiohttp import web
from playwright.async_api import expect

from bot.house import House
from bot.pages.sockets import SOCKETS, close_all
from dialogs.handoff import LONGEST_MESSAGE
from tests.browser.conftest import OpenWindow
from tests.browser.talks import Talk
from tests.browser.windows import DESKTOP, PHONE, Look, Window
from tests.web.colleagues import Colleague
from tests.web.visits import TO_A_REQUEST

MOST_TABS = 30
SEND_TWICE = """async ([first, second]) => {
  const words = document.getElementById("words");
  for (const each of [first, second]) {
    words.value = each;
    words.form.requestSubmit();
    await new Promise(requestAnimationFrame);
  }
}"""
WITHOUT_SCRIPTS = Look(390, 844, has_scripts=False)


@pytest.fixture
def talk(window: Window) -> Talk:
    return Talk(window)


@pytest.mark.parametrize("look", [DESKTOP, PHONE, WITHOUT_SCRIPTS])
async def test_a_whole_conversation(open_window: OpenWindow, house: House, look: Look) -> None:
    talk = Talk(await open_window(look))
    await talk.sends_a_request()
    await talk.says("Kan ik iemand meenemen?")
    await talk.reads("Kan ik iemand meenemen?")
    await expect(talk.box).to_have_value("")
    colleague = await Colleague.joins(house)
    await colleague.takes()
    await colleague.writes("Ja, dat kan.")
    if not look.has_scripts:
        await talk.box.fill("Half getypt")
        await talk.button("page:refresh").click()
        await expect(talk.box).to_have_value("Half getypt")
    await talk.reads("Ja, dat kan.")
    await talk.says("Dank u wel")
    await talk.reads("Dank u wel")
    await colleague.closes("Tot ziens.")
    if not look.has_scripts:
        await talk.opens()
    await talk.reads("Tot ziens.")
    # Who thinks of something soon after writes it in the same box.
    await talk.says("Nog één vraag")
    await talk.reads("Nog één vraag")


async def tabs_to(talk: Talk, data: str) -> None:
    for _ in range(MOST_TABS):
        await talk.page.keyboard.press("Tab")
        if await talk.page.evaluate("document.activeElement.value") == data:
            return
    pytest.fail(f"no key leads to {data}")


async def test_with_keys_only(talk: Talk) -> None:
    await talk.opens()
    for data in TO_A_REQUEST:
        await expect(talk.button(data)).to_be_visible()
        await tabs_to(talk, data)
        await talk.page.keyboard.press("Enter")
        await expect(talk.button(data)).to_have_count(0)
    await expect(talk.box).to_be_focused()
    await talk.page.keyboard.type("Een regel")
    await talk.page.keyboard.press("Shift+Enter")
    await talk.page.keyboard.type("en nog een")
    await talk.page.keyboard.press("Enter")
    await talk.reads("Een regel\nen nog een")
    await expect(talk.box).to_be_focused()


async def test_after_a_press_the_choices_come_first(talk: Talk) -> None:
    await talk.opens()
    await talk.presses("welcome.language:nl")
    await expect(talk.page.locator("#choices")).to_be_focused()
    await talk.page.keyboard.press("Tab")
    await expect(talk.button("welcome.role:victim")).to_be_focused()


async def test_words_of_a_colleague_do_not_disturb_half_typed_words(
    talk: Talk, house: House
) -> None:
    await talk.sends_a_request()
    colleague = await Colleague.joins(house)
    await talk.box.press_sequentially("Ik was net bezig")
    await talk.box.press("Home")
    await colleague.takes()
    await colleague.writes("Goedemorgen")
    await talk.reads("Goedemorgen")
    await expect(talk.box).to_be_focused()
    await expect(talk.box).to_have_value("Ik was net bezig")
    await talk.page.keyboard.type("> ")
    await expect(talk.box).to_have_value("> Ik was net bezig")


async def test_what_was_missed_is_fetched_after_a_restart(
    talk: Talk, house: House, app: web.Application
) -> None:
    await talk.sends_a_request()
    colleague = await Colleague.joins(house)
    await colleague.takes()
    await talk.reads("U schrijft met Testcollega Een van Perspectief Herstelbemiddeling.")
    assert len(app[SOCKETS]) == 1
    await close_all(app)
    await colleague.writes("Terwijl u weg was")
    await talk.reads("Terwijl u weg was")
    await expect(talk.page.locator(".connection")).to_be_empty()


async def test_words_that_could_not_be_sent_stay_in_the_box(talk: Talk) -> None:
    await talk.sends_a_request()
    await talk.window.context.set_offline(True)
    await talk.says("Niet kwijtraken")
    await expect(talk.page.locator("#problem .notice")).to_be_visible()
    await expect(talk.box).to_have_value("Niet kwijtraken")
    await talk.window.context.set_offline(False)
    await talk.page.locator("#composer .primary").click()
    await talk.reads("Niet kwijtraken")
    await expect(talk.page.locator("#problem .notice")).to_have_count(0)
    # The browser itself says that there was no network.
    assert talk.window.faults
    talk.window.faults.clear()


async def test_who_types_on_while_something_is_sent_loses_nothing(talk: Talk) -> None:
    await talk.sends_a_request()
    # As fast as a machine: the second is typed and sent before the first has arrived.
    await talk.page.evaluate(SEND_TWICE, ["Eerst dit", "En dan dat"])
    await talk.reads("Eerst dit")
    await expect(talk.box).to_have_value("En dan dat")
    await talk.page.locator("#composer .primary").click()
    await talk.reads("En dan dat")


async def test_words_that_are_too_long_come_back(talk: Talk) -> None:
    await talk.sends_a_request()
    words = "a " * LONGEST_MESSAGE
    await talk.says(words)
    await expect(talk.page.locator("#log .said")).to_have_count(0)
    await expect(talk.box).to_have_value(words)


async def test_words_are_never_more_than_words(talk: Talk) -> None:
    await talk.sends_a_request()
    words = "<img src=x onerror=alert(1)><script>alert(2)</script>"
    await talk.says(words)
    await talk.reads(words)
    await expect(talk.page.locator("#log img, #log script")).to_have_count(0)


async def test_another_language_changes_the_whole_page(talk: Talk) -> None:
    await talk.opens()
    await expect(talk.page.locator("html")).to_have_attribute("lang", "nl")
    await talk.button("welcome.language:en").click()
    await expect(talk.page.locator("html")).to_have_attribute("lang", "en")
    await expect(talk.button("welcome.role:victim")).to_be_visible()


# Where the first sign of a text is drawn, and where its last one is.
ENDS = """(link) => {
  const text = link.firstChild;
  const left = (at) => {
    const sign = new Range();
    sign.setStart(text, at);
    sign.setEnd(text, at + 1);
    return sign.getBoundingClientRect().left;
  };
  return [left(0), left(text.length - 1)];
}"""


async def test_a_number_is_read_from_the_left_also_in_arabic(talk: Talk) -> None:
    await talk.opens()
    await talk.presses("welcome.language:tr_ar_uk", "welcome.tr_ar_uk:ar", "everywhere.go:urgent")
    await expect(talk.page.locator("html")).to_have_attribute("dir", "rtl")
    numbers = talk.page.locator('.bubble a[href^="tel:"]')
    await expect(numbers.first).to_be_visible()
    for number in await numbers.all():
        first, last = await number.evaluate(ENDS)
        assert first < last, await number.inner_text()


async def test_erasing_leaves_nothing_in_the_browser(talk: Talk) -> None:
    await talk.sends_a_request()
    await talk.presses("everywhere.go:rights", "rights.overview:erase")
    await expect(talk.page.locator("#now .bubble").first).to_be_visible()
    await expect(talk.page.locator("#chat")).not_to_have_attribute("data-live", re.compile("."))
    # Nothing the page heard of in the meantime may draw it anew.
    await talk.page.wait_for_load_state("networkidle")
    await expect(talk.button("welcome.language:nl")).to_have_count(0)
    assert await talk.window.context.cookies() == []
    await talk.page.reload()
    await expect(talk.button("welcome.language:nl")).to_be_visible()


async def test_another_window_sees_that_everything_was_erased(talk: Talk) -> None:
    await talk.sends_a_request()
    other = await talk.window.context.new_page()
    await other.goto(f"{talk.window.home}/chat")
    await expect(other.locator("#words")).to_be_visible()
    await talk.presses("everywhere.go:rights", "rights.overview:erase")
    await expect(other.locator('button[value="welcome.language:nl"]')).to_be_visible()
