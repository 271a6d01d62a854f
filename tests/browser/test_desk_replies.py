"""Standard replies in a language and in Dutch: both are read, one is sent, and all of it fits."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

from bot.house import House
from dialogs.frozen import replace
from storage import replies
from storage.replies import Reply
from storage.staff_values import StaffRole
from tests.browser.conftest import OpenWindow
from tests.browser.desks import Desk
from tests.browser.windows import DESKTOP, PHONE, SMALL, Look, Window
from tests.console.colleagues import hired, referral_of
from tests.houses import Visitor

DUTCH = "Dag, met {naam_collega}. Uw kenmerk is {kenmerk}. U leest mijn antwoord hier."
ARABIC = "السلام عليكم، معكم {naam_collega}. الرقم هو {kenmerk}. تقرؤون جوابي هنا."


async def written(house: House) -> None:
    """Write a reply in two languages that are read from two sides."""
    id = house.clock.new_id()
    async with house.database.begin() as db:
        await replies.keep(db, Reply(id, "nl", "Groet", DUTCH))
        await replies.keep(db, Reply(id, "ar", "تحية", ARABIC))


async def faults_of(window: Window) -> list[str]:
    """Look at the page; what is written in a box is laid out by the browser itself."""
    seen = await window.layout_faults() + await window.axe_faults()
    return [each for each in seen if "<textarea" not in each]


async def looks_at_replies(window: Window, house: House) -> Desk:
    """Open the replies that lie ready for somebody who reads Arabic."""
    await written(house)
    visitor = Visitor(house, language="ar")
    await visitor.sends_a_request()
    desk = await Desk.of(window, house, await hired(house, "Noor"))
    await desk.claims(await referral_of(house, visitor))
    await desk.page.locator("#replies > summary").click()
    return desk


@pytest.mark.parametrize("look", [DESKTOP, PHONE, SMALL], ids=str)
async def test_both_texts_fit_beside_or_below_each_other(
    open_window: OpenWindow, house: House, look: Look
) -> None:
    desk = await looks_at_replies(await open_window(look), house)
    for language, direction in (("ar", "rtl"), ("nl", "ltr")):
        text = desk.page.locator(f"#replies p[lang={language}]")
        await expect(text).to_be_visible()
        await expect(text).to_have_css("direction", direction)
    assert await faults_of(desk.window) == []


@pytest.mark.parametrize("has_scripts", [True, False], ids=["scripts", "no scripts"])
async def test_the_one_in_the_persons_language_is_put_in(
    open_window: OpenWindow, house: House, *, has_scripts: bool
) -> None:
    window = await open_window(replace(PHONE, has_scripts=has_scripts))
    desk = await looks_at_replies(window, house)
    await desk.page.locator("#replies button").click()
    await expect(desk.box).to_have_value(re.compile(r"^السلام عليكم، معكم .*Noor.*\.$"))


@pytest.mark.parametrize("look", [DESKTOP, PHONE, SMALL], ids=str)
async def test_a_reply_is_changed_in_every_language(
    open_window: OpenWindow, house: House, look: Look
) -> None:
    await written(house)
    member = await hired(house, "Coo", roles=[StaffRole.COORDINATOR])
    desk = await Desk.of(await open_window(look), house, member)
    await desk.opens("/staff/replies")
    first, *_ = await desk.page.locator("section.card").all()
    for summary in await first.locator("summary").all():
        await summary.click()
    assert await faults_of(desk.window) == []
    await first.locator("[name=title_uk]").fill("Вітання")
    await first.locator("[name=words_uk]").fill("Вітаю. Пише {naam_collega}.")
    await first.get_by_role("button").click()
    await expect(desk.page.get_by_text("Вітаю. Пише Coo.")).to_be_hidden()
    await expect(desk.page.locator(".missing")).not_to_contain_text("Oekraïens")
