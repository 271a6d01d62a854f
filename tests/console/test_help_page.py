"""Help with every page, for whoever may open that page."""

from __future__ import annotations

import re
from pathlib import Path

from bot.console.help_page import PARTS
from storage.staff_values import StaffRole
from tests.console.colleagues import Office

TEMPLATES = Path(__file__).parents[2] / "bot" / "console" / "templates"
PART = re.compile(r"{% block part %}(\w+){% endblock %}")


def test_every_page_has_a_part_in_the_help() -> None:
    pages = {path.name: path.read_text("utf-8") for path in TEMPLATES.glob("*.html")}
    parts = {
        name: PART.findall(text) for name, text in pages.items() if "console/desk.html" in text
    }
    known = {part for part, _ in PARTS}
    assert [name for name, found in parts.items() if not known.intersection(found)] == []
    assert {part for found in parts.values() for part in found} == known


async def test_a_page_leads_to_its_own_part(office: Office) -> None:
    noor = await office.colleague("Noor")
    for address, part in (("/staff/queue", "queue"), ("/staff/me", "me")):
        assert f"/staff/help#part-{part}" in (await noor.get(address)).links
    assert {"part-queue", "part-me"} <= set((await noor.get("/staff/help")).ids)


async def test_nobody_reads_about_a_page_they_may_not_open(office: Office) -> None:
    reader = await office.colleague("Lezer", roles=frozenset({StaffRole.READER}))
    ids = set((await reader.get("/staff/help")).ids)
    assert "part-survey" in ids
    assert not {"part-queue", "part-talk", "part-closing", "part-complaints"} & ids
