"""Who guards privacy reads the register of processing at the desk, and takes it along."""

from __future__ import annotations

from html import unescape

import pytest

from bot.register import TABLES
from storage.staff_values import StaffRole
from tests.console.colleagues import Colleague, Office


@pytest.fixture
async def wies(office: Office) -> Colleague:
    return await office.colleague("Wies", roles={StaffRole.PRIVACY})


async def test_every_column_is_on_the_page(wies: Colleague) -> None:
    page = await wies.get("/staff/register")
    names = [f"{table.name}.{column.name}" for table in TABLES.values() for column in table.c]
    assert [name for name in names if f"<dt>{name}</dt>" not in page.html] == []


async def test_each_service_and_chapter_is_led_to(office: Office, wies: Colleague) -> None:
    page = await wies.get("/staff/register")
    links = [unescape(link) for link in page.links if "?service=" in link]
    assert len(links) == 2 + len(office.house.organisation.services) + 1
    pages = {(await wies.get(link)).html for link in links if ".pdf" not in link}
    assert len(pages) > 1


async def test_it_is_taken_along_as_a_pdf(wies: Colleague) -> None:
    async with wies.client.get("/staff/register.pdf?chapter=assessment") as answer:
        assert answer.content_type == "application/pdf"
        assert (await answer.read()).startswith(b"%PDF")


@pytest.mark.parametrize("asked", ["service=none", "chapter=none"])
async def test_what_there_is_not_is_not_found(wies: Colleague, asked: str) -> None:
    for page in ("register", "register.pdf"):
        assert (await wies.get(f"/staff/{page}?{asked}")).status == 404
