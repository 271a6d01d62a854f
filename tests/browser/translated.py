"""The chat page and a letter in languages with letters of their own, for `make pictures`."""

from __future__ import annotations

from pathlib import Path

from playwright.async_api import Browser

from bot.documents.pdf import pdf_of
from bot.documents.values import Document, Paragraph, Section, Signature
from bot.house import House
from dialogs.values import Service

AMONG = "tr_ar_uk"
PHONE = {"width": 390, "height": 844}


async def look_at(browser: Browser, home: str, house: House, docs: Path) -> None:
    """Show the first screen after Arabic and Ukrainian were chosen, and a letter in Arabic."""
    for language in ("ar", "uk"):
        context = await browser.new_context(viewport=PHONE, locale=language)  # type: ignore[arg-type]
        page = await context.new_page()
        await page.goto(f"{home}/chat")
        await page.locator(f'[value="welcome.language:{AMONG}"]').click()
        await page.locator(f'[value="welcome.{AMONG}:{language}"]').click()
        await page.locator('[value="welcome.role:victim"]').wait_for()
        await page.screenshot(path=docs / f"chat-{language}.png")
        await context.close()
    (docs / "letter-ar.pdf").write_bytes(await pdf_of(letter(house, "ar")))


def letter(house: House, language: str) -> Document:
    """Write a complaint as a letter, in invented words."""

    def say(id: str) -> str:
        return house.wording.text(language, Service.MEDIATION, id) or ""

    parts = (
        Paragraph(say("complaint.copy.greeting")),
        Section(say("complaint.described.name"), (Paragraph(say("info.committee.text")),)),
        Paragraph(say("complaint.copy.end")),
        Signature(say("complaint.copy.yours"), "Noor Voorbeeld"),
    )
    head = (f"Noor Voorbeeld\n{say('complaint.copy.address')}", say("complaint.copy.secretary"))
    today = house.clock.now().date()
    return Document(language, say("complaint.copy.title"), today, parts, head)
