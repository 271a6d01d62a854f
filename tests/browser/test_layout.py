"""What a person would call broken: texts over each other, cut off, or too small to touch."""

from __future__ import annotations

import pytest

from bot.house import House
from tests.browser.conftest import OpenWindow
from tests.browser.talks import Talk
from tests.browser.windows import LOOKS, PHONE, SMALL, SPACED, Look, Window
from tests.web.colleagues import Colleague
from tests.web.visits import TO_A_CONSENT, TO_A_REQUEST

LONG_WORDS = "Hottentottententententoonstellingen " * 3 + "https://example.org/" + "a" * 80
ASIDES = ("urgent.lines", "handoff.human", "rights.overview")
BROKEN = (
    "#now .bubble { inline-size: 60px }",
    "#now .bubble { inline-size: 60px; overflow-wrap: normal }",
    "#choices button { min-block-size: 0; padding: 0 }",
    "#now .bubble { margin-block-end: -40px }",
    ".topbar { inline-size: 2000px }",
)


@pytest.mark.parametrize("look", LOOKS, ids=str)
async def test_every_screen_on_the_way_to_a_request(open_window: OpenWindow, look: Look) -> None:
    talk = Talk(await open_window(look))
    await talk.opens()
    assert await talk.window.layout_faults() == []
    for press in TO_A_REQUEST:
        await talk.presses(press)
        assert await talk.window.layout_faults() == [], press


@pytest.mark.parametrize("look", LOOKS, ids=str)
async def test_what_is_always_possible_and_words_both_ways(
    open_window: OpenWindow, house: House, look: Look
) -> None:
    talk = Talk(await open_window(look))
    await talk.sends_a_request()
    colleague = await Colleague.joins(house)
    await colleague.takes()
    await colleague.writes("Goedemiddag, wat fijn dat u schrijft.\n\n- een\n- twee")
    await talk.says("Ja")
    await talk.reads("Ja")
    assert await talk.window.layout_faults() == []
    for aside in ASIDES:
        option = {"urgent": "urgent", "handoff": "human", "rights": "rights"}
        await talk.presses(f"everywhere.go:{option[aside.partition('.')[0]]}")
        await talk.button(f"{aside}:back").wait_for()
        assert await talk.window.layout_faults() == [], aside


@pytest.mark.parametrize("look", [PHONE, SMALL], ids=str)
async def test_the_longest_words_fit(open_window: OpenWindow, look: Look) -> None:
    talk = Talk(await open_window(look))
    await talk.sends_a_request()
    await talk.says(LONG_WORDS)
    await talk.page.locator("#log .said").wait_for()
    faults = await talk.window.layout_faults()
    assert [fault for fault in faults if not fault.startswith("a word is broken")] == []


@pytest.mark.parametrize("look", [PHONE, SMALL], ids=str)
async def test_with_wider_distances(open_window: OpenWindow, look: Look) -> None:
    talk = Talk(await open_window(look))
    await talk.opens()
    await talk.presses(*TO_A_CONSENT)
    await talk.window.wears(SPACED)
    faults = await talk.window.layout_faults()
    assert [fault for fault in faults if not fault.startswith("a word is broken")] == []


@pytest.mark.parametrize("look", LOOKS[::2], ids=str)
async def test_read_from_the_other_side(open_window: OpenWindow, look: Look) -> None:
    talk = Talk(await open_window(look))
    await talk.opens()
    await talk.presses(*TO_A_CONSENT)
    await talk.page.evaluate("document.documentElement.dir = 'rtl'")
    assert await talk.window.layout_faults() == []


@pytest.mark.parametrize("fault", BROKEN)
async def test_a_fault_is_seen(window: Window, fault: str) -> None:
    talk = Talk(window)
    await talk.opens()
    await talk.presses("welcome.language:nl")
    await window.wears(fault)
    assert await window.layout_faults() != []
